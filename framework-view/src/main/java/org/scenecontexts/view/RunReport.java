package org.scenecontexts.view;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.json.JsonFiles;
import org.scenecontexts.io.table.CsvTables;

/**
 * Writes {@code report.html}, the one page that tells what a run did: it is made of the files that the run has written so far, so
 * that it can be made at any time, and again.
 *
 * @since 0.2
 */
public final class RunReport {

    /** Name of the page in the folder of a run. */
    public static final String FILE = "report.html";

    /** Name of the page with the clouds of the run beside it. */
    public static final String VIEWER = "view.html";

    /** More clouds than this are not put into a page without being asked: reading them takes minutes. */
    private static final int MOST_CLOUDS = 200;

    /** The page of a run is to be opened in a moment; who wants every point of a large scene calls {@code csc view}. */
    private static final int POINTS = 500_000;

    private static final long MOST_BYTES = 1_000_000_000;

    private static final int PICTURES = 3;

    /** What a pre-training leaves of a pair of views. */
    private static final String PAIRS = "pairs.npz";

    private static final int MOST_PAIRS = 12;

    /** Figures of a stage that say what was done rather than how well. */
    private final Set<String> aside;

    private final Map<Path, Map<String, Object>> pairs = new HashMap<>();

    /** @param aside figures of a stage that say what was done rather than how well */
    public RunReport(Set<String> aside) {
        this.aside = Set.copyOf(aside);
    }

    /** How far a stage has come. */
    public enum State {
        WAITING,
        RUNNING,
        FINISHED,
        FAILED,
        /** Stopped, or ended by a failure; the same command goes on with it. */
        BROKEN_OFF
    }

    /** How far the run has come. */
    public enum Progress {
        GOING_ON,
        /** Stopped or failed; the same command goes on. */
        BROKEN_OFF,
        ENDED
    }

