package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;

/** Dropout by Philox4x32-10; ND4J has a generator of its own, which would draw other masks than the other engines. */
final class Nd4jDropout implements DropoutKernels {

    private static final int ROUNDS = 10;
    private static final int DIGIT = 16;

    /** Multipliers and key increments of Philox4x32 (Salmon et al. 2011, table 2 and section 3.3). */
    private static final long MULTIPLIER_0 = 0xD2511F53L;

    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private final Parallel parallel;

    Nd4jDropout(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void dropout(int n, double probability, Buffer draw, int operator, Buffer x, Buffer out) {
        NativeFloats digits = own(draw).reading();
        int[] words = new int[4];
        for (int w = 0; w < words.length; w++) {
            words[w] = (int) digits.get(2 * w) | (int) digits.get(2 * w + 1) << DIGIT;
        }
        long limit = (long) Math.floor(probability * (1L << 32));
        float factor = probability < 1 ? (float) (1 / (1 - probability)) : 0;
        NativeFloats from = own(x).reading();
        NativeFloats to = own(out).writing();
        parallel.rows(n, Stretches.NUMBERS, (first, end) -> {
            int[] chance = new int[4];
            for (int i = first; i < end; i += 4) {
                draw(i >>> 2, operator, words, chance);
                for (int j = 0; j < 4 && i + j < end; j++) {
                    boolean dropped = Integer.toUnsignedLong(chance[j]) < limit;
                    to.set(i + j, dropped ? 0f : from.get(i + j) * factor);
                }
            }
        });
    }

    /** Four random words for a counter and an operator; {@code words} are those of seed and iteration. */
    private static void draw(int counter, int operator, int[] words, int[] out) {
        int c0 = counter;
        int c1 = operator;
        int c2 = words[2];
        int c3 = words[3];
        int k0 = words[0];
        int k1 = words[1];
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * Integer.toUnsignedLong(c0);
            long p1 = MULTIPLIER_1 * Integer.toUnsignedLong(c2);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
