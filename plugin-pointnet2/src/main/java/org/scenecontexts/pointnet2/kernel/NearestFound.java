package org.scenecontexts.pointnet2.kernel;

/** Keeps the nearest of the points that a search offers; among equals the smaller row, in whatever order they come. */
interface NearestFound {

    /**
     * Begins a new query.
     *
     * @param absent the row for places that no point fills, unless the implementation has a better one
     */
    void clear(int absent);

    /** Whether all places are filled and the worst of them is nearer than a bound. */
    boolean within(double squaredBound);

    /** A point that has not been offered for this query before. */
    void offer(float squared, int row);

    /**
     * Writes what was found.
     *
     * @param at where distances begin
     */
    void write(int query, int[] index, float[] squared, int at);
}
