package org.scenecontexts.runtime.record;

import java.util.stream.Collectors;

/**
 * Names the figures of a run: what a text cites is what the file has.
 *
 * @since 0.2
 */
public final class ResultKeys {

    private ResultKeys() {}

    /** Such as {@code eval/miou}, {@code eval@init=scratch,seed=1/miou}. */
    public static String ofStage(String id, String figure) {
        return id + "/" + figure;
    }

    /** Such as {@code results/eval@init=scratch/miou mean}. */
    public static String ofTable(String table, RunFigures.Row row, String column) {
        String axes = row.axes().entrySet().stream()
                .map(axis -> axis.getKey() + "=" + axis.getValue())
                .collect(Collectors.joining(","));
        return table + "/" + row.stage() + (axes.isEmpty() ? "" : "@" + axes) + "/" + column;
    }
}
