package org.scenecontexts.sparseconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.opencl.DeviceFailure;
import org.scenecontexts.opencl.DeviceWork;
import org.scenecontexts.opencl.Rule;
import org.scenecontexts.sparseconv.kernel.opencl.ConvRules;
import org.scenecontexts.sparseconv.kernel.opencl.OffloadedSparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;

/** Who computes what, with devices that only take notes. */
class OffloadedSparseConvKernelsTest {

    private static final KernelMap MAP =
            KernelMaps.cube(CoordinateSet.sort(Voxels.random(13, 1, 13), 1).set(), 3, KernelLayout.HYPERCUBE);

    private final List<String> calls = new ArrayList<>();

    @Test
    void eachOperatorGoesWhereItsOwnRuleSays() {
        var kernels = new OffloadedSparseConvKernels(
                new Noting("device", false),
                new Noting("cpu", false),
                new ConvRules(Rule.always("forward"), new Never(), Rule.always("weights")));

        all(kernels);

        assertThat(calls).containsExactly("device forward", "cpu inputGradient", "device weightGradient");
    }

    @Test
    void kernelThatHasFailedIsNotTriedAgain() {
        var kernels = new OffloadedSparseConvKernels(
                new Noting("device", true), new Noting("cpu", false), ConvRules.always());

        all(kernels);

        assertThat(calls)
                .containsExactly(
                        "device forward",
                        "cpu forward",
                        "cpu inputGradient",
                        "device weightGradient",
                        "cpu weightGradient");
    }

    private static void all(SparseConvKernels kernels) {
        Buffer rows = HeapBuffer.of(new float[13]);
        Buffer weights = HeapBuffer.of(new float[27]);
        kernels.forward(MAP, rows, 1, weights, 1, rows);
        kernels.inputGradient(MAP, rows, 1, weights, 1, rows);
        kernels.weightGradient(MAP, rows, 1, rows, 1, weights);
    }

    private record Never() implements Rule {
        @Override
        public boolean pays(DeviceWork work) {
            return false;
        }

        @Override
        public String describe() {
            return "never";
        }
    }

    private final class Noting implements SparseConvKernels {
        private final String who;
        private final boolean fails;

        Noting(String who, boolean fails) {
            this.who = who;
            this.fails = fails;
        }

        private void note(String what) {
            calls.add(who + " " + what);
            if (fails) {
                throw new DeviceFailure("out of memory");
            }
        }

        @Override
        public String name() {
            return who;
        }

        @Override
        public void forward(KernelMap map, Buffer in, int cin, Buffer w, int cout, Buffer out) {
            note("forward");
        }

        @Override
        public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer w, int cin, Buffer gradIn) {
            note("inputGradient");
        }

        @Override
        public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradW) {
            note("weightGradient");
        }
    }
}
