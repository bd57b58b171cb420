package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scenecontexts.io.array.NpArray;

/** What a file tells about the order of its kernels; wrong answers load without an error. */
class LayoutEvidenceTest {

    private static final int SLICE = 24;

    /** Block kernels, some of them strongest at their first slice, as minkowski-0.4 stores the centre. */
    private static Weights kernels(int count, int strong) {
        Random random = new Random(5);
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[27 * SLICE];
            for (int k = 0; k < values.length; k++) {
                values[k] = random.nextFloat() - 0.5f + (k < SLICE && i < strong ? 2 : 0);
            }
            tensors.put("block" + (i + 1) + ".0.conv1.kernel", NpArray.of(values, 27, 4, 6));
        }
        return Weights.of(tensors);
    }

    @Test
    void trainedKernelsTellTheirOrderByTheirCentre() {
        Weights trained = kernels(8, 7);
        Weights cube = WeightLayouts.convert(trained.in(WeightLayout.MINKOWSKI_04), WeightLayout.MINKOWSKI_05);

        assertThat(LayoutEvidence.of(trained).layout()).contains(WeightLayout.MINKOWSKI_04);
        assertThat(LayoutEvidence.of(Weights.of(cube.tensors())).layout()).contains(WeightLayout.MINKOWSKI_05);
    }

    @Test
    void fewKernelsOrKernelsThatDisagreeTellNothing() {
        for (Weights weights : new Weights[] {kernels(5, 5), kernels(9, 6), kernels(16, 0)}) {
            LayoutEvidence evidence = LayoutEvidence.of(weights);
            assertThat(evidence.layout()).isEmpty();
            assertThat(evidence.matters()).isTrue();
            assertThat(evidence.reason()).contains("block kernels").contains("slice 13");
        }
    }

    @Test
    void whatTheFileRecordsCounts() {
        assertThat(LayoutEvidence.of(kernels(8, 8).in(WeightLayout.MINKOWSKI_05))
                        .layout())
                .contains(WeightLayout.MINKOWSKI_05);
    }

    @Test
    void spconvIsKnownByItsFiveDimensions() {
        Weights spconv = WeightLayouts.convert(kernels(2, 0).in(WeightLayout.MINKOWSKI_04), WeightLayout.SPCONV);

        assertThat(LayoutEvidence.of(Weights.of(spconv.tensors())).layout()).contains(WeightLayout.SPCONV);
    }

    @Test
    void theOrderDoesNotMatterWithoutKernelsThatDiffer() {
        Weights pointnet = Weights.of(Map.of(
                "sa1.mlp_module.layer0.conv.weight", NpArray.of(new float[18], 6, 3, 1, 1),
                "conv0p1s1.kernel", NpArray.of(new float[54], 27, 1, 2)));

        assertThat(LayoutEvidence.of(pointnet).matters()).isFalse();
    }

    @Test
    void checkpointsOfThePublishedProgramAreKnownByWhatLiesBesideTheWeights() {
        assertThat(beside(Map.of("curr_iter", "20000"), 0)).contains(WeightLayout.MINKOWSKI_04);
        assertThat(beside(Map.of("iteration", "7", "arch", "Res16UNet34C"), 0)).contains(WeightLayout.MINKOWSKI_04);
        assertThat(beside(Map.of("iteration", "7", "arch", "MinkUNet34C"), 0)).isEmpty();
        assertThat(beside(Map.of("epoch", "7"), 0)).isEmpty();
    }

    @Test
    void kernelsThatSpeakAgainstItMakeItUnknown() {
        Weights cube = WeightLayouts.convert(kernels(8, 4).in(WeightLayout.MINKOWSKI_04), WeightLayout.MINKOWSKI_05);
        Weights ported = new Weights(cube.tensors(), Optional.empty(), Map.of("curr_iter", "20000"));

        assertThat(LayoutEvidence.of(ported).layout()).isEmpty();
    }

    private static Optional<WeightLayout> beside(Map<String, String> metadata, int strong) {
        return LayoutEvidence.of(new Weights(kernels(8, strong).tensors(), Optional.empty(), metadata))
                .layout();
    }

    @Test
    void aFewKernelsThatAreStrongestElsewhereByChanceDoNotSpeakAgainstIt() {
        Weights cube = WeightLayouts.convert(kernels(40, 4).in(WeightLayout.MINKOWSKI_04), WeightLayout.MINKOWSKI_05);
        Weights published = new Weights(cube.tensors(), Optional.empty(), Map.of("curr_iter", "20000"));

        assertThat(LayoutEvidence.of(published).layout()).contains(WeightLayout.MINKOWSKI_04);
    }
}
