package org.scenecontexts.runtime.execute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.io.array.Leftovers;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.guard.FailureReasons;
import org.scenecontexts.runtime.load.LoaderThreads;
import org.scenecontexts.runtime.log.Durations;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.log.RunLog;
import org.scenecontexts.runtime.log.Sizes;
import org.scenecontexts.runtime.pipeline.DefaultDevice;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.PipelineWriter;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.predict.Predictor;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelCard;
import org.scenecontexts.runtime.run.ModelFiles;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StageFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes pipelines in this process, stage by stage, in a run folder that remembers what is done.
 *
 * @since 0.1
 */
public final class LocalExecutor implements PipelineExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(LocalExecutor.class);

    @Override
    public RunResult run(Pipeline pipeline, RunOptions options) {
        try (RunFolder folder = RunFolder.open(options.runs(), pipeline.name());
                RunLog.Scope log = RunLog.file(folder.path().resolve("run.log"))) {
            ResultsFile results = new ResultsFile(folder, options.invocation());
            PipelineCode code = new PipelineCode(pipeline, options.plugins());
            tellLeftovers(folder.leftovers());
            folder.write(folder.pipeline(), PipelineWriter.yaml(pipeline));
            Json.write(folder.environment(), Environment.ofCall(options.plugins(), pipeline.seed(), threads(options)));
            if (options.fresh()) {
                pipeline.stages().stream()
                        .map(stage -> folder.stage(stage.id()))
                        .filter(stage -> Files.exists(stage.path()))
                        .forEach(stage -> setAside(stage, folder));
            }
            Call call = new Call(folder, options, code, results);
            try (RunPages pages = new RunPages(pipeline, folder)) {
                SideBySide.Work work = (stage, stop) -> {
                    pages.begun(stage);
                    attempt(stage, call, stop);
                    pages.ended(stage, call.failed().containsKey(stage.id()));
                };
                new SideBySide(pipeline.stages(), folder.path(), options.jobs(), options.stop(), work).run();
                Map<String, String> failed = inOrder(call.failed(), pipeline);
                tellDiskUse(folder);
                List<String> lines = new ArrayList<>(RunSummary.lines(pipeline, folder, failed.keySet()));
                lines.addAll(pages.finish());
                results.write(pipeline, failed.keySet());
                return new RunResult(folder.path(), lines, failed);
            }
        }
    }

    private static Map<String, String> inOrder(Map<String, String> failed, Pipeline pipeline) {
        Map<String, String> sorted = new LinkedHashMap<>();
        pipeline.stages().stream()
                .map(Stage::id)
                .filter(failed::containsKey)
                .forEach(id -> sorted.put(id, failed.get(id)));
        return sorted;
    }

    /**
     * One call of a run; what it knows of its stages is by id.
     *
     * @param fingerprints of the stages that were begun
     * @param made what tells apart the results of the stages so far
     * @param failed why stages of a matrix have no result
     * @param results told what this call made
     */
    private record Call(
            RunFolder run,
            RunOptions options,
            PipelineCode code,
            Map<String, String> fingerprints,
            Map<String, String> made,
            Map<String, String> failed,
            ResultsFile results) {

        Call(RunFolder run, RunOptions options, PipelineCode code, ResultsFile results) {
            this(
                    run,
                    options,
                    code,
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    results);
        }

        StageHistory.Inputs inputs(Stage stage) {
            String fingerprint = Fingerprints.of(stage, fingerprints::get);
            fingerprints.put(stage.id(), fingerprint);
            Map<String, String> models = new HashMap<>();
            for (ModelRef model : stage.config().models()) {
                if (model instanceof ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint)) {
                    models.put(id, made.getOrDefault(id, ""));
                }
            }
            return new StageHistory.Inputs(fingerprint, code.of(stage), models);
        }
    }

    private static void tellLeftovers(List<Path> removed) {
        if (!removed.isEmpty()) {
            LOG.info(
                    "removed {} temporary files that killed runs left, the first {}",
                    removed.size(),
                    removed.getFirst());
        }
    }

    private static void setAside(StageFolder stage, RunFolder run) {
        String name = stage.path().getFileName().toString();
        LOG.info("{}: the old files are in {}; 'csc runs clean' removes them", name, run.setAside(stage));
    }

    private static void tellDiskUse(RunFolder run) {
        long bytes = run.largeReplaced();
        if (bytes > 0) {
            LOG.info(
                    "{} keeps {} of replaced results; 'csc runs list' shows them, 'csc runs clean' removes them",
                    run.path(),
                    Sizes.text(bytes));
        }
    }

    /** Executes a stage; one of a matrix that fails, or needs one that failed, is put on record and the rest goes on. */
    private void attempt(Stage stage, Call call, BooleanSupplier stop) {
        Map<String, String> failed = call.failed();
        StageHistory.Inputs inputs = call.inputs(stage);
        Optional<String> missing = stage.config().models().stream()
                .filter(ModelRef.OfStage.class::isInstance)
                .map(model -> ((ModelRef.OfStage) model).stage())
                .filter(failed::containsKey)
                .findFirst();
        if (missing.isPresent()) {
            failed.put(stage.id(), "not run, because it needs '" + missing.get() + "', which failed");
            LOG.warn("{}: {}", stage.id(), failed.get(stage.id()));
            return;
        }
        try {
            execute(stage, inputs, call, stop);
        } catch (StageFailedException e) {
            if (stage.cell().isEmpty()) {
                throw e;
            }
            failed.put(stage.id(), e.getMessage());
            LOG.error("{}; the other cells of the matrix go on", e.getMessage());
        }
    }

    private void execute(Stage stage, StageHistory.Inputs inputs, Call call, BooleanSupplier stop) {
        StageFolder folder = call.run().stage(stage.id());
        Optional<StageFolder.Status> begun = begin(stage, inputs, folder, call);
        if (begun.isEmpty()) {
            return;
        }
        String kind = StageKind.of(stage.config()).key();
        try (RunLog.Scope log = RunLog.ownFile(folder.log())) {
            long started = System.nanoTime();
            StageParts.written(stage).forEach(place -> tellLeftovers(Leftovers.remove(place)));
            work(stage, inputs, folder, call, stop);
            folder.status(stage.id(), kind, begun.get().ended());
            folder.removeResume();
            LOG.info("{}: {} finished in {}", stage.id(), kind, Durations.text((System.nanoTime() - started) / 1e9));
        }
    }

    /** Decides what becomes of what is there, one stage at a time: the user may be asked. Empty where it stays as it is. */
    private synchronized Optional<StageFolder.Status> begin(
            Stage stage, StageHistory.Inputs inputs, StageFolder folder, Call call) {
        StageHistory.Decision decision = new StageHistory(call.options().codeChanges()).decide(stage, folder, inputs);
        call.made().put(stage.id(), decision.status().made());
        if (decision.step() == StageHistory.Step.KEEP) {
            folder.removeResume();
            return Optional.empty();
        }
        call.results().worksOn(stage, decision.step() != StageHistory.Step.GO_ON);
        if (decision.step() == StageHistory.Step.REPLACE) {
            setAside(folder, call.run());
        }
        folder.status(stage.id(), StageKind.of(stage.config()).key(), decision.status());
        if (!Files.exists(folder.configuration())) {
            call.run().write(folder.configuration(), PipelineWriter.yaml(stage));
        }
        return Optional.of(decision.status());
    }

    private void work(Stage stage, StageHistory.Inputs inputs, StageFolder folder, Call call, BooleanSupplier stop) {
        RunOptions options = call.options();
        guarded(stage.id(), stop, () -> {
            int threads = threads(options, stage.config().threads());
            RunContext context = new RunContext(
                    new Chance(stage.seed()).at(stage.base()), warnings(stage.id()), stop, options.plugins());
            try (TensorEngine engine = engine(stage.config().device(), threads, options.plugins())) {
                var loading = LoaderThreads.of(stage.config(), engine, threads(options, Optional.empty()));
                folder.addEnvironment(
                        Environment.ofStage(inputs.code(), stage.seed(), threads, loading, engine.description()),
                        Instant.now());
                StageWork.run(new StageTask(
                        stage,
                        folder,
                        inputs.fingerprint(),
                        engine,
                        loading,
                        context,
                        options.plugins(),
                        model -> ModelFiles.of(model, call.run())));
            }
        });
    }

    @Override
    public PredictResult predict(PredictRequest request, RunOptions options) {
        List<PredictResult> results = new ArrayList<>();
        guarded("", options.stop(), () -> results.add(label(request, options)));
        return results.getFirst();
    }

    private static PredictResult label(PredictRequest request, RunOptions options) {
        Leftovers.remove(request.out());
        PointCloud cloud = CloudFiles.read(request.cloud(), options.plugins().extensions(CloudReader.class));
        Choice<EngineFactory.Context, TensorEngine> device =
                request.device().orElseGet(() -> defaultDevice(options.plugins()));
        RunContext context =
                new RunContext(new Chance(0).at("predict"), warnings("predict"), options.stop(), options.plugins());
        try (TensorEngine engine = engine(device, threads(options, Optional.empty()), options.plugins())) {
            Path file = ModelFiles.find(request.model());
            Model model = ModelCard.load(file, options.plugins(), engine, context);
            LOG.info(
                    "model {} tells apart {}",
                    file,
                    String.join(", ", model.classes().names()));
            Extras extras = request.extras();
            Predictor.Labelled labelled = new Predictor(model, Frames.of(file), context, request.confidence())
                    .predict(
                            cloud,
                            request.frame(),
                            new Predictor.Wanted(
                                    extras.colours(),
                                    extras.logits().isPresent(),
                                    extras.features().isPresent(),
                                    extras.blocks(),
                                    extras.tta()));
            model.task()
                    .diagnosis()
                    .forEach(table -> LOG.info("predict: {}\n{}", table.name(), ReportFiles.markdown(table)));
            extras.logits()
                    .ifPresent(logits -> Npy.write(
                            logits,
                            labelled.scores()
                                    .orElseThrow(() -> new StageFailedException("the model's task '"
                                            + model.spec().facts().task()
                                            + "' gives no scores of classes for --logits; leave it out"))));
            CloudFiles.write(request.out(), labelled.cloud());
            extras.features()
                    .ifPresent(
                            features -> Npy.write(features, labelled.features().orElseThrow()));
            labelled.document().ifPresent(document -> JsonFiles.write(request.document(), document));
            labelled.wires().ifPresent(wires -> BoxWires.write(request.wires(), wires));
            LOG.info("predicted {} points of {}: {}", labelled.cloud().size(), request.cloud(), request.out());
            return labelled.labels()
                    .map(labels -> histogram(labels, model.classes().names()))
                    .orElseGet(PredictResult::unclassified)
                    .withDocument(labelled.document().map(document -> request.document()))
                    .withWires(labelled.wires().map(wires -> request.wires()));
        }
    }

    private static PredictResult histogram(int[] labels, List<String> names) {
        Map<String, Long> points = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            int label = k;
            points.put(
                    names.get(k), Arrays.stream(labels).filter(l -> l == label).count());
        }
        return new PredictResult(
                points, Arrays.stream(labels).filter(l -> l < 0).count(), Optional.empty(), Optional.empty());
    }

    private static Choice<EngineFactory.Context, TensorEngine> defaultDevice(PluginCatalog plugins) {
        return DefaultDevice.of(plugins)
                .orElseThrow(() -> new StageFailedException(
                        "no plugin offers the device '" + DefaultDevice.NAME + "'; the installation is incomplete"));
    }

    private static TensorEngine engine(
            Choice<EngineFactory.Context, TensorEngine> device, int threads, PluginCatalog plugins) {
        TensorEngine engine = device.create(DefaultDevice.context(threads, plugins));
        LOG.info("Computing with {}.", engine.description());
        return engine;
    }

    /** All that a call may use. */
    private static int threads(RunOptions options) {
        return options.threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    /** The share of one stage. */
    private static int threads(RunOptions options, Optional<Integer> stage) {
        int share = Math.max(1, threads(options) / options.jobs());
        return options.threads().isPresent() ? share : stage.orElse(share);
    }

    /** Shows each distinct text once. */
    private static Consumer<String> warnings(String stage) {
        Set<String> shown = ConcurrentHashMap.newKeySet();
        return message -> {
            if (shown.add(message)) {
                LOG.warn("{}: {}", stage, message);
            }
        };
    }

    /**
     * Turns everything that can go wrong into one exception that says where.
     *
     * @param stage id of the stage; empty outside pipelines
     * @param stop whether the user wants to stop, which plugins may have met as an exception
     */
    private static void guarded(String stage, BooleanSupplier stop, Runnable work) {
        String where = stage.isEmpty() ? "" : "stage '" + stage + "': ";
        try {
            work.run();
        } catch (RunStoppedException e) {
            String message = e.getMessage().startsWith(where) ? e.getMessage() : where + e.getMessage();
            LOG.info(RunLog.FILE_ONLY, "{}", message);
            throw new RunStoppedException(message);
        } catch (StageFailedException e) {
            LOG.error(RunLog.FILE_ONLY, "{}", e.getMessage(), e);
            throw e;
        } catch (OutOfMemoryError e) {
            String message = where + "out of memory (heap limit "
                    + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB); use a smaller batch, larger voxels or fewer points, fewer --jobs at one time, or give Java more memory"
                    + " with -Xmx";
            throw new StageFailedException(message, e);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            if (stop.getAsBoolean() && isStop(e)) {
                throw new RunStoppedException(where + "stopped; the same command goes on");
            }
            String reason = FailureReasons.of(e);
            LOG.error(RunLog.FILE_ONLY, "{}{}", where, reason, e);
            throw new StageFailedException(where + reason, e);
        }
    }

    private static boolean isStop(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RunStoppedException) {
                return true;
            }
        }
        return false;
    }
}
