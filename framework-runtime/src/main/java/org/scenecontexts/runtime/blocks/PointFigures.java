package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.task.Prediction;

/** What is said about points one by one, finished tile by tile: the whole scene's scores are never there at once. */
final class PointFigures {

    private final int points;
    private int[] classes = {};
    private float[] confidence = {};
    private final Map<String, float[]> values = new LinkedHashMap<>();

    PointFigures(int points) {
        this.points = points;
    }

    /** Takes over the points of a tile. */
    void take(BlockGrid grid, int tile, TileSums sums, List<PartReader.PointColumns> columns) {
        for (PartReader.PointColumns part : columns) {
            if (part.name().isEmpty()) {
                labels(grid, tile, sums, part);
            } else {
                values(grid, tile, sums, part);
            }
        }
    }

    private void labels(BlockGrid grid, int tile, TileSums sums, PartReader.PointColumns part) {
        if (classes.length == 0) {
            classes = new int[points];
            confidence = new float[points];
            Arrays.fill(classes, Labels.IGNORE);
        }
        for (int slot = 0; slot < grid.size(tile); slot++) {
            if (!sums.has(slot)) {
                continue;
            }
            int best = 0;
            for (int c = 1; c < part.width(); c++) {
                best = sums.mean(slot, part.from() + c) > sums.mean(slot, part.from() + best) ? c : best;
            }
            double total = 0;
            for (int c = 0; c < part.width(); c++) {
                total += Math.exp(sums.mean(slot, part.from() + c) - sums.mean(slot, part.from() + best));
            }
            int point = grid.point(tile, slot);
            classes[point] = best;
            confidence[point] = (float) (1 / total);
        }
    }

    private void values(BlockGrid grid, int tile, TileSums sums, PartReader.PointColumns part) {
        float[] all = values.computeIfAbsent(part.name(), name -> {
            float[] none = new float[points * part.width()];
            Arrays.fill(none, Float.NaN);
            return none;
        });
        for (int slot = 0; slot < grid.size(tile); slot++) {
            for (int w = 0; w < part.width() && sums.has(slot); w++) {
                all[grid.point(tile, slot) * part.width() + w] = sums.mean(slot, part.from() + w);
            }
        }
    }

    /** Predictions without numbers of rows. */
    List<Prediction> predictions(List<PartReader.PointColumns> columns) {
        List<Prediction> found = new ArrayList<>();
        for (PartReader.PointColumns part : columns) {
            found.add(
                    part.name().isEmpty()
                            ? new Prediction.PointLabels(classes, confidence, new float[0], new int[0])
                            : new Prediction.PointValues(
                                    part.name(), part.width(), values.get(part.name()), new float[0]));
        }
        return found;
    }
}
