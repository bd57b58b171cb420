package org.scenecontexts.io.torch;

import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.array.NpArray;

/**
 * What a file tells about the order of its kernels where it does not record it: a wrong order loads without an error and gives
 * garbage, so whoever uses the weights must know it or ask.
 *
 * <p>Three things tell it. spconv's kernels have five dimensions. In a trained network the slice at the centre is the strongest of
 * 27, because every voxel is its own neighbour: where that holds for most kernels of the residual blocks, their first slice or
 * their fourteenth is the centre. And the published programs ran on MinkowskiEngine 0.4 only: their checkpoints are known by
 * what they hold beside the weights (REFERENCE 11.2), unless the kernels speak against it.
 *
 * @param layout the order; empty where the file does not tell
 * @param reason why, for people
 * @param matters whether there is any kernel that the orders store differently
 * @since 0.1
 */
public record LayoutEvidence(Optional<WeightLayout> layout, String reason, boolean matters) {

    private static final int CENTRE = 13;

    /** With fewer kernels, or fewer of them agreeing, chance could have done it. */
    private static final int ENOUGH_KERNELS = 6;

    private static final String ARCHITECTURE = "Res16UNet";

    /** Looks at what the file records, then at shapes, kernels and the keys beside them. */
    public static LayoutEvidence of(Weights weights) {
        if (weights.layout().isPresent()) {
            return new LayoutEvidence(weights.layout(), "recorded in the file", true);
        }
        Map<String, NpArray> tensors = weights.tensors();
        if (tensors.entrySet().stream()
                .anyMatch(e -> e.getKey().endsWith(WeightLayouts.WEIGHT)
                        && e.getValue().shape().length == 5)) {
            return new LayoutEvidence(Optional.of(WeightLayout.SPCONV), "weights of five dimensions", true);
        }
        if (tensors.entrySet().stream().noneMatch(e -> WeightLayouts.isHybrid(e.getKey(), e.getValue()))) {
            return new LayoutEvidence(Optional.empty(), "no kernel that the orders store differently", false);
        }
        return ofKernels(weights);
    }

    private static LayoutEvidence ofKernels(Weights weights) {
        int all = 0;
        int first = 0;
        int middle = 0;
        for (Map.Entry<String, NpArray> entry : weights.tensors().entrySet()) {
            if (WeightLayouts.isHybrid(entry.getKey(), entry.getValue())) {
                int strongest = strongest(entry.getValue());
                all++;
                first += strongest == 0 ? 1 : 0;
                middle += strongest == CENTRE ? 1 : 0;
            }
        }
        String counts = "of " + all + " block kernels " + first + " are strongest at slice 0 (the centre in "
                + WeightLayout.MINKOWSKI_04 + "), " + middle + " at slice 13 (in " + WeightLayout.MINKOWSKI_05 + ")";
        boolean enough = all >= ENOUGH_KERNELS;
        if (enough && 3 * first > 2 * all) {
            return new LayoutEvidence(Optional.of(WeightLayout.MINKOWSKI_04), counts, true);
        }
        if (enough && 3 * middle > 2 * all) {
            return new LayoutEvidence(Optional.of(WeightLayout.MINKOWSKI_05), counts, true);
        }
        // A few of many are the strongest by chance.
        boolean against = middle > first && 4 * middle > all;
        if (isPublished(weights.metadata()) && !against) {
            return new LayoutEvidence(
                    Optional.of(WeightLayout.MINKOWSKI_04),
                    "a checkpoint of the published program, which runs on MinkowskiEngine 0.4",
                    true);
        }
        return new LayoutEvidence(Optional.empty(), counts, true);
    }

    /** Counters beside the weights of pre-training; architecture and iteration beside those of the tasks. */
    private static boolean isPublished(Map<String, String> beside) {
        return beside.containsKey("curr_iter")
                || beside.containsKey("iteration")
                        && beside.getOrDefault("arch", "").startsWith(ARCHITECTURE);
    }

    private static int strongest(NpArray kernel) {
        float[] values = kernel.floats();
        int slice = values.length / WeightLayouts.CUBE;
        int strongest = 0;
        double most = -1;
        for (int k = 0; k < WeightLayouts.CUBE; k++) {
            double sum = 0;
            for (int i = 0; i < slice; i++) {
                double value = values[k * slice + i];
                sum += value * value;
            }
            if (sum > most) {
                most = sum;
                strongest = k;
            }
        }
        return strongest;
    }
}
