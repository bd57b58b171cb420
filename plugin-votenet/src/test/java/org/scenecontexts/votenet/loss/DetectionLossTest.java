package org.scenecontexts.votenet.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;
import org.scenecontexts.votenet.proposal.PublishedSizes;

class DetectionLossTest {

    private final CpuEngine engine = new CpuEngine(1, List.of(new CpuBoxLossProvider()));

    @AfterEach
    void close() {
        engine.close();
    }

    /** Our names and the published ones. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("vote-loss", "vote_loss");
        PARTS.put("objectness-loss", "objectness_loss");
        PARTS.put("centre-loss", "center_loss");
        PARTS.put("heading-class-loss", "heading_cls_loss");
        PARTS.put("heading-residual-loss", "heading_reg_loss");
        PARTS.put("size-class-loss", "size_cls_loss");
        PARTS.put("size-residual-loss", "size_reg_loss");
        PARTS.put("semantic-loss", "sem_cls_loss");
        PARTS.put("objectness-accuracy", "obj_acc");
        PARTS.put("positive-share", "pos_ratio");
        PARTS.put("negative-share", "neg_ratio");
    }

    @ParameterizedTest
    @CsvSource({"votenet_loss.npz, SCANNET, 1, in", "more/sunrgbd_loss.npz, SUNRGBD, 12, decoded"})
    void partsAssignmentsAndGradientsAreThePublishedOnes(
            String file, PublishedSizes sizes, int headings, String decoded) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            RecordedLoss recorded = new RecordedLoss(golden, new BoxCoding(headings, sizes.sizes()), decoded);
            DetectionLoss loss = recorded.loss(engine);
            Tensor votes = tensor(recorded.votes(), 3);
            Tensor places = tensor(recorded.places(), 3);
            Tensor head = tensor(recorded.head(), recorded.width());
            Tensor total = loss.apply(votes, places, head);

            PARTS.forEach(
                    (ours, theirs) -> assertThat((double) loss.parts().get(ours).item())
                            .as(ours)
                            .isCloseTo(golden.get("out/" + theirs).scalar(), relative(golden, theirs)));
            assertThat(total.item()).isCloseTo((float) golden.get("out/loss").scalar(), within(1e-5f * total.item()));
            total.backward();
            recorded.compareGradients(
                    votes.grad().orElseThrow().toArray(),
                    head.grad().orElseThrow().toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"votenet_loss.npz, SCANNET, 1, in", "more/sunrgbd_loss.npz, SUNRGBD, 12, decoded"})
    void proposalsAreComparedWithThePublishedBoxes(String file, PublishedSizes sizes, int headings, String decoded) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            float[] assignment = new RecordedLoss(golden, new BoxCoding(headings, sizes.sizes()), decoded)
                    .forKernels()
                    .on(engine)
                    .assignment();
            int count = assignment.length / BoxLossKernels.ASSIGNED;
            // There rows are counted within a scene.
            assertThat(IntStream.range(0, count).map(i -> (int) assignment[2 * i] - (i < count / 2 ? 0 : 64)))
                    .containsExactly(
                            Arrays.stream(golden.get("out/object_assignment").ints())
                                    .boxed()
                                    .toArray(Integer[]::new));
            assertThat(IntStream.range(0, count).map(i -> Math.max(0, (int) assignment[2 * i + 1])))
                    .containsExactly(
                            Arrays.stream(golden.get("out/objectness_label").ints())
                                    .boxed()
                                    .toArray(Integer[]::new));
        }
    }

    private static Offset<Double> relative(Npz golden, String part) {
        return within(1e-5 * Math.max(1e-3, Math.abs(golden.get("out/" + part).scalar())));
    }

    private Tensor tensor(float[] values, int columns) {
        return engine.wrap(values, values.length / columns, columns).requireGrad();
    }

    /** Every read waits for all that was computed before. */
    @Test
    void aDeviceIsReadOnceAndGetsTheSameBits() {
        try (Npz golden = Npz.open(TestFiles.golden("votenet_loss.npz"));
                OpaqueEngine device =
                        new OpaqueEngine(new CpuEngine(1, List.of()), List.of(new ComposedBoxLossProvider()))) {
            RecordedLoss recorded = new RecordedLoss(golden, new BoxCoding(1, PublishedSizes.SCANNET.sizes()), "in");
            List<float[]> values = List.of(recorded.votes(), recorded.places(), recorded.head());
            List<Tensor> here = tensors(engine, values, recorded.width());
            List<Tensor> there = tensors(device, values, recorded.width());
            Tensor expected = recorded.loss(engine).apply(here.toArray(Tensor[]::new));

            long before = device.hostReads();
            Tensor found = recorded.loss(device).apply(there.toArray(Tensor[]::new));
            assertThat(device.hostReads() - before).isEqualTo(1);

            expected.backward();
            found.backward();
            assertThat(found.toArray()).containsExactly(expected.toArray());
            for (int i = 0; i < here.size(); i++) {
                assertThat(there.get(i).grad().orElseThrow().toArray())
                        .containsExactly(here.get(i).grad().orElseThrow().toArray());
            }
        }
    }

