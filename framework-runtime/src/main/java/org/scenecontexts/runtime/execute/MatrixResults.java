package org.scenecontexts.runtime.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.Baseline;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.RetrieveStage;
import org.scenecontexts.runtime.pipeline.SelectStage;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.RunFolder;

/**
 * What a matrix found: one table to read, with mean and spread over the seeds, and one with every figure of every cell.
 *
 * <p>The measured stages are the {@code evaluate} and {@code retrieve} stages, or all stages where a pipeline has none.
 */
final class MatrixResults {

    private final Pipeline pipeline;
    private final Set<String> failed;
    private final Map<Stage, Map<String, Double>> measured = new LinkedHashMap<>();
    /** What chose the points that the measured networks learnt from. */
    private final Map<Stage, Map<String, Double>> selections = new LinkedHashMap<>();

    /** @param failed ids of the stages that have no result */
    MatrixResults(Pipeline pipeline, RunFolder run, Set<String> failed) {
        this.pipeline = pipeline;
        this.failed = Set.copyOf(failed);
        boolean anyEvaluation = pipeline.stages().stream().anyMatch(MatrixResults::measures);
        for (Stage stage : pipeline.stages()) {
            if (!anyEvaluation || measures(stage)) {
                measured.put(stage, this.failed.contains(stage.id()) ? Map.of() : figures(run, stage));
            } else if (stage.config() instanceof SelectStage) {
                selections.put(stage, this.failed.contains(stage.id()) ? Map.of() : figures(run, stage));
            }
        }
    }

    private static boolean measures(Stage stage) {
        return stage.config() instanceof EvaluateStage || stage.config() instanceof RetrieveStage;
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
     * One row for every measured stage and combination of axes, seeds apart: number of runs, and mean, sample standard
     * deviation, lowest and highest of the leading figure of each benchmark: the best of some seeds is never seen alone.
     */
    Report.Table table() {
        Set<String> names = leading();
        List<String> header = header("runs", "failed");
        names.forEach(
                name -> header.addAll(List.of(name + " mean", name + " spread", name + " lowest", name + " highest")));
        List<List<Object>> rows = new ArrayList<>();
        groups(stage -> true).forEach((key, stages) -> {
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
                row.add(Arrays.stream(values).min().orElse(Double.NaN));
                row.add(Arrays.stream(values).max().orElse(Double.NaN));
            }
            rows.add(row);
        });
        return new Report.Table("results", header, rows);
    }

    /**
     * What each value of the baseline's axis gains over the baseline: one row for every measured stage, combination of the
     * other axes and value, with the mean of the differences between cells that share everything else, their seed too, and
     * its interval. A cell whose twin has no figure is in no pair. Of several baselines each has its rows, and a column
     * behind those of the axes says which it is.
     */
    Optional<Report.Table> differences() {
        return pipeline.baseline().map(baseline -> {
            Set<String> names = leading();
            boolean several = baseline.values().size() > 1;
            List<String> header = several ? header(Baseline.COLUMN) : header();
            names.forEach(
                    name -> header.addAll(List.of(name + " pairs", name + " gain", name + " low", name + " high")));
            List<List<Object>> rows = new ArrayList<>();
            for (String value : baseline.values()) {
                groups(stage -> comparable(stage, baseline, value)).forEach((key, stages) -> {
                    List<Object> row = new ArrayList<>(key);
                    if (several) {
                        row.add(value);
                    }
                    names.forEach(name -> row.addAll(gains(stages, baseline.axis(), value, name)));
                    rows.add(row);
                });
            }
            return new Report.Table("differences", header, rows);
        });
    }

    /** How many columns of {@link #differences} say what a row is of, behind the stage and the axes. */
    int furtherKeys() {
        return pipeline.baseline().map(Baseline::values).orElse(List.of()).size() > 1 ? 1 : 0;
    }

    private static boolean comparable(Stage stage, Baseline baseline, String with) {
        String value = stage.cell().get(baseline.axis());
        return value != null && baseline.isHeldAgainst(value, with);
    }

    private List<Object> gains(List<Stage> stages, String axis, String baseline, String name) {
        PairedGain gain = PairedGain.of(stages.stream()
                .flatMapToDouble(stage -> gain(stage, axis, baseline, name).stream())
                .toArray());
        return List.of(gain.pairs(), gain.mean(), gain.low(), gain.high());
    }

    /** How much more a cell has of a figure than its twin, which has the baseline's value on its axis. */
    private OptionalDouble gain(Stage stage, String axis, String baseline, String name) {
        Double mine = measured.get(stage).get(name);
        return mine == null
                ? OptionalDouble.empty()
                : measured.entrySet().stream()
                        .filter(other -> twins(stage, other.getKey(), axis, baseline)
                                && other.getValue().containsKey(name))
                        .mapToDouble(other -> mine - other.getValue().get(name))
                        .findFirst();
    }

    /**
     * Whether a cell is the baseline of another: it agrees in every further axis that it has. It may have fewer, as a start
     * from scratch does not depend on how long others were pre-trained.
     */
    private static boolean twins(Stage stage, Stage other, String axis, String baseline) {
        return other.base().equals(stage.base())
                && other.cell().entrySet().stream()
                        .allMatch(its -> its.getValue()
                                .equals(
                                        its.getKey().equals(axis)
                                                ? baseline
                                                : stage.cell().get(its.getKey())))
                && other.cell().containsKey(axis);
    }

    private List<String> axes() {
        return pipeline.axes().stream()
                .filter(axis -> !pipeline.seedAxes().contains(axis))
                .toList();
    }

    private List<String> header(String... further) {
        List<String> header = new ArrayList<>(List.of("stage"));
        header.addAll(axes());
        header.addAll(List.of(further));
        return header;
    }

    /** The measured stages by what they share, seeds apart: their id as written, and the values of the axes. */
    private Map<List<String>, List<Stage>> groups(Predicate<Stage> wanted) {
        Map<List<String>, List<Stage>> groups = new LinkedHashMap<>();
        measured.keySet().stream().filter(wanted).forEach(stage -> {
            List<String> key = new ArrayList<>(List.of(stage.base()));
            axes().forEach(axis -> key.add(stage.cell().getOrDefault(axis, "")));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(stage);
        });
        return groups;
    }

    /**
     * One row per measured stage: the values of the axes, whether it failed, then all figures. What chose points comes before
     * those that learnt from them.
     */
    Report.Table cells() {
        Map<Stage, Map<String, Double>> all = new LinkedHashMap<>(selections);
        all.putAll(measured);
        Set<String> names = new LinkedHashSet<>();
        all.values().forEach(figures -> names.addAll(figures.keySet()));
        List<String> header = new ArrayList<>(List.of("stage"));
        header.addAll(pipeline.axes());
        header.add("status");
        // An evaluation counts its scenes and points; axes often have these names.
        names.forEach(name -> header.add(pipeline.axes().contains(name) ? name + " measured" : name));
        List<List<Object>> rows = new ArrayList<>();
        all.forEach((stage, figures) -> {
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
            } else if (stage.config() instanceof RetrieveStage) {
                names.addAll(List.of(RetrieveStage.MIOU, RetrieveStage.ACCURACY));
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
