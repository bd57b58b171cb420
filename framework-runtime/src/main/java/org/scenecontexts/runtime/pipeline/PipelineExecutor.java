package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Runs pipelines that have been validated; the border between describing an experiment and doing it.
 *
 * <p>The {@code csc} command finds the implementation with {@link java.util.ServiceLoader}.
 *
 * @since 0.1
 */
public interface PipelineExecutor {

    /**
     * Runs all stages in order, or several at one time, or goes on where an earlier run of the same pipeline stopped.
     *
     * <p>A cell of a matrix that cannot be finished does not stop the others: it is named in the result.
     *
     * @return where everything is, and what failed
     * @throws StageFailedException when a stage outside of a matrix cannot be finished; the message says which, why and
     *     what to do
     * @throws RunStoppedException when it was asked to stop before all was done
     */
    RunResult run(Pipeline pipeline, RunOptions options);

    /**
     * Applies a trained model to one cloud.
     *
     * @return what was found
     * @throws StageFailedException when the model or the cloud cannot be used
     */
    PredictResult predict(PredictRequest request, RunOptions options);

    /**
     * How to run, as opposed to what.
     *
     * @param plugins the plugins that the pipeline was validated against
     * @param runs the folder of run folders
     * @param fresh whether to start over instead of resuming
     * @param threads threads to compute with, when given on the command line
     * @param jobs stages at one time, which share the threads; at least 1
     * @param codeChanges what to do with results when only code has changed since they were made
     * @param stop asked again and again: whether to save at the next step and end
     * @param invocation what the run was called with, for those who want to call it again
     */
    record RunOptions(
            PluginCatalog plugins,
            Path runs,
            boolean fresh,
            OptionalInt threads,
            int jobs,
            CodeChanges codeChanges,
            BooleanSupplier stop,
            Invocation invocation) {

        public RunOptions {
            if (jobs < 1) {
                throw new IllegalArgumentException("jobs must be at least 1, found " + jobs);
            }
        }

        /** One stage after the other, not called from a command line. */
        public RunOptions(
                PluginCatalog plugins,
                Path runs,
                boolean fresh,
                OptionalInt threads,
                CodeChanges codeChanges,
                BooleanSupplier stop) {
            this(plugins, runs, fresh, threads, 1, codeChanges, stop, Invocation.NONE);
        }

        /** Keeps results that other code made, with a warning, and runs to the end. */
        public RunOptions(PluginCatalog plugins, Path runs, boolean fresh, OptionalInt threads) {
            this(plugins, runs, fresh, threads, (stage, finished, changes) -> CodeChanges.Answer.KEEP, () -> false);
        }

        /** The same, stopped when told. */
        public RunOptions stoppedBy(BooleanSupplier newStop) {
            return new RunOptions(plugins, runs, fresh, threads, jobs, codeChanges, newStop, invocation);
        }

        /** The same, with the command line that asks for it. */
        public RunOptions calledBy(Invocation newInvocation) {
            return new RunOptions(plugins, runs, fresh, threads, jobs, codeChanges, stop, newInvocation);
        }

        /** The same, with so many stages at one time. */
        public RunOptions sideBySide(int newJobs) {
            return new RunOptions(plugins, runs, fresh, threads, newJobs, codeChanges, stop, invocation);
        }
    }

    /**
     * What a run is called with, as far as its results depend on it.
     *
     * @param command such as {@code csc run examples/quickstart.yaml}; empty where there is no command line
     * @param variables names of the environment variables that the pipeline reads and that are set; their values are this
     *     machine's
     * @param secondsBefore time that the process has taken before the run begins
     */
    record Invocation(String command, List<String> variables, double secondsBefore) {

        /** Of a program. */
        public static final Invocation NONE = new Invocation("", List.of(), 0);

        public Invocation {
            variables = List.copyOf(variables);
        }
    }

