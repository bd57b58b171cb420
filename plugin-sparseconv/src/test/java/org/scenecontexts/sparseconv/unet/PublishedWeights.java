package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.StateDicts;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.testing.TestFiles;

/** Puts published weights, whose block kernels are in the minkowski-0.4 layout, into networks of either layout. */
public final class PublishedWeights {

    private PublishedWeights() {}

    /**
     * Fills the whole state of a network, whose running statistics go on from there as published; every entry must be in the
     * file under its name and with its shape.
     */
    public static void load(Module network, String file, KernelLayout layout) {
        Map<String, TorchTensor> tensors = StateDicts.of(TorchFile.read(TestFiles.golden(file)));
        for (StateEntry entry : network.state()) {
            assertThat(tensors).containsKey(entry.name());
            TorchTensor tensor = tensors.get(entry.name());
            assertThat(tensor.shape()).as(entry.name()).containsExactly(entry.shape());
            switch (entry) {
                case StateEntry.Floats floats -> {
                    float[] values = fromPublished(floats.name(), tensor.floats(), floats.shape(), layout);
                    floats.set(values);
                }
                case StateEntry.Whole whole -> whole.counter().set(tensor.longs()[0]);
            }
        }
        RunningStatistics.PUBLISHED.begin(network);
    }

    /** Slices of a block's 3x3x3 kernel from the published order to that of the network; other values as they are. */
    static float[] fromPublished(String name, float[] values, int[] shape, KernelLayout layout) {
        return isMoved(name, shape, layout) ? permuted(values, cubeFromHybrid(), true) : values;
    }

    /** The way back of {@link #fromPublished}. */
    static float[] toPublished(String name, float[] values, int[] shape, KernelLayout layout) {
        return isMoved(name, shape, layout) ? permuted(values, cubeFromHybrid(), false) : values;
    }

    private static boolean isMoved(String name, int[] shape, KernelLayout layout) {
        return layout == KernelLayout.HYPERCUBE && name.startsWith("block") && shape.length == 3 && shape[0] == 27;
    }

    private static int[] cubeFromHybrid() {
        try (Npz golden = Npz.open(TestFiles.golden("kernel_offsets.npz"))) {
            return golden.get("perm_cube_from_hybrid").ints();
        }
    }

    private static float[] permuted(float[] values, int[] cubeFromHybrid, boolean toCube) {
        int slice = values.length / cubeFromHybrid.length;
        float[] moved = new float[values.length];
        for (int i = 0; i < cubeFromHybrid.length; i++) {
            int from = toCube ? cubeFromHybrid[i] : i;
            int to = toCube ? i : cubeFromHybrid[i];
            System.arraycopy(values, from * slice, moved, to * slice, slice);
        }
        return moved;
    }
}
