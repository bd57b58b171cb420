package org.scenecontexts.sparseconv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;

/** Single convolutions with their maps at hand: forward, input gradient and weight gradient. */
final class ConvWorkloads {

    /** Which of the three computations of a convolution. */
    private enum Pass {
        FORWARD("forward"),
        INPUT("input-gradient"),
        WEIGHT("weight-gradient");

        private final String label;

        Pass(String label) {
            this.label = label;
        }
    }

    /** Which pairs: the 3x3x3 neighbourhood, the stride-2 step to coarser voxels, or the way back. */
    private enum Shape {
        CONV3("conv3"),
        DOWN2("down2"),
        UP2("up2");

        private final String label;

        Shape(String label) {
            this.label = label;
        }

        KernelMap map(CoordinateSet set) {
            return switch (this) {
                case CONV3 -> KernelMaps.cube(set, 3, KernelLayout.MINKOWSKI_04_HYBRID);
                case DOWN2 -> KernelMaps.strided(set, set.coarser());
                case UP2 -> KernelMaps.strided(set, set.coarser()).inverse();
            };
        }
    }

    private static final int[] CHANNELS = {32, 64, 96, 128, 256};

    private ConvWorkloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (RoomSize room : new RoomSize[] {RoomSize.K8, RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            for (Shape shape : Shape.values()) {
                for (int channels : CHANNELS) {
                    for (Pass pass : Pass.values()) {
                        String name = shape.label + "/" + pass.label + "/" + channels + "/" + room.label();
                        all.add(Workload.of(
                                name,
                                tier(room, shape, channels),
                                context -> prepare(context, room, shape, channels, pass)));
                    }
                }
            }
        }
        return all;
    }

    /** 256 channels live far down in networks, where there are few voxels: the small room stands for that. */
    private static Tier tier(RoomSize room, Shape shape, int channels) {
        RoomSize usual = channels == 256 ? RoomSize.K8 : RoomSize.K60;
        if (room != usual) {
            return Tier.FULL;
        }
        boolean few = shape == Shape.CONV3 || channels == 32 || channels == 96;
        if (shape == Shape.CONV3 && channels == 64) {
            return Tier.QUICK;
        }
        return few ? Tier.STANDARD : Tier.FULL;
    }

    private static PreparedWorkload prepare(
            WorkloadContext context, RoomSize room, Shape shape, int channels, Pass pass) {
        KernelMap map = shape.map(Voxels.set(context, room));
        SparseConvKernels kernels = context.engine().kernel(SparseConvKernels.class);
        Buffer in = context.engine().bufferOf(random(map.inRows() * channels));
        Buffer weights = context.engine().bufferOf(random(map.lists() * channels * channels));
        Buffer out = context.engine().bufferOf(random(map.outRows() * channels));
        int c = channels;
        Runnable run = switch (pass) {
            case FORWARD -> () -> kernels.forward(map, in, c, weights, c, out);
            case INPUT -> () -> kernels.inputGradient(map, out, c, weights, c, in);
            case WEIGHT -> () -> kernels.weightGradient(map, in, c, out, c, weights);
        };
        return PreparedWorkload.of(ConvWork.of(map, c, c), run);
    }

    private static float[] random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
