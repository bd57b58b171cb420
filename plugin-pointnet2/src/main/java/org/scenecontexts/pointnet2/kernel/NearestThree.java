package org.scenecontexts.pointnet2.kernel;

/** The three smallest of the distances offered; among equals the smaller row, in whatever order they come. */
final class NearestThree implements NearestFound {

    private float d0;
    private float d1;
    private float d2;
    private int i0;
    private int i1;
    private int i2;
    private int count;

    @Override
    public void clear(int absent) {
        d0 = d1 = d2 = Float.POSITIVE_INFINITY;
        i0 = i1 = i2 = absent;
        count = 0;
    }

    @Override
    public boolean within(double squaredBound) {
        return count >= 3 && d2 < squaredBound;
    }

    @Override
    public void offer(float d, int row) {
        count++;
        if (d > d2) {
            return;
        }
        if (d < d0 || (d == d0 && row < i0)) {
            d2 = d1;
            i2 = i1;
            d1 = d0;
            i1 = i0;
            d0 = d;
            i0 = row;
        } else if (d < d1 || (d == d1 && row < i1)) {
            d2 = d1;
            i2 = i1;
            d1 = d;
            i1 = row;
        } else if (d < d2 || row < i2) {
            d2 = d;
            i2 = row;
        }
    }

    @Override
    public void write(int query, int[] index, float[] squared, int at) {
        index[3 * query] = i0;
        index[3 * query + 1] = i1;
        index[3 * query + 2] = i2;
        squared[at + 3 * query] = d0;
        squared[at + 3 * query + 1] = d1;
        squared[at + 3 * query + 2] = d2;
    }
}