    private static List<Tensor> tensors(TensorEngine engine, List<float[]> values, int width) {
        return List.of(
                engine.wrap(values.get(0), values.get(0).length / 3, 3).requireGrad(),
                engine.wrap(values.get(1), values.get(1).length / 3, 3).requireGrad(),
                engine.wrap(values.get(2), values.get(2).length / width, width).requireGrad());
    }

    @Test
    void whatIsNoNumberGivesALossThatIsNone() {
        try (Npz golden = Npz.open(TestFiles.golden("votenet_loss.npz"))) {
            RecordedLoss recorded = new RecordedLoss(golden, new BoxCoding(1, PublishedSizes.SCANNET.sizes()), "in");
            for (int broken = 0; broken < 3; broken++) {
                float[][] values = {
                    recorded.votes().clone(),
                    recorded.places().clone(),
                    recorded.head().clone()
                };
                values[broken][7] = Float.NaN;
                DetectionLoss loss = recorded.loss(engine);
                Tensor votes = tensor(values[0], 3);
                Tensor total = loss.apply(votes, tensor(values[1], 3), tensor(values[2], recorded.width()));

                assertThat(total.item()).isNaN();
                assertThat(loss.parts().values())
                        .allSatisfy(figure -> assertThat(figure.item()).isNaN());
                total.backward();
                assertThat(votes.grad().orElseThrow().toArray()).containsOnly(Float.NaN);
            }
        }
    }

    @Test
    void aSceneWithoutBoxesTeachesThatNothingIsThere() {
        BoxCoding coding = new BoxCoding(1, new double[][] {{1, 1, 1}});
        DetectionTargets targets = new DetectionTargets(
                new DetectionTargets.Rows(
                        new float[0], new boolean[0], new int[0], new float[0], new int[0], new float[0], new int[0]),
                new int[] {0, 0});
        SeedTargets seeds = new SeedTargets(engine.zeros(2, 3), engine.zeros(2, BoxLossKernels.WAYS));
        DetectionLoss loss = new DetectionLoss(coding, 2, LossWeights.published(), targets, Optional.of(seeds));
        Tensor head = tensor(
                new float[3 * HeadColumns.of(coding, 2).width()],
                HeadColumns.of(coding, 2).width());
        Tensor total = loss.apply(tensor(new float[6], 3), tensor(new float[9], 3), head);
        assertThat((double) loss.parts().get("objectness-loss").item()).isCloseTo(0.2 * Math.log(2), within(1e-6));
        assertThat(loss.parts().get("negative-share").item()).isEqualTo(1);
        assertThat(total.item()).isCloseTo((float) (10 * 0.5 * 0.2 * Math.log(2)), within(1e-5f));
        total.backward();
        assertThat(Arrays.stream(boxed(head.grad().orElseThrow().toArray())).allMatch(Double::isFinite))
                .isTrue();
    }

    private static double[] boxed(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Test
    void ofSeveralVotesOfASeedTheBestCounts() {
        float[] ways = {1, 0, 0, 1, 0, 0, 1, 0, 0, 1};
        float[] slopes = new float[6];
        double loss = VoteLoss.of(new float[] {5, 0, 0, 1.5f, 0, 0}, new float[3], ways, 1, slopes);
        assertThat(loss).isCloseTo(0.5, within(1e-5));
        assertThat(slopes).usingComparatorWithPrecision(1e-5f).containsExactly(0, 0, 0, 1, 0, 0);
    }
}
