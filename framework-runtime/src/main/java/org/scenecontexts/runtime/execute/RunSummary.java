package org.scenecontexts.runtime.execute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.log.Durations;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StageFolder;

/** What to tell at the end of a run: the main figures of every stage and where its files are; one table for a matrix. */
final class RunSummary {

    /** Figures that say what was done rather than how well. */
    static final Set<String> ASIDE = Set.of(
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

    /**
     * The lines.
     *
     * @param failed ids of the stages that have no result
     */
    static List<String> lines(Pipeline pipeline, RunFolder run, Set<String> failed) {
        List<String> lines = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            if (failed.contains(stage.id())) {
                lines.add(stage.id() + ": failed");
                continue;
            }
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
            MatrixResults results = new MatrixResults(pipeline, run, failed);
            Report.Table table = results.table();
            ReportFiles.write(run.path(), List.of(table, results.cells()));
            lines.addAll(ReportFiles.markdown(table).lines().toList());
            results.differences().ifPresent(differences -> {
                ReportFiles.write(run.path(), List.of(differences));
                lines.addAll(ReportFiles.markdown(differences).lines().toList());
            });
            FoldResults joined = new FoldResults(pipeline, run, failed);
            joined.table().ifPresent(folds -> {
                ReportFiles.write(run.path(), List.of(folds));
                lines.addAll(ReportFiles.markdown(folds).lines().toList());
            });
            lines.addAll(joined.notes());
            say(lines, "results of the matrix", run.path().resolve("results.md"));
            say(lines, "gains over the baseline", run.path().resolve("differences.md"));
            say(lines, "folds as one", run.path().resolve("folds.md"));
            say(lines, "every cell of it", run.path().resolve("cells.md"));
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
}
