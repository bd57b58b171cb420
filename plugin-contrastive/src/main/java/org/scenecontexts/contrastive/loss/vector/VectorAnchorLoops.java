package org.scenecontexts.contrastive.loss.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.contrastive.loss.AnchorLoops;

/**
 * The loops of the contrast with vectorised exponentials.
 *
 * <p>One shift per anchor serves all contexts. It is the anchor's largest similarity, so nothing overflows; a context
 * whose own entries all lie more than {@value #SAFE_SPREAD} below it would lose precision, and such anchors are handed to
 * the given twin. Unit-length features never come close to that.
 */
public final class VectorAnchorLoops implements AnchorLoops {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** exp(-60) is far above the smallest normal float and far below one half unit in the last place of 1. */
    private static final float SAFE_SPREAD = 60;

    /** Up to so many contexts it is faster to compare every point with each than to look its context up. */
    private static final int FEW = 8;

    private static final float LOG2_E = 1.44269504088896341f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Adding and subtracting it rounds to a whole number, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    private final AnchorLoops twin;

    /** @param twin used where one shift for all contexts is not safe */
    public VectorAnchorLoops(AnchorLoops twin) {
        this.twin = twin;
    }

    @Override
    public void anchor(
            int n,
            float[] row,
            int offset,
            int[] contexts,
            int anchor,
            float[] weights,
            double[] losses,
            float[] scratch) {
        float own = row[offset + anchor];
        FloatVector highest = FloatVector.broadcast(SPECIES, own);
        FloatVector lowest = highest;
        int bound = SPECIES.loopBound(n);
        for (int j = 0; j < bound; j += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, row, offset + j);
            highest = highest.max(s);
            lowest = lowest.min(s);
        }
        float max = highest.reduceLanes(VectorOperators.MAX);
        float min = lowest.reduceLanes(VectorOperators.MIN);
        for (int j = bound; j < n; j++) {
            max = Math.max(max, row[offset + j]);
            min = Math.min(min, row[offset + j]);
        }
        if (!(max - min < SAFE_SPREAD)) {
            twin.anchor(n, row, offset, contexts, anchor, weights, losses, scratch);
            return;
        }
        contexts[anchor] = -1;
        exponentials(n, row, offset, max);
        int count = weights.length;
        if (count <= FEW) {
            sumsOfFew(n, row, offset, contexts, count, scratch);
        } else {
            sums(n, row, offset, contexts, count, scratch);
        }
        double e = Math.exp(own - max);
        double diagonal = 0;
        scratch[0] = 0;
        for (int c = 0; c < count; c++) {
            double sum = e + scratch[c + 1];
            losses[c] += Math.log(sum) + max - own;
            diagonal += weights[c] * (e / sum - 1);
            scratch[c + 1] = (float) (weights[c] / sum);
        }
        weigh(n, row, offset, contexts, count, scratch);
        row[offset + anchor] = (float) diagonal;
    }

    private static void exponentials(int n, float[] row, int offset, float shift) {
        int bound = SPECIES.loopBound(n);
        for (int j = 0; j < bound; j += LANES) {
            exp(FloatVector.fromArray(SPECIES, row, offset + j).sub(shift)).intoArray(row, offset + j);
        }
        for (int j = bound; j < n; j++) {
            row[offset + j] = (float) Math.exp(row[offset + j] - shift);
        }
    }

    /** Sum of lanes in their order; {@code reduceLanes} leaves the order open, and it differs between compilers. */
    private static float ordered(FloatVector sums, float[] scratch, int count) {
        int at = 8 * (count + 1);
        sums.intoArray(scratch, at);
        float sum = 0;
        for (int lane = 0; lane < LANES; lane++) {
            sum += scratch[at + lane];
        }
        return sum;
    }

    /**
     * Exponential of numbers from -{@value #SAFE_SPREAD} to 0: {@code 2^k} times Cephes' polynomial on half an octave. The
     * Vector API's own one differs between interpreter and compiler, and with it the bytes of a checkpoint.
     */
    private static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.mul(LOG2_E).add(ROUNDER);
        FloatVector k = shifted.sub(ROUNDER);
        FloatVector r = x.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
        FloatVector p = r.mul(1.9875691500e-4f)
                .add(1.3981999507e-3f)
                .fma(r, FloatVector.broadcast(SPECIES, 8.3334519073e-3f))
                .fma(r, FloatVector.broadcast(SPECIES, 4.1665795894e-2f))
                .fma(r, FloatVector.broadcast(SPECIES, 1.6666665459e-1f))
                .fma(r, FloatVector.broadcast(SPECIES, 5.0000001201e-1f))
                .fma(r.mul(r), r)
                .add(1f);
        IntVector power =
                shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
        return p.mul(power.reinterpretAsFloats());
    }

    /** Sums per context into {@code scratch[1 .. count]}, two contexts at a time. */
    private static void sumsOfFew(int n, float[] row, int offset, int[] contexts, int count, float[] scratch) {
        int bound = SPECIES.loopBound(n);
        for (int c = 0; c < count; c += 2) {
            FloatVector sum0 = FloatVector.zero(SPECIES);
            FloatVector sum1 = sum0;
            for (int j = 0; j < bound; j += LANES) {
                FloatVector e = FloatVector.fromArray(SPECIES, row, offset + j);
                IntVector context = IntVector.fromArray(INTS, contexts, j);
                sum0 = sum0.add(e, context.compare(VectorOperators.EQ, c).cast(SPECIES));
                sum1 = sum1.add(e, context.compare(VectorOperators.EQ, c + 1).cast(SPECIES));
            }
            scratch[c + 1] = ordered(sum0, scratch, count);
            scratch[c + 2] = ordered(sum1, scratch, count);
        }
        for (int j = bound; j < n; j++) {
            scratch[contexts[j] + 1] += row[offset + j];
        }
    }

    /** Multiplies every entry by the weight of its context, {@code scratch[context + 1]}. */
    private static void weigh(int n, float[] row, int offset, int[] contexts, int count, float[] scratch) {
        int bound = count <= FEW ? SPECIES.loopBound(n) : 0;
        for (int j = 0; j < bound; j += LANES) {
            IntVector context = IntVector.fromArray(INTS, contexts, j);
            FloatVector weight = FloatVector.zero(SPECIES);
            for (int c = 0; c < count; c++) {
                weight = weight.blend(
                        scratch[c + 1], context.compare(VectorOperators.EQ, c).cast(SPECIES));
            }
            FloatVector.fromArray(SPECIES, row, offset + j).mul(weight).intoArray(row, offset + j);
        }
        for (int j = bound; j < n; j++) {
            row[offset + j] *= scratch[contexts[j] + 1];
        }
    }

    /** Sums per context into {@code scratch[1 .. count]}; four tables hide the latency of adding to memory. */
    private static void sums(int n, float[] row, int offset, int[] contexts, int count, float[] scratch) {
        int width = count + 1;
        Arrays.fill(scratch, 0, 4 * width, 0);
        int bound = n & ~3;
        for (int j = 0; j < bound; j += 4) {
            scratch[contexts[j] + 1] += row[offset + j];
            scratch[width + contexts[j + 1] + 1] += row[offset + j + 1];
            scratch[2 * width + contexts[j + 2] + 1] += row[offset + j + 2];
            scratch[3 * width + contexts[j + 3] + 1] += row[offset + j + 3];
        }
        for (int j = bound; j < n; j++) {
            scratch[contexts[j] + 1] += row[offset + j];
        }
        for (int c = 1; c < width; c++) {
            scratch[c] += scratch[width + c] + scratch[2 * width + c] + scratch[3 * width + c];
        }
    }
}
