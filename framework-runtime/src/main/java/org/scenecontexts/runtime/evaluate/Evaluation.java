package org.scenecontexts.runtime.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.metrics.Report;

/**
 * What an evaluation found.
 *
 * @param figures of all benchmarks, and {@code loss} where the scenes are labelled
 * @param tables of all benchmarks
 * @param diagnosis what the task says about its predictions
 * @param scenes number of scenes
 * @param points number of original points
 * @param seconds time it took
 * @since 0.1
 */
public record Evaluation(
        Map<String, Double> figures,
        List<Report.Table> tables,
        List<Report.Table> diagnosis,
        long scenes,
        long points,
        double seconds) {

    public Evaluation {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        tables = List.copyOf(tables);
        diagnosis = List.copyOf(diagnosis);
    }
}
