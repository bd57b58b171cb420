package org.scenecontexts.votenet.loss;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;

/**
 * What a detector said about some scenes and what is true, to be compared by one implementation after the other.
 *
 * @param seeds {@code [B * S, 3]}; empty without voting
 * @param ways {@code [B * S, 10]}
 */
record BoxLossCase(
        BoxCoding coding,
        int classes,
        LossWeights weights,
        DetectionTargets truth,
        float[] seeds,
        float[] ways,
        float[] votes,
        float[] places,
        float[] head) {

    /** What was found. */
    record Found(float[] losses, float[] gradVotes, float[] gradPlaces, float[] gradHead, float[] assignment) {}

    /**
     * How much there is of everything.
     *
     * @param boxes of each scene
     * @param rows of a scene, those at the origin that are no boxes included
     */
    record Shape(int[] boxes, int rows, int seeds, int factor, int proposals, int headings, int classes) {}

    /**
     * Scenes in which some boxes and proposals lie on one another, and distances are equal, since places are whole sixteenths of a
     * metre.
     */
    static BoxLossCase random(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int scenes = shape.boxes().length;
        double[][] meanSizes = new double[shape.classes()][3];
        for (double[] size : meanSizes) {
            Arrays.setAll(size, axis -> random.nextDouble(0.2, 2));
        }
        BoxCoding coding = new BoxCoding(shape.headings(), meanSizes);
        int width = HeadColumns.of(coding, shape.classes()).width();
        int[] offsets = new int[scenes + 1];
        for (int b = 0; b < scenes; b++) {
            offsets[b + 1] = offsets[b] + Math.max(shape.rows(), shape.boxes()[b]);
        }
        DetectionTargets.Rows rows = rows(random, offsets, shape);
        float[] places = sixteenths(random, 3 * scenes * shape.proposals(), 24);
        float[] head = new float[scenes * shape.proposals() * width];
        for (int i = 0; i < head.length; i++) {
            head[i] = i % width < HeadColumns.HEADINGS && i % width >= HeadColumns.CENTRE
                    ? random.nextInt(-2, 3) / 16f
                    : (float) random.nextGaussian(0, 1.5);
        }
        int seeds = scenes * shape.seeds();
        float[] ways = sixteenths(random, BoxLossKernels.WAYS * seeds, 8);
        for (int i = 0; i < seeds; i++) {
            ways[BoxLossKernels.WAYS * i + 9] = random.nextInt(3) > 0 ? 1 : 0;
        }
        return new BoxLossCase(
                coding,
                shape.classes(),
                LossWeights.published(),
                new DetectionTargets(rows, offsets),
                sixteenths(random, 3 * seeds, 24),
                ways,
                sixteenths(random, 3 * Math.max(1, seeds) * shape.factor(), 24),
                places,
                head);
    }

    private static DetectionTargets.Rows rows(SplittableRandom random, int[] offsets, Shape shape) {
        int count = offsets[offsets.length - 1];
        DetectionTargets.Rows rows = new DetectionTargets.Rows(
                new float[3 * count],
                new boolean[count],
                new int[count],
                new float[count],
                new int[count],
                new float[3 * count],
                new int[count]);
        for (int b = 0; b < shape.boxes().length; b++) {
            for (int row = offsets[b]; row < offsets[b] + shape.boxes()[b]; row++) {
                rows.real()[row] = true;
                rows.headings()[row] = random.nextInt(shape.headings());
                rows.headingResiduals()[row] = (float) random.nextDouble(-0.3, 0.3);
                rows.sizes()[row] = random.nextInt(shape.classes());
                rows.classes()[row] = random.nextInt(shape.classes());
                for (int axis = 0; axis < 3; axis++) {
                    rows.centres()[3 * row + axis] = random.nextInt(-24, 25) / 16f;
                    rows.sizeResiduals()[3 * row + axis] = (float) random.nextDouble(-0.4, 2);
                }
            }
        }
        return rows;
    }

    private static float[] sixteenths(SplittableRandom random, int count, int most) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-most, most + 1) / 16f;
        }
        return values;
    }

    /** The same with other votes, places and head. */
    BoxLossCase with(float[] otherVotes, float[] otherPlaces, float[] otherHead) {
        return new BoxLossCase(coding, classes, weights, truth, seeds, ways, otherVotes, otherPlaces, otherHead);
    }

    /** Computes it; what is written is surrounded, and filled before, with what is no number. */
    Found on(TensorEngine engine) {
        Buffer gradVotes = poisoned(engine, votes.length);
        Buffer gradPlaces = poisoned(engine, places.length);
        Buffer gradHead = poisoned(engine, head.length);
        Buffer losses = poisoned(engine, 1 + BoxLossKernels.FIGURES.size());
        int proposals = places.length / 3;
        Buffer assignment = poisoned(engine, BoxLossKernels.ASSIGNED * proposals);
        engine.kernel(BoxLossKernels.class)
                .compare(new BoxLossKernels.Call(
                        coding,
                        classes,
                        weights,
                        truth,
                        new BoxLossKernels.Sizes(seeds.length / 3, votes.length / 3, proposals),
                        seeds.length == 0 ? Buffer.NONE : given(engine, seeds),
                        seeds.length == 0 ? Buffer.NONE : given(engine, ways),
                        given(engine, votes),
                        given(engine, places),
                        given(engine, head),
                        gradVotes,
                        gradPlaces,
                        gradHead,
                        losses,
                        assignment));
        return new Found(
                losses.toArray(1 + BoxLossKernels.FIGURES.size()),
                gradVotes.toArray(votes.length),
                gradPlaces.toArray(places.length),
                gradHead.toArray(head.length),
                assignment.toArray(BoxLossKernels.ASSIGNED * proposals));
    }

    private static Buffer given(TensorEngine engine, float[] values) {
        float[] shifted = new float[values.length + 1];
        System.arraycopy(values, 0, shifted, 1, values.length);
        return engine.bufferOf(shifted).slice(1, values.length);
    }

    /** A part of a buffer of what is no number. */
    static Buffer poisoned(TensorEngine engine, int length) {
        float[] nan = new float[length + 3];
        Arrays.fill(nan, Float.NaN);
        return engine.bufferOf(nan).slice(2, length);
    }
}
