package org.scenecontexts.runtime.toy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.engine.cpu.CpuEngineFactory;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.execute.LocalExecutor;
import org.scenecontexts.runtime.hook.ClipGradients;
import org.scenecontexts.runtime.hook.EarlyStopping;
import org.scenecontexts.runtime.hook.Ema;
import org.scenecontexts.runtime.hook.KeepCheckpoints;
import org.scenecontexts.runtime.hook.LogFile;
import org.scenecontexts.runtime.hook.NormMomentum;
import org.scenecontexts.runtime.hook.StopAfter;
import org.scenecontexts.runtime.optim.Sgd;
import org.scenecontexts.runtime.optim.SpanSchedules;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.plugin.PluginReport;

/** Runs pipelines of toy plugins. */
public final class Toys {

    /** A training whose checkpoints fall neither on log lines nor on measurements. */
    public static final String TRAIN = """
        name: toys
        seed: 5
        stages:
          - id: learn
            train:
              data: toy-data
              backbone: toy-backbone
              task: toy-task
              optimizer: {type: sgd, lr: 0.2, momentum: 0.9, dampening: 0}
              iterations: 23
              batch: 2
              accumulate: 2
              hooks: [{type: clip-gradients, norm: 5}]
              workers: 2
              checkpoint-every: 7
              log-every: 5
              validation: {data: {type: toy-data, chance: 2}, benchmark: toy-accuracy, every: 6}
        """;

    /** As {@link #TRAIN}, then measured and applied. */
    public static final String ALL = TRAIN + """
          - id: measure
            evaluate: {model: "${learn}", data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
          - id: apply
            predict: {model: "${learn.best}", data: {type: toy-data, chance: 3, scenes: 2}, out: [ply, logits]}
        """;

    private Toys() {}

    public static PluginCatalog catalog(ToyData.Trap trap, ExtensionPoint... more) {
        return catalog(trap, Path.of("toys.jar"), more);
    }

    /** @param jar where the plugin lies, whose contents are its code */
    public static PluginCatalog catalog(ToyData.Trap trap, Path jar, ExtensionPoint... more) {
        List<ExtensionPoint> extensions = new ArrayList<>(List.of(more));
        extensions.addAll(List.of(
                new ToyData(trap),
                new ToyPreparation(),
                new ToySelection(),
                new ToyBackbone(),
                new ToyTask(),
                new ToyBrightness(),
                new ToyAccuracy(),
                new CpuEngineFactory(),
                new Sgd.Factory(),
                new SpanSchedules.Poly(),
                new ClipGradients.Factory(),
                new Ema.Factory(),
                new EarlyStopping.Factory(),
                new KeepCheckpoints.Factory(),
                new LogFile.Factory(),
                new NormMomentum.Factory(),
                new StopAfter.Factory()));
        return new PluginCatalog(List.of(
                new PluginReport("toys", "1.0", "", jar, PluginReport.Origin.CLASS_PATH, extensions, List.of())));
    }

    /** Runs a pipeline in {@code runs/toys} with overrides such as {@code stages.learn.iterations=3}. */
    public static RunResult run(
            Path runs, String yaml, ToyData.Trap trap, int threads, boolean fresh, String... overrides) {
        return run(runs, yaml, catalog(trap), threads, fresh, overrides);
    }

    /** As above, with plugins of the caller's. */
    public static RunResult run(
            Path runs, String yaml, PluginCatalog catalog, int threads, boolean fresh, String... overrides) {
        return run(yaml, new RunOptions(catalog, runs, fresh, OptionalInt.of(threads)), overrides);
    }

    public static RunResult run(String yaml, RunOptions options, String... overrides) {
        Pipeline pipeline = new PipelineLoader(options.plugins(), Map.of())
                .load(SourceText.of("toys", yaml), List.of(overrides))
                .orThrow();
        return new LocalExecutor().run(pipeline, options);
    }

    public static RunResult run(Path runs, String yaml, String... overrides) {
        return run(runs, yaml, index -> {}, 1, false, overrides);
    }

    /** Runs {@link #TRAIN} with a trap that stops the process for good once as many scenes have been loaded as told. */
    public static void main(String[] args) {
        java.util.concurrent.atomic.AtomicInteger left =
                new java.util.concurrent.atomic.AtomicInteger(Integer.parseInt(args[1]));
        run(
                Path.of(args[0]),
                TRAIN,
                index -> {
                    if (left.decrementAndGet() <= 0) {
                        hang();
                    }
                },
                2,
                false);
    }

    private static void hang() {
        try {
            System.out.println("HANGING");
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