    /**
     * One cloud to label.
     *
     * @param model a checkpoint, or the folder of a stage in a run folder
     * @param cloud the cloud to read
     * @param out the cloud to write: every point of the input in its order, with a field for each number predicted for it;
     *     objects, boxes and values of the scene go to a file beside it, {@link #document}
     * @param extras what to write besides
     * @param frame unit and orientation of the cloud
     * @param confidence least confidence of a box that is written, 0 to 1
     * @param device what computes; the processor when left out
     */
    record PredictRequest(
            Path model,
            Path cloud,
            Path out,
            Extras extras,
            Frame frame,
            double confidence,
            Optional<Choice<EngineFactory.Context, TensorEngine>> device) {

        /** With boxes of the usual confidence. */
        public PredictRequest(Path model, Path cloud, Path out, Extras extras, Frame frame) {
            this(model, cloud, out, extras, frame, 0.3, Optional.empty());
        }

        /** The same with boxes of another confidence at least, 0 to 1. */
        public PredictRequest withConfidence(double least) {
            return new PredictRequest(model, cloud, out, extras, frame, least, device);
        }

        /** The same on another device. */
        public PredictRequest on(Optional<Choice<EngineFactory.Context, TensorEngine>> other) {
            return new PredictRequest(model, cloud, out, extras, frame, confidence, other);
        }

        /** Where boxes go as wires, if any are predicted: the cloud's name with {@code .boxes.ply}. */
        public Path wires() {
            return beside(".boxes.ply");
        }

        /** Where objects, boxes and values of the scene go, if any are predicted: the cloud's name with {@code .json}. */
        public Path document() {
            return beside(".json");
        }

        private Path beside(String ending) {
            String name = out.getFileName().toString();
            int dot = name.lastIndexOf('.');
            return out.resolveSibling((dot < 1 ? name : name.substring(0, dot)) + ending);
        }
    }

    /**
     * What to write besides labels.
     *
     * @param logits where to write the raw scores, {@code [N, K]}
     * @param features where to write the backbone's features, {@code [N, C]}
     * @param colours which colours the written cloud gets
     * @param blocks how the cloud is cut; in one piece when empty
     * @param tta how often it is seen; once when empty
     */
    record Extras(
            Optional<Path> logits,
            Optional<Path> features,
            Colours colours,
            Optional<Blocks> blocks,
            Optional<Tta> tta) {

        /** Of a cloud that is seen once, whole. */
        public Extras(Optional<Path> logits, Optional<Path> features, Colours colours) {
            this(logits, features, colours, Optional.empty(), Optional.empty());
        }

        /** Nothing; the cloud keeps its own colours. */
        public static final Extras NONE = new Extras(Optional.empty(), Optional.empty(), Colours.OWN);
    }

    /** The colours of a labelled cloud. */
    enum Colours {
        /** As they were read. */
        OWN,
        /** Those of the predicted classes. */
        CLASSES,
        /** One for each object that was found, grey where there is none. */
        OBJECTS;

        /** The word for it on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was found in a cloud.
     *
     * @param points number of points by name of the class, in the order of the classes, those without points too; none when
     *     the model's task gives no classes to points
     * @param unlabelled number of points without a label, because their position is not a finite number
     * @param document the file with objects, boxes and values of the scene, if there are any
     * @param wires the file with the boxes as wires, if boxes are predicted
     */
    record PredictResult(Map<String, Long> points, long unlabelled, Optional<Path> document, Optional<Path> wires) {
        public PredictResult {
            points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
        }

        /** Points without classes. */
        public static PredictResult unclassified() {
            return new PredictResult(Map.of(), 0, Optional.empty(), Optional.empty());
        }

        /** The same with a file of objects, boxes and values. */
        public PredictResult withDocument(Optional<Path> file) {
            return new PredictResult(points, unlabelled, file, wires);
        }

        /** The same with a file of boxes as wires. */
        public PredictResult withWires(Optional<Path> file) {
            return new PredictResult(points, unlabelled, document, file);
        }
    }

    /**
     * How the numbers of a cloud's file become metres with z up.
     *
     * @param scale factor that turns the file's unit into metres
     * @param up the axis of the file that points upwards
     */
    record Frame(double scale, Up up) {

        /** Metres, z up. */
        public static final Frame USUAL = new Frame(1, Up.Z);
    }

    /**
     * Where everything is.
     *
     * @param folder the run folder
     * @param lines what to tell the user at the end: figures and files
     * @param failed the stages of a matrix that have no result and why, in order; empty when all is done
     */
    record RunResult(Path folder, List<String> lines, Map<String, String> failed) {
        public RunResult {
            lines = List.copyOf(lines);
            failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
        }

        /** The result of a run in which nothing failed. */
        public RunResult(Path folder, List<String> lines) {
            this(folder, lines, Map.of());
        }
    }
}
