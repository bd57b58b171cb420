package org.scenecontexts.runtime.execute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.log.Durations;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StageFolder;

/** What to tell at the end of a run: the main figures of every stage and where its files are; one table for a matrix. */
final class RunSummary {

    private static final Set<String> ASIDE = Set.of(
            "stage",
            "seconds",
            "first_step_seconds",
            "peak_memory_bytes",
            "samples_per_second",
            "points_per_second",
            "parameters",
            "scenes",
            "points",
            "iterations",
            "best_iteration",
            "train_grad_norm");
    private static final int SHOWN = 4;

    private RunSummary() {}

    static List<String> lines(Pipeline pipeline, RunFolder run) {
        List<String> lines = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            StageFolder folder = run.stage(stage.id());
            Map<String, Object> metrics = Json.read(folder.metrics()).orElse(Map.of());
            lines.add(stage.id() + ": " + figures(metrics));
            say(lines, "figures", folder.metrics());
            say(lines, "best checkpoint", folder.best());
            say(lines, "last checkpoint", folder.last());
            say(lines, "chosen points", folder.points());
            say(lines, "predictions", folder.predictions());
            say(lines, "tables", folder.reports());
            say(lines, "exports", folder.exports());
            say(lines, "TensorBoard", folder.events());
        }
        if (!pipeline.axes().isEmpty()) {
            ReportFiles.write(run.path(), List.of(table(pipeline, run)));
            say(lines, "results of the matrix", run.path().resolve("results.md"));
        }
        say(lines, "resolved pipeline", run.pipeline());
        return lines;
    }

    private static String figures(Map<String, Object> metrics) {
        String shown = metrics.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Number && !ASIDE.contains(entry.getKey()))
                .limit(SHOWN)
                .map(entry -> String.format(
                        Locale.ROOT, "%s %.4f", entry.getKey(), ((Number) entry.getValue()).doubleValue()))
                .collect(Collectors.joining(", "));
        String time = metrics.get("seconds") instanceof Number seconds ? Durations.text(seconds.doubleValue()) : "?";
        return shown.isEmpty() ? time : shown + " (" + time + ")";
    }

    private static void say(List<String> lines, String what, Path file) {
        if (Files.exists(file)) {
            lines.add("  %-16s %s".formatted(what, file));
        }
    }

    /** One row per measured stage: the values of the axes, then the figures. */
    static Report.Table table(Pipeline pipeline, RunFolder run) {
        boolean anyEvaluation = pipeline.stages().stream().anyMatch(stage -> stage.config() instanceof EvaluateStage);
        Map<Stage, Map<String, Object>> measured = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (Stage stage : pipeline.stages()) {
            if (!anyEvaluation || stage.config() instanceof EvaluateStage) {
                Map<String, Object> metrics =
                        Json.read(run.stage(stage.id()).metrics()).orElse(Map.of());
                measured.put(stage, metrics);
                metrics.forEach((name, value) -> {
                    if (value instanceof Number) {
                        names.add(name);
                    }
                });
            }
        }
        List<String> header = new ArrayList<>(List.of("stage"));
        header.addAll(pipeline.axes());
        header.addAll(names);
        List<List<Object>> rows = new ArrayList<>();
        measured.forEach((stage, metrics) -> {
            List<Object> row = new ArrayList<>(List.of(stage.base()));
            pipeline.axes().forEach(axis -> row.add(stage.cell().getOrDefault(axis, "")));
            names.forEach(
                    name -> row.add(metrics.get(name) instanceof Number number ? (Object) number.doubleValue() : ""));
            rows.add(row);
        });
        return new Report.Table("results", header, rows);
    }
}
