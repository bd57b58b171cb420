package org.scenecontexts.runtime.execute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.Folds;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Invocation;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.record.ResultKeys;
import org.scenecontexts.runtime.record.RunFigures;
import org.scenecontexts.runtime.run.RunFolder;

/**
 * Writes {@code results.json}, in which everything that a run found stands under a name of its own, so that a text can cite it.
 *
 * <p>The file goes when a call begins and comes back when one has ended with every stage finished. A call that had nothing to do
 * leaves what the file said of the call that made the results.
 */
final class ResultsFile {

    private final RunFolder run;
    private final Invocation invocation;
    private final long began = System.nanoTime();
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Optional<RunFigures> before;
    private final Set<String> made = new LinkedHashSet<>();
    private boolean wentOn;

    /** A call that begins. */
    ResultsFile(RunFolder run, Invocation invocation) {
        this.run = run;
        this.invocation = invocation;
        this.before = RunFigures.read(run.results());
        try {
            Files.deleteIfExists(run.results());
        } catch (IOException e) {
            throw new UncheckedIOException(run.results() + ": cannot be removed: " + e, e);
        }
    }

    /**
     * To be told of every stage that is not kept.
     *
     * @param fromItsBeginning whether nothing of it comes from earlier calls
     */
    synchronized void worksOn(Stage stage, boolean fromItsBeginning) {
        made.add(stage.id());
        wentOn |= !fromItsBeginning;
    }

    /** Writes the file, unless a stage has no result. */
    void write(Pipeline pipeline, Set<String> failed) {
        if (!failed.isEmpty()) {
            return;
        }
        Map<String, String> stages = new LinkedHashMap<>();
        TreeMap<String, Double> values = new TreeMap<>();
        for (Stage stage : pipeline.stages()) {
            stages.put(stage.id(), run.stage(stage.id()).status().made());
            Json.read(run.stage(stage.id()).metrics())
                    .orElse(Map.of())
                    .forEach((name, value) -> add(values, ResultKeys.ofStage(stage.id(), name), value));
        }
        List<RunFigures.Table> tables = new ArrayList<>();
        for (Keyed keyed : tables(pipeline)) {
            tables.add(keyed.outline());
            keyed.addTo(values);
        }
        Json.write(run.results(), new RunFigures(call(stages), stages, tables, values).document());
    }

    private RunFigures.Call call(Map<String, String> stages) {
        Optional<RunFigures.Call> kept = before.filter(
                        results -> made.isEmpty() && results.stages().equals(stages))
                .map(RunFigures::call);
        return kept.orElseGet(() -> new RunFigures.Call(
                invocation.command(),
                invocation.variables(),
                started.toString(),
                invocation.secondsBefore() + (System.nanoTime() - began) / 1e9,
                !wentOn && made.equals(stages.keySet())));
    }

    private List<Keyed> tables(Pipeline pipeline) {
        if (pipeline.axes().isEmpty()) {
            return List.of();
        }
        int axes = pipeline.axes().size();
        int shown = axes
                - (int) pipeline.axes().stream()
                        .filter(pipeline.seedAxes()::contains)
                        .count();
        MatrixResults results = new MatrixResults(pipeline, run, Set.of());
        List<Keyed> tables = new ArrayList<>();
        tables.add(new Keyed(results.table(), shown + 1));
        results.differences().ifPresent(table -> tables.add(new Keyed(table, shown + 1 + results.furtherKeys())));
        int others = axes - (pipeline.folds().map(Folds::axis).isPresent() ? 1 : 0);
        new FoldResults(pipeline, run, Set.of()).table().ifPresent(table -> tables.add(new Keyed(table, others + 1)));
        return tables;
    }

    /**
     * A table of a matrix.
     *
     * @param keys number of columns that say what a row is of: the stage, the axes, one of several baselines
     */
    private record Keyed(Report.Table table, int keys) {

        RunFigures.Table outline() {
            return new RunFigures.Table(
                    table.name(),
                    table.header().subList(keys, table.header().size()),
                    table.rows().stream().map(this::row).toList());
        }

        private RunFigures.Row row(List<Object> cells) {
            Map<String, String> axes = new LinkedHashMap<>();
            for (int i = 1; i < keys; i++) {
                if (!cells.get(i).toString().isEmpty()) {
                    axes.put(table.header().get(i), cells.get(i).toString());
                }
            }
            return new RunFigures.Row(cells.getFirst().toString(), axes);
        }

        void addTo(Map<String, Double> values) {
            table.rows().forEach(cells -> {
                for (int i = keys; i < cells.size(); i++) {
                    add(
                            values,
                            ResultKeys.ofTable(
                                    table.name(), row(cells), table.header().get(i)),
                            cells.get(i));
                }
            });
        }
    }

    /** Only numbers: JSON has no others, and nobody can cite what is no number. */
    private static void add(Map<String, Double> values, String key, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            values.put(key, number.doubleValue());
        }
    }
}
