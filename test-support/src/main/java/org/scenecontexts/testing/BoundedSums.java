package org.scenecontexts.testing;

/**
 * Sums of products in double precision, each with what sums in float32 may be off by.
 *
 * <p>A sum of n products, each exact in float32 as its operands are short, is off by about sqrt(n) roundings of 2^-24 of the
 * sum of the products' sizes; by four times that hardly ever (Higham and Mary, A New Approach to Probabilistic Rounding Error
 * Analysis, 2019). Matrix units cut off where processors round: twice as much. One product too many or too few is about 1/n
 * of that sum, far more.
 */
public final class BoundedSums {

    private static final double LIMIT = 2 * 4 * 0x1p-24;

    private final double[] sum;
    private final double[] sizes;
    private final int[] products;

    public BoundedSums(int length) {
        sum = new double[length];
        sizes = new double[length];
        products = new int[length];
    }

    /** Adds a product to a sum. */
    public void add(int at, double product) {
        sum[at] += product;
        sizes[at] += Math.abs(product);
        products[at]++;
    }

    /** @throws AssertionError naming the first number that is off by more */
    public void requireCloseTo(float[] found, String what) {
        if (found.length != sum.length) {
            throw new AssertionError(what + ": " + found.length + " numbers, expected " + sum.length);
        }
        for (int i = 0; i < sum.length; i++) {
            double limit = LIMIT * Math.sqrt(products[i]) * sizes[i];
            if (!(Math.abs(found[i] - sum[i]) <= limit)) {
                throw new AssertionError(
                        what + ", number " + i + ": found " + found[i] + ", expected " + sum[i] + " within " + limit);
            }
        }
    }
}
