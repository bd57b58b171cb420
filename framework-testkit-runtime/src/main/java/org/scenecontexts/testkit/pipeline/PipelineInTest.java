package org.scenecontexts.testkit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.execute.LocalExecutor;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.plugin.PluginReport;
import org.scenecontexts.runtime.plugin.Plugins;

/**
 * A pipeline that a test runs in its own process, as {@code csc run} would: with every plugin on the class path (the one under
 * test, its test dependencies, the framework's own), and with what the test hands in.
 *
 * @param yaml the pipeline
 * @param extensions factories and kernels beside those on the class path; the kit's own parts are always there, see {@link
 *     KitParts}
 * @since 0.2
 */
public record PipelineInTest(String yaml, List<ExtensionPoint> extensions) {

    /** The plugin that {@link #extensions} belong to; {@code test/NAME} names one of them where the class path has another. */
    static final String PLUGIN = "test";

    public PipelineInTest {
        extensions = List.copyOf(extensions);
    }

    /** A pipeline of plugins on the class path. */
    public static PipelineInTest of(String yaml) {
        return new PipelineInTest(yaml, List.of());
    }

    /** The same with a factory or kernels of the test's own. */
    public PipelineInTest with(ExtensionPoint... more) {
        List<ExtensionPoint> all = new ArrayList<>(extensions);
        all.addAll(List.of(more));
        return new PipelineInTest(yaml, all);
    }

    /**
     * Runs it on two threads to its end.
     *
     * @param runs folder of run folders, usually a temporary one; a second run in it goes on where the first was stopped
     * @param overrides such as {@code stages.learn.iterations=3}
     * @throws RuntimeException when the pipeline is refused or fails; the message is what a user would see
     */
    public Finished run(Path runs, String... overrides) {
        return run(runs, 2, () -> false, overrides);
    }

    /**
     * Runs it.
     *
     * @param stop asked again and again: whether to save at the next step and end, as when a user presses Ctrl-C; the run
     *     then ends with an exception
     */
    public Finished run(Path runs, int threads, BooleanSupplier stop, String... overrides) {
        try (Plugins plugins = Plugins.discover(List.of())) {
            List<PluginReport> reports = new ArrayList<>(plugins.catalog().plugins());
            List<ExtensionPoint> own = new ArrayList<>(KitParts.all());
            own.addAll(extensions);
            reports.add(new PluginReport(
                    PLUGIN, "1.0.0", "", Path.of("test.jar"), PluginReport.Origin.CLASS_PATH, own, List.of()));
            PluginCatalog catalog = new PluginCatalog(reports);
            Pipeline pipeline = new PipelineLoader(catalog, Map.of())
                    .load(SourceText.of("pipeline in a test", yaml), Arrays.asList(overrides))
                    .orThrow();
            RunOptions options = new RunOptions(catalog, runs, false, OptionalInt.of(threads)).stoppedBy(stop);
            return new Finished(new LocalExecutor().run(pipeline, options).folder());
        }
    }

    /**
     * What a run left.
     *
     * @param folder the run folder
     */
    public record Finished(Path folder) {

        /** A file of a stage's folder. */
        public Path file(String stage, String name) {
            return folder.resolve(stage).resolve(name);
        }

        /**
         * A figure of {@code metrics.json} of an evaluation.
         *
         * @throws IllegalArgumentException when there is none of that name, naming those that are there
         */
        public double figure(String stage, String name) {
            try {
                JsonNode metrics =
                        new ObjectMapper().readTree(file(stage, "metrics.json").toFile());
                if (!metrics.path(name).isNumber()) {
                    List<String> names = new ArrayList<>();
                    metrics.fieldNames().forEachRemaining(names::add);
                    throw new IllegalArgumentException(
                            "stage '" + stage + "' has no figure '" + name + "'; it has " + names);
                }
                return metrics.get(name).asDouble();
            } catch (IOException e) {
                throw new UncheckedIOException("the figures of stage '" + stage + "' cannot be read: " + e, e);
            }
        }

        /** The bytes of every checkpoint of a training, as text, by name: equal for trainings that came to the same end. */
        public Map<String, String> checkpoints(String stage) {
            Map<String, String> found = new TreeMap<>();
            try (Stream<Path> files = Files.list(file(stage, "checkpoints"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    found.put(
                            file.getFileName().toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
                return found;
            } catch (IOException e) {
                throw new UncheckedIOException("the checkpoints of stage '" + stage + "' cannot be read: " + e, e);
            }
        }
    }
}