    /**
     * A stage of the run.
     *
     * @param id folder of the stage
     * @param base id as the pipeline has it, without the values of a matrix
     * @param kind such as {@code train}
     * @param cell values of the matrix's axes
     */
    public record StageEntry(String id, String base, String kind, Map<String, String> cell, State state) {
        public StageEntry {
            cell = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(cell));
        }
    }

    /**
     * The run.
     *
     * @param folder of the run
     * @param stages in order
     * @param axes of the matrix, in order; empty where there is none
     * @param progress how far the run has come
     */
    public record Run(Path folder, List<StageEntry> stages, List<String> axes, Progress progress) {
        public Run {
            stages = List.copyOf(stages);
            axes = List.copyOf(axes);
        }
    }

    /**
     * Writes the page, and once the run has ended the one with its clouds.
     *
     * @return what should be said
     * @throws UncheckedIOException when a file cannot be read or written
     */
    public List<String> write(Run run) {
        List<String> said = new ArrayList<>();
        List<Map<String, Object>> scenes = run.progress() == Progress.ENDED ? scenes(run, said) : List.of();
        Map<String, Object> page = page(run, scenes);
        Map<String, PageTemplate.Part> parts = Map.of(
                "STYLE",
                out -> out.write(new WebLibraries().plotStyle() + WebLibraries.text("report.css")),
                "DATA",
                out -> out.write(PageTemplate.data("page", page)),
                "LIBRARIES",
                out -> out.write(PageTemplate.script(new WebLibraries().plot())),
                "PROGRAM",
                out -> out.write(
                        PageTemplate.script("(()=>{\"use strict\";\n" + WebLibraries.text("report.js") + "})();")));
        AtomicFile.write(run.folder().resolve(FILE), stream -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
            new PageTemplate(WebLibraries.text("report.html")).write(out, parts);
            out.flush();
        });
        return said;
    }

    private Map<String, Object> page(Run run, List<Map<String, Object>> scenes) {
        Path folder = run.folder();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        page.put("state", state(run));
        page.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        page.put(
                "stages",
                run.stages().stream().map(stage -> stage(folder, stage)).toList());
        page.put("scenes", scenes);
        page.put("viewer", VIEWER);
        matrix(run).ifPresent(matrix -> page.put("matrix", matrix));
        page.put("pipeline", text(folder.resolve("pipeline.yaml")));
        page.put("environment", text(folder.resolve("environment.json")));
        page.put(
                "reproduce",
                "Save the pipeline below, which names every default and the seed, and run it with the same version of"
                        + " csc; the environment says version, machine, threads, and the hash of every piece of code.");
        page.put("command", "csc run pipeline.yaml --runs again");
        return page;
    }

    private static String state(Run run) {
        long finished = run.stages().stream()
                .filter(stage -> stage.state() == State.FINISHED)
                .count();
        long failed = run.stages().stream()
                .filter(stage -> stage.state() == State.FAILED)
                .count();
        boolean done = finished == run.stages().size();
        String begin = switch (run.progress()) {
            case GOING_ON -> "Running";
            case BROKEN_OFF -> "Broken off";
            case ENDED -> done ? "Finished" : "Ended";
        };
        return begin + ": " + finished + " of " + run.stages().size()
                + " stages are finished" + (failed > 0 ? ", " + failed + " failed" : "") + "."
                + (run.progress() == Progress.GOING_ON ? " Load the page again to see how it goes." : "");
    }

    private Map<String, Object> stage(Path run, StageEntry stage) {
        Path folder = run.resolve(stage.id());
        Map<String, Object> metrics = new LinkedHashMap<>();
        read(folder.resolve("metrics.json"))
                .forEach((name, value) -> metrics.put(
                        name, JsonNumbers.of(value instanceof Number number ? (Object) number.doubleValue() : value)));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", stage.id());
        entry.put("kind", stage.kind());
        entry.put("status", stage.state().toString().toLowerCase(Locale.ROOT).replace('_', ' '));
        entry.put("metrics", metrics);
        entry.put(
                "lead",
                metrics.entrySet().stream()
                        .filter(figure -> figure.getValue() instanceof Number && !aside.contains(figure.getKey()))
                        .limit(4)
                        .map(figure -> List.of(figure.getKey(), figure.getValue()))
                        .toList());
        entry.put("curves", TrainingCurves.read(folder.resolve("metrics.jsonl")));
        entry.put("tables", tables(run, folder.resolve("reports")));
        pair(folder.resolve(PAIRS)).ifPresent(pair -> entry.put("pair", pair));
        // A matrix has hundreds of stages, whose environments lie in their folders.
        entry.put("environment", stage.cell().isEmpty() ? text(folder.resolve("environment.json")) : "");
        return entry;
    }

    /**
     * The picture of a pre-training; made once, since the file of a training that has ended stays as it is. A matrix may have
     * hundreds of them, which a page does not hold; the others say so.
     */
    private Optional<Map<String, Object>> pair(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (!pairs.containsKey(file) && pairs.size() >= MOST_PAIRS) {
            return Optional.of(Map.of(
                    "missing",
                    "this page has those of the first " + MOST_PAIRS
                            + " trainings on pairs; what they are made of lies in " + file.getFileName()
                            + " in the folder of the stage"));
        }
        return Optional.of(pairs.computeIfAbsent(file, RunReport::pictureOfPair));
    }

    private static Map<String, Object> pictureOfPair(Path file) {
        try {
            return PairPicture.of(file);
        } catch (CloudException e) {
            return Map.of("missing", file.getFileName() + ": " + e.getMessage());
        }
    }

    private static List<Map<String, Object>> tables(Path run, Path reports) {
        if (!Files.isDirectory(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .flatMap(file ->
                            CsvTables.read(file)
                                    .map(table -> TableJson.of(
                                            table, run.relativize(file).toString()))
                                    .stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(reports + ": cannot be read: " + e, e);
        }
    }

    private static Optional<Map<String, Object>> matrix(Run run) {
        Optional<Report.Table> results = CsvTables.read(run.folder().resolve("results.csv"));
        Optional<Report.Table> cells = CsvTables.read(run.folder().resolve("cells.csv"));
        if (run.axes().isEmpty() || results.isEmpty() || cells.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> matrix = new LinkedHashMap<>();
        matrix.put("results", TableJson.of(results.get(), "results.csv"));
        matrix.put("cells", TableJson.of(cells.get(), "cells.csv"));
        CsvTables.read(run.folder().resolve("differences.csv"))
                .ifPresent(table -> matrix.put("differences", TableJson.of(table, "differences.csv")));
        List<String> links = new ArrayList<>();
        for (List<Object> row : cells.get().rows()) {
            links.add(run.stages().stream()
                    .filter(stage -> isCell(stage, row, run.axes()))
                    .map(stage -> "#stage-" + stage.id())
                    .findFirst()
                    .orElse(""));
        }
        matrix.put("links", links);
        return Optional.of(matrix);
    }

    /** Whether a row of the cells, which begins with the stage and the values of the axes, is about a stage. */
    private static boolean isCell(StageEntry stage, List<Object> row, List<String> axes) {
        if (!stage.base().equals(row.getFirst())) {
            return false;
        }
        for (int a = 0; a < axes.size(); a++) {
            Object found = row.get(a + 1);
            String value = stage.cell().getOrDefault(axes.get(a), "");
            boolean same = found instanceof Double number
                    ? value.isEmpty() ? number.isNaN() : isNumber(value, number)
                    : value.equals(found);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text, double number) {
        try {
            return Double.parseDouble(text) == number;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Writes the viewer's page and draws the worst and best scenes. */
    private static List<Map<String, Object>> scenes(Run run, List<String> said) {
        SceneFinder finder = new SceneFinder(List.of());
        Map<String, Path> found = finder.written(run.folder());
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.size() > MOST_CLOUDS) {
            said.add(found.size() + " clouds are too many for the report of a run; 'csc view' shows those of a stage");
            return List.of();
        }
        if (found.values().stream().mapToLong(RunReport::size).sum() > MOST_BYTES) {
            said.add("the clouds of this run are too large for a report; 'csc view' shows them");
            return List.of();
        }
        try {
            return shown(run, found);
        } catch (CloudException e) {
            said.add("the report shows no scenes: " + e.getMessage());
            return List.of();
        }
    }

    private static List<Map<String, Object>> shown(Run run, Map<String, Path> found) {
        Viewer.Request wanted =
                Viewer.Request.of(run.folder(), run.folder().resolve(VIEWER)).withPoints(POINTS);
        Viewer.Written written = new Viewer(List.of()).write(wanted);
        List<Map<String, Object>> scenes = new ArrayList<>();
        int count = written.scenes().size();
        for (int k = 0; k < count; k++) {
            if (k < PICTURES || k >= count - PICTURES) {
                String name = written.scenes().get(k);
                scenes.add(Map.of(
                        "name",
                        name,
                        "score",
                        written.scores().get(k),
                        "picture",
                        TopPicture.address(found.get(name), List.of())));
            }
        }
        return scenes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }

    private static Map<String, Object> read(Path file) {
        return Files.isRegularFile(file) ? JsonFiles.read(file) : Map.of();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }
}
