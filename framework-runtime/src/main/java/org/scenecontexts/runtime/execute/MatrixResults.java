package org.scenecontexts.runtime.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.Baseline;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.RunFolder;

/**
 * What a matrix found: one table to read, with mean and spread over the seeds, and one with every figure of every cell.
 *
 * <p>The measured stages are the {@code evaluate} stages, or all stages where a pipeline has none.
 */
final class MatrixResults {

    private final Pipeline pipeline;
    private final Set<String> failed;
    private final Map<Stage, Map<String, Double>> measured = new LinkedHashMap<>();

    /** @param failed ids of the stages that have no result */
    MatrixResults(Pipeline pipeline, RunFolder run, Set<String> failed) {
        this.pipeline = pipeline;
        this.failed = Set.copyOf(failed);
        boolean anyEvaluation = pipeline.stages().stream().anyMatch(stage -> stage.config() instanceof EvaluateStage);
        for (Stage stage : pipeline.stages()) {
            if (!anyEvaluation || stage.config() instanceof EvaluateStage) {
                measured.put(stage, this.failed.contains(stage.id()) ? Map.of() : figures(run, stage));
            }
        }
    }

    private static Map<String, Double> figures(RunFolder run, Stage stage) {
        Map<String, Double> figures = new LinkedHashMap<>();
        Json.read(run.stage(stage.id()).metrics()).orElse(Map.of()).forEach((name, value) -> {
            if (value instanceof Number number) {
                figures.put(name, number.doubleValue());
            }
        });
        return figures;
    }

    /**
     * One row for every measured stage and combination of axes, seeds apart: number of runs, and mean and sample standard
     * deviation of the leading figure of each benchmark.
     */
    Report.Table table() {
        List<String> axes = pipeline.axes().stream()
                .filter(axis -> !pipeline.seedAxes().contains(axis))
                .toList();
        Set<String> names = leading();
        List<String> header = new ArrayList<>(List.of("stage"));
        header.addAll(axes);
        header.addAll(List.of("runs", "failed"));
        names.forEach(name -> header.addAll(List.of(name + " mean", name + " spread")));
        Map<List<String>, List<Stage>> groups = new LinkedHashMap<>();
        for (Stage stage : measured.keySet()) {
            List<String> key = new ArrayList<>(List.of(stage.base()));
            axes.forEach(axis -> key.add(stage.cell().getOrDefault(axis, "")));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(stage);
        }
        List<List<Object>> rows = new ArrayList<>();
        groups.forEach((key, stages) -> {
            List<Object> row = new ArrayList<>(key);
            long without =
                    stages.stream().filter(stage -> failed.contains(stage.id())).count();
            row.add(stages.size() - without);
            row.add(without);
            for (String name : names) {
                double[] values = stages.stream()
                        .map(measured::get)
                        .filter(figures -> figures.containsKey(name))
                        .mapToDouble(figures -> figures.get(name))
                        .toArray();
                row.add(mean(values));
                row.add(spread(values));
            }
            rows.add(row);
        });
        return new Report.Table("results", header, rows);
    }

    /**
     * What each value of the baseline's axis gains over the baseline: one row for every measured stage, combination of the
     * other axes and value, with the mean of the differences between cells that share everything else, their seed too, and
     * its interval.
     */
    Optional<Report.Table> differences() {
        return pipeline.baseline().map(baseline -> {
            List<String> axes = pipeline.axes().stream()
                    .filter(axis -> !pipeline.seedAxes().contains(axis))
                    .toList();
            List<String> header = new ArrayList<>(List.of("stage"));
            header.addAll(axes);
            Set<String> names = leading();
            names.forEach(
                    name -> header.addAll(List.of(name + " pairs", name + " gain", name + " low", name + " high")));
            Map<List<String>, Map<String, List<Double>>> groups = new LinkedHashMap<>();
            for (Stage stage : measured.keySet()) {
                if (!stage.cell().containsKey(baseline.axis())
                        || stage.cell().get(baseline.axis()).equals(baseline.value())) {
                    continue;
                }
                List<String> key = new ArrayList<>(List.of(stage.base()));
                axes.forEach(axis -> key.add(stage.cell().getOrDefault(axis, "")));
                Map<String, List<Double>> gains = groups.computeIfAbsent(key, k -> new LinkedHashMap<>());
                for (String name : names) {
                    gain(stage, baseline, name)
                            .ifPresent(gain -> gains.computeIfAbsent(name, n -> new ArrayList<>())
                                    .add(gain));
                }
            }
            List<List<Object>> rows = new ArrayList<>();
            groups.forEach((key, gains) -> {
                List<Object> row = new ArrayList<>(key);
                for (String name : names) {
                    PairedGain gain = PairedGain.of(gains.getOrDefault(name, List.of()));
                    row.addAll(List.of(gain.pairs(), gain.mean(), gain.low(), gain.high()));
                }
                rows.add(row);
            });
            return new Report.Table("differences", header, rows);
        });
    }

    /** How much more a cell has of a figure than the one that differs from it in nothing but the baseline's axis. */
    private OptionalDouble gain(Stage stage, Baseline baseline, String name) {
        Map<String, String> twin = new LinkedHashMap<>(stage.cell());
        twin.put(baseline.axis(), baseline.value());
        Double mine = measured.get(stage).get(name);
        return mine == null
                ? OptionalDouble.empty()
                : measured.entrySet().stream()
                        .filter(other -> other.getKey().base().equals(stage.base())
                                && other.getKey().cell().equals(twin)
                                && other.getValue().containsKey(name))
                        .mapToDouble(other -> mine - other.getValue().get(name))
                        .findFirst();
    }

    /** One row per measured stage: the values of the axes, whether it failed, then all figures. */
    Report.Table cells() {
        Set<String> names = new LinkedHashSet<>();
        measured.values().forEach(figures -> names.addAll(figures.keySet()));
        List<String> header = new ArrayList<>(List.of("stage"));
        header.addAll(pipeline.axes());
        header.add("status");
        header.addAll(names);
        List<List<Object>> rows = new ArrayList<>();
        measured.forEach((stage, figures) -> {
            List<Object> row = new ArrayList<>(List.of(stage.base()));
            pipeline.axes().forEach(axis -> row.add(stage.cell().getOrDefault(axis, "")));
            row.add(failed.contains(stage.id()) ? "failed" : "done");
            names.forEach(name -> row.add(figures.getOrDefault(name, Double.NaN)));
            rows.add(row);
        });
        return new Report.Table("cells", header, rows);
    }

    /** What the benchmarks call their leading figures; without benchmarks, whatever says how well it went. */
    private Set<String> leading() {
        Set<String> names = new LinkedHashSet<>();
        for (Stage stage : measured.keySet()) {
            if (stage.config() instanceof EvaluateStage evaluate) {
                for (Choice<?, ?> benchmark : evaluate.benchmark()) {
                    if (benchmark.factory() instanceof BenchmarkFactory<?> factory) {
                        names.add(factory.leadingFigure());
                    }
                }
            } else {
                measured.get(stage).keySet().stream()
                        .filter(name -> !RunSummary.ASIDE.contains(name))
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** Mean; NaN of nothing. */
    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Sample standard deviation (n - 1); NaN of fewer than two values. */
    static double spread(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(sum / (values.length - 1));
    }
}
