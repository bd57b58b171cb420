package org.scenecontexts.pointnet2.kernel;

/** Any number of nearest points, sorted. Places that no point fills repeat the nearest, at an infinite distance. */
final class NearestMany implements NearestFound {

    private final float[] distances;
    private final int[] rows;
    private int count;

    NearestMany(int most) {
        distances = new float[most];
        rows = new int[most];
    }

    @Override
    public void clear(int absent) {
        count = 0;
        rows[0] = absent;
    }

    @Override
    public boolean within(double squaredBound) {
        return count == rows.length && distances[count - 1] < squaredBound;
    }

    /** What a point must not be beyond to be of interest. */
    float worst() {
        return count < rows.length ? Float.POSITIVE_INFINITY : distances[count - 1];
    }

    @Override
    public void offer(float squared, int row) {
        int place = count;
        if (count == rows.length) {
            if (!before(squared, row, count - 1)) {
                return;
            }
            place--;
        } else {
            count++;
        }
        while (place > 0 && before(squared, row, place - 1)) {
            distances[place] = distances[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        distances[place] = squared;
        rows[place] = row;
    }

    private boolean before(float squared, int row, int place) {
        return squared < distances[place] || (squared == distances[place] && row < rows[place]);
    }

    @Override
    public void write(int query, int[] index, float[] squared, int at) {
        int to = query * rows.length;
        for (int i = 0; i < rows.length; i++) {
            index[to + i] = i < count ? rows[i] : rows[0];
            squared[at + to + i] = i < count ? distances[i] : Float.POSITIVE_INFINITY;
        }
    }
}
