package org.scenecontexts.engine.cpu.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.engine.cpu.dense.FusedRowLoops;

/** The parts of the row loops that take the time, on vectors. */
final class VectorRowLoops extends FusedRowLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I =
            VectorSpecies.of(int.class, VectorShape.forBitSize(F.vectorBitSize()));

    VectorRowLoops() {
        super(F.length());
    }

    /** Sum of lanes in a fixed order; {@code reduceLanes} leaves it open, and it differs between compilers. */
    private static float ordered(FloatVector v, float[] lanes) {
        v.intoArray(lanes, 0);
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    @Override
    protected float dot(float[] x, int atX, float[] y, int atY, int n, float[] lanes) {
        FloatVector sums = FloatVector.zero(F);
        int j = 0;
        for (int end = F.loopBound(n); j < end; j += F.length()) {
            sums = FloatVector.fromArray(F, x, atX + j).fma(FloatVector.fromArray(F, y, atY + j), sums);
        }
        return ordered(sums, lanes) + rest(x, atX + j, y, atY + j, n - j);
    }

    @Override
    protected float max(float[] x, int at, int n) {
        if (n < F.length()) {
            return super.max(x, at, n);
        }
        FloatVector max = FloatVector.fromArray(F, x, at);
        int j = F.length();
        for (int end = F.loopBound(n); j < end; j += F.length()) {
            max = max.max(FloatVector.fromArray(F, x, at + j));
        }
        return Math.max(max.reduceLanes(VectorOperators.MAX), super.max(x, at + j, n - j));
    }

    @Override
    protected float exponentials(float[] x, int at, int n, float max, float[] out, float[] lanes) {
        int j = 0;
        for (int end = F.loopBound(n); j < end; j += F.length()) {
            exp(FloatVector.fromArray(F, x, at + j).sub(max)).intoArray(out, at + j);
        }
        // The rest, which may be nothing, is filled up with numbers whose exponential is zero.
        Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
        System.arraycopy(x, at + j, lanes, 0, n - j);
        exp(FloatVector.fromArray(F, lanes, 0).sub(max)).intoArray(lanes, 0);
        System.arraycopy(lanes, 0, out, at + j, n - j);
        // Added lane by lane: a vector that is carried from turn to turn of so short a loop would be made an object of.
        float sum = 0;
        for (int lane = 0; lane < F.length(); lane++) {
            float laneSum = 0;
            for (int i = lane; i < j; i += F.length()) {
                laneSum += out[at + i];
            }
            sum += laneSum + lanes[lane];
        }
        return sum;
    }

    /**
     * Exponential of numbers up to 0, as Cephes' {@code expf}: {@code 2^k} times a polynomial on half an octave around 0;
     * right to 2e-7. The Vector API's own one differs between interpreter and compiler.
     */
    private static FloatVector exp(FloatVector x) {
        VectorMask<Float> vanishes = x.compare(VectorOperators.LT, SMALLEST);
        FloatVector v = x.blend(SMALLEST, vanishes);
        FloatVector shifted = v.mul(LOG2_E).add(ROUNDER);
        FloatVector k = shifted.sub(ROUNDER);
        FloatVector r = v.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
        FloatVector p = r.mul(1.9875691500e-4f)
                .add(1.3981999507e-3f)
                .fma(r, FloatVector.broadcast(F, 8.3334519073e-3f))
                .fma(r, FloatVector.broadcast(F, 4.1665795894e-2f))
                .fma(r, FloatVector.broadcast(F, 1.6666665459e-1f))
                .fma(r, FloatVector.broadcast(F, 5.0000001201e-1f))
                .fma(r.mul(r), r)
                .add(1f);
        IntVector power =
                shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
        return p.mul(power.reinterpretAsFloats()).blend(0f, vanishes);
    }

    @Override
    public void addTo(int n, float[] x, int atX, float[] out, int atOut) {
        int j = 0;
        for (int end = F.loopBound(n); j < end; j += F.length()) {
            FloatVector.fromArray(F, out, atOut + j)
                    .add(FloatVector.fromArray(F, x, atX + j))
                    .intoArray(out, atOut + j);
        }
        super.addTo(n - j, x, atX + j, out, atOut + j);
    }

    @Override
    public void groupMax(int from, int to, int size, int columns, float[] x, float[] out, int[] winner) {
        int end = F.loopBound(columns);
        for (int g = from; g < to; g++) {
            int first = g * size;
            for (int j = 0; j < end; j += F.length()) {
                FloatVector best = FloatVector.fromArray(F, x, first * columns + j);
                IntVector where = IntVector.broadcast(I, first);
                for (int row = first + 1; row < first + size; row++) {
                    FloatVector v = FloatVector.fromArray(F, x, row * columns + j);
                    VectorMask<Float> wins = v.compare(VectorOperators.GT, best)
                            .or(v.test(VectorOperators.IS_NAN))
                            .andNot(best.test(VectorOperators.IS_NAN));
                    best = best.blend(v, wins);
                    where = where.blend(row, wins.cast(I));
                }
                best.intoArray(out, g * columns + j);
                where.intoArray(winner, g * columns + j);
            }
        }
        if (end < columns) {
            groupMax(from, to, size, columns, end, x, out, winner);
        }
    }
}
