package org.scenecontexts.engine.cpu.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.DropoutKernels;

/** Dropout by Philox4x32-10, four elements a turn. */
final class CpuDropout implements DropoutKernels {

    private static final int ROUNDS = 10;
    private static final int DIGIT = 16;

    /** Multipliers and key increments of Philox4x32 (Salmon et al. 2011, table 2 and section 3.3). */
    private static final long MULTIPLIER_0 = 0xD2511F53L;

    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private final Parallel parallel;

    CpuDropout(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void dropout(int n, double probability, Buffer draw, int operator, Buffer x, Buffer out) {
        float[] digits = draw.toArray(8);
        int key0 = word(digits, 0);
        int key1 = word(digits, 2);
        int low = word(digits, 4);
        int high = word(digits, 6);
        long limit = (long) Math.floor(probability * (1L << 32));
        float factor = probability < 1 ? (float) (1 / (1 - probability)) : 0;
        float[] source = x.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (from, to) -> {
            int[] chance = new int[4];
            for (int i = from; i < to; i += 4) {
                philox(i >>> 2, operator, low, high, key0, key1, chance);
                for (int j = 0; j < 4 && i + j < to; j++) {
                    boolean dropped = Integer.toUnsignedLong(chance[j]) < limit;
                    target[atOut + i + j] = dropped ? 0f : source[atX + i + j] * factor;
                }
            }
        });
    }

    private static int word(float[] digits, int at) {
        return (int) digits[at] | (int) digits[at + 1] << DIGIT;
    }

    /** Four random words of a counter of four words and a key of two. */
    static void philox(int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] out) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int k0 = key0;
        int k1 = key1;
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
