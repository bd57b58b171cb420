package org.scenecontexts.contrastive.loss.composed;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;

/**
 * Searches the nearest feature by differences, whose squares are summed in double precision: the cheaper way over products of
 * features loses the digits that decide between near ones.
 */
final class NearestFeatures {

    /** Differences in memory at one time, 8 MiB. */
    private static final int TILE_NUMBERS = 1 << 21;

    private final LossParts parts;

    NearestFeatures(LossParts parts) {
        this.parts = parts;
    }

    /** How many queries are searched for at one time. */
    static int queries(int candidates, int channels) {
        return (int) Math.max(1, TILE_NUMBERS / Math.max(1, (long) candidates * channels));
    }

    /**
     * The nearest candidate of each query, the first on ties.
     *
     * @param queries {@code [n, channels]}
     * @param candidates {@code [count, channels]}
     * @param winner row of the nearest, {@code [n]}
     * @param negative minus its squared distance, {@code [n]}
     */
    void search(int n, int count, int channels, Buffer queries, Buffer candidates, Indices winner, Buffer negative) {
        Buffer away = parts.take(n, channels);
        Buffer differences = parts.take(Math.multiplyExact(count, n), channels);
        Buffer squared = parts.take(count, n);
        parts.dense().scale(n * channels, -1, queries, away);
        // Row j * n + i is candidate j minus query i.
        parts.groups().spread(new Groups.Equal(count, n), channels, false, candidates, differences);
        parts.dense().addRow(count, n * channels, differences, away, differences);
        Groups each = new Groups.Equal(count * n, channels);
        parts.groups().sumProducts(each, 1, differences, differences, squared, false);
        parts.dense().scale(count * n, -1, squared, squared);
        parts.groups().max(Groups.whole(count), n, squared, negative, winner);
        parts.give(squared, differences, away);
    }
}
