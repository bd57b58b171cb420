package org.scenecontexts.votenet.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;

/** Labels and outputs of the published head, put into our shapes. */
public final class RecordedLoss {

    private static final int SCENES = 2;
    private static final int ROWS = 64;

    private final Npz golden;
    private final BoxCoding coding;
    private final String decoded;
    private final HeadColumns columns;
    private final int proposals;

    RecordedLoss(Npz golden, BoxCoding coding, String decoded) {
        this.golden = golden;
        this.coding = coding;
        this.decoded = decoded;
        columns = HeadColumns.of(coding, coding.meanSizes().length);
        proposals = places().length / 3;
    }

    int width() {
        return columns.width();
    }

    float[] votes() {
        return golden.get("in/vote_xyz").floats();
    }

    float[] places() {
        return golden.get("in/aggregated_vote_xyz").floats();
    }

    /** The head's rows from what the published program had made of them. */
    float[] head() {
        float[] head = assemble(decoded);
        float[] places = places();
        for (int i = 0; i < places.length; i++) {
            head[i / 3 * width() + HeadColumns.CENTRE + i % 3] -= places[i];
        }
        return head;
    }

    private float[] assemble(String where) {
        float[] rows = new float[proposals * width()];
        put(rows, where + "/objectness_scores", HeadColumns.OBJECTNESS);
        put(rows, where + "/center", HeadColumns.CENTRE);
        put(rows, where + "/heading_scores", HeadColumns.HEADINGS);
        put(rows, where + "/heading_residuals_normalized", columns.headingResiduals());
        put(rows, where + "/size_scores", columns.sizeScores());
        put(rows, where + "/size_residuals_normalized", columns.sizeResiduals());
        put(rows, where + "/sem_cls_scores", columns.semantic());
        return rows;
    }

    private void put(float[] rows, String name, int column) {
        float[] values = golden.get(name).floats();
        int width = values.length / proposals;
        for (int i = 0; i < proposals; i++) {
            System.arraycopy(values, i * width, rows, i * width() + column, width);
        }
    }

    DetectionLoss loss(TensorEngine engine) {
        return of(engine, golden, coding, "in");
    }

    /** The loss against the labels of a batch, with the seeds that are recorded under a name. */
    public static DetectionLoss of(TensorEngine engine, Npz golden, BoxCoding coding, String seeds) {
        float[] places = golden.get(seeds + "/seed_xyz").floats();
        float[] ways = ways(golden, golden.get(seeds + "/seed_inds").ints());
        return new DetectionLoss(
                coding,
                coding.meanSizes().length,
                LossWeights.published(),
                targets(golden),
                Optional.of(new SeedTargets(
                        engine.wrap(places, places.length / 3, 3),
                        engine.wrap(ways, places.length / 3, BoxLossKernels.WAYS))));
    }

    /** The same for kernels. */
    BoxLossCase forKernels() {
        return new BoxLossCase(
                coding,
                coding.meanSizes().length,
                LossWeights.published(),
                targets(golden),
                golden.get("in/seed_xyz").floats(),
                ways(golden, golden.get("in/seed_inds").ints()),
                votes(),
                places(),
                head());
    }

    private static float[] ways(Npz golden, int[] seeds) {
        float[] votes = golden.get("in/vote_label").floats();
        int[] mask = golden.get("in/vote_label_mask").ints();
        int points = mask.length / SCENES;
        float[] ways = new float[BoxLossKernels.WAYS * seeds.length];
        for (int i = 0; i < seeds.length; i++) {
            int point = i / (seeds.length / SCENES) * points + seeds[i];
            int at = BoxLossKernels.WAYS * i;
            System.arraycopy(votes, 9 * point, ways, at, 9);
            ways[at + 9] = mask[point];
        }
        return ways;
    }

    private static DetectionTargets targets(Npz golden) {
        float[] real = golden.get("in/box_label_mask").floats();
        boolean[] boxes = new boolean[real.length];
        for (int i = 0; i < real.length; i++) {
            boxes[i] = real[i] == 1;
        }
        DetectionTargets.Rows rows = new DetectionTargets.Rows(
                golden.get("in/center_label").floats(),
                boxes,
                golden.get("in/heading_class_label").ints(),
                golden.get("in/heading_residual_label").floats(),
                golden.get("in/size_class_label").ints(),
                golden.get("in/size_residual_label").floats(),
                golden.get("in/sem_cls_label").ints());
        int[] offsets = {0, ROWS, 2 * ROWS};
        return new DetectionTargets(rows, offsets);
    }

    /** To 1e-5 of the largest gradient of each kind: single precision on both sides. */
    void compareGradients(float[] votes, float[] head) {
        compare(votes, golden.get("grad/vote_xyz").floats(), "vote_xyz");
        compare(head, assemble("grad"), "head");
    }

    private static void compare(float[] found, float[] expected, String what) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("%s [%d]", what, i).isCloseTo(expected[i], within(1e-5f * largest));
        }
    }
}
