package org.scenecontexts.runtime.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.RunFolder;

/**
 * The figures of a cross-validation: its folds counted as one evaluation of all their scenes, since the mean of their figures
 * is another one.
 *
 * <p>A row for every {@code evaluate} stage with one benchmark, and combination of the other axes, seeds too. Where a fold has
 * no result, or the benchmark cannot join reports, there are no figures; what is not counted is said in {@link #notes}.
 */
final class FoldResults {

    private final Pipeline pipeline;
    private final RunFolder run;
    private final Set<String> failed;
    private final Set<String> notes = new LinkedHashSet<>();

    /** @param failed ids of the stages that have no result */
    FoldResults(Pipeline pipeline, RunFolder run, Set<String> failed) {
        this.pipeline = pipeline;
        this.run = run;
        this.failed = Set.copyOf(failed);
    }

    /** The table {@code folds}; empty without folds. */
    Optional<Report.Table> table() {
        return pipeline.folds().map(folds -> {
            Map<List<String>, List<Stage>> groups = groups(folds.axis());
            Map<List<String>, Map<String, Double>> figures = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>();
            groups.forEach((key, stages) -> {
                Map<String, Double> joined = joined(stages).map(Report::figures).orElse(Map.of());
                names.addAll(joined.keySet());
                figures.put(key, joined);
            });
            List<String> header = new ArrayList<>(List.of("stage"));
            header.addAll(others(folds.axis()));
            header.addAll(List.of("folds", "failed"));
            header.addAll(names);
            List<List<Object>> rows = new ArrayList<>();
            groups.forEach((key, stages) -> {
                List<Object> row = new ArrayList<>(key);
                row.add(stages.size());
                row.add(stages.stream()
                        .filter(stage -> failed.contains(stage.id()))
                        .count());
                names.forEach(name -> row.add(figures.get(key).getOrDefault(name, Double.NaN)));
                rows.add(row);
            });
            return new Report.Table("folds", header, rows);
        });
    }

    /** What is not counted as one, and where it is; after {@link #table}. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void note(Stage stage, String why) {
        notes.add("folds of '" + stage.base() + "' are not one figure, but one by one in results.md: " + why);
    }

    private List<String> others(String axis) {
        return pipeline.axes().stream().filter(other -> !other.equals(axis)).toList();
    }

    private Map<List<String>, List<Stage>> groups(String axis) {
        Map<List<String>, List<Stage>> groups = new LinkedHashMap<>();
        for (Stage stage : pipeline.stages()) {
            if (!(stage.config() instanceof EvaluateStage evaluate)
                    || !stage.cell().containsKey(axis)) {
                continue;
            }
            if (evaluate.benchmark().size() != 1) {
                note(stage, "it has " + evaluate.benchmark().size() + " benchmarks, and one is expected");
            } else {
                List<String> key = new ArrayList<>(List.of(stage.base()));
                others(axis).forEach(other -> key.add(stage.cell().getOrDefault(other, "")));
                groups.computeIfAbsent(key, none -> new ArrayList<>()).add(stage);
            }
        }
        return groups;
    }

    private Optional<Report> joined(List<Stage> stages) {
        long without =
                stages.stream().filter(stage -> failed.contains(stage.id())).count();
        if (without > 0) {
            note(stages.getFirst(), without + " of " + stages.size() + " failed; the same command tries them again");
        }
        if (without > 0 || !(stages.getFirst().config() instanceof EvaluateStage evaluate)) {
            return Optional.empty();
        }
        List<Report> parts = stages.stream()
                .map(stage -> new Report(
                        Map.of(), ReportFiles.read(run.stage(stage.id()).reports())))
                .toList();
        Choice<BenchmarkFactory.Context, ?> benchmark = evaluate.benchmark().getFirst();
        Optional<Report> joined = benchmark.factory() instanceof BenchmarkFactory<?> factory
                ? joined(factory, benchmark.config(), parts)
                : Optional.empty();
        if (joined.isEmpty()) {
            note(stages.getFirst(), "the figures of '" + benchmark.type() + "' do not add up");
        }
        return joined;
    }

    private static <C extends Record> Optional<Report> joined(
            BenchmarkFactory<C> factory, Record config, List<Report> parts) {
        return factory.joined(factory.configType().cast(config), parts);
    }
}
