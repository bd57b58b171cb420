package org.scenecontexts.runtime.execute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.metrics.Exporter;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.runtime.blocks.SceneSweep;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.YamlWriter;
import org.scenecontexts.runtime.evaluate.Evaluation;
import org.scenecontexts.runtime.evaluate.Evaluator;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.frame.CheckedDataset;
import org.scenecontexts.runtime.frame.FrameCheck;
import org.scenecontexts.runtime.load.RequiredParts;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.log.ProcessMemory;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.Benchmarks;
import org.scenecontexts.runtime.pipeline.Blocks;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.HookChoices;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.PredictStage;
import org.scenecontexts.runtime.pipeline.PrepareStage;
import org.scenecontexts.runtime.pipeline.RetrieveStage;
import org.scenecontexts.runtime.pipeline.SelectStage;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.predict.SceneFiles;
import org.scenecontexts.runtime.prepare.PreparationRun;
import org.scenecontexts.runtime.retrieve.Retrieval;
import org.scenecontexts.runtime.run.BareWeights;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelCard;
import org.scenecontexts.runtime.run.ModelSpec;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.select.PointSelection;
import org.scenecontexts.runtime.train.Trainer;
import org.scenecontexts.runtime.train.TrainingJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a stage says, by kind, and writes its final figures. */
final class StageWork {

    private static final Logger LOG = LoggerFactory.getLogger(StageWork.class);

    /** Which plugins a checkpoint was made with, in its metadata. */
    static final String PLUGINS = "csc.plugins";

    private StageWork() {}

    static void run(StageTask task) {
        task.loading().ifPresent(threads -> LOG.info("{}: {}", task.stage().id(), threads));
        switch (task.stage().config()) {
            case TrainStage train -> train(task, train);
            case PrepareStage prepare -> prepare(task, prepare);
            case SelectStage select -> select(task, select);
            case RetrieveStage retrieve -> retrieve(task, retrieve);
            case EvaluateStage evaluate -> evaluate(task, evaluate);
            case PredictStage predict -> predict(task, predict);
        }
    }

    private static void train(StageTask task, TrainStage config) {
        new Trainer(new TrainingJob(
                        task.stage().id(),
                        config,
                        task.folder(),
                        task.engine(),
                        task.workers(),
                        task.context(),
                        config.init().map(task.models()),
                        task.fingerprint(),
                        provenance(task, config)))
                .train();
    }

    /** Nothing here may depend on time, place or threads: it becomes part of checkpoints. */
    private static Map<String, String> provenance(StageTask task, TrainStage config) {
        Map<String, Object> plugins = new TreeMap<>();
        List<Choice<?, ?>> used = new ArrayList<>(
                List.of(config.backbone(), config.task(), config.optimizer(), config.schedule(), config.data()));
        used.addAll(HookChoices.steering(config));
        used.forEach(choice -> plugins.put(choice.type(), Environment.plugin(task.plugins(), choice.factory())));
        Node.Mapping all = new ConfigTree(Map.of(ModelRef.class, model -> "model")).of(config);
        Map<String, Node> hyper = new LinkedHashMap<>();
        List.of("optimizer", "schedule", "iterations", "epochs", "batch", "accumulate", "freeze", "groups")
                .forEach(key -> all.get(key).ifPresent(value -> hyper.put(key, value)));
        if (!HookChoices.steering(config).isEmpty()) {
            hyper.put("hooks", new ConfigTree(Map.of()).of(HookChoices.steering(config)));
        }
        hyper.values()
                .removeIf(value ->
                        value instanceof Node.Sequence list && list.items().isEmpty());
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("csc.version", Environment.version());
        provenance.put("csc.stage", task.stage().id());
        provenance.put("csc.seed", Long.toString(task.stage().seed()));
        provenance.put(PLUGINS, Json.line(plugins));
        provenance.put("csc.training", YamlWriter.write(ConfigTree.map(hyper)));
        return provenance;
    }

    private static void prepare(StageTask task, PrepareStage config) {
        long started = System.nanoTime();
        Preparation work =
                config.work().create(task.context().build("work", task.engine().parallel()));
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", task.stage().id());
        metrics.putAll(PreparationRun.run(task.stage().id(), work, task.context()::stopping));
        metrics.put("seconds", (System.nanoTime() - started) / 1e9);
        metrics.put("peak_memory_bytes", ProcessMemory.peakBytes());
        Json.write(task.folder().metrics(), metrics);
    }

    private static void select(StageTask task, SelectStage config) {
        long started = System.nanoTime();
        RunContext context = task.context();
        Optional<Model> model = config.model().map(reference -> model(task, reference));
        Dataset data = config.data().create(context.build("data"));
        PointSelection selection = new PointSelection(
                config.method().create(context.build("method", task.engine().parallel())), model, context);
        PointSelection.Chosen chosen;
        try (Progress progress = Progress.start(task.stage().id(), data.size())) {
            chosen = selection.choose(data, progress);
        }
        PointLists.write(task.folder().points(), chosen.points());
        PointLists.write(task.folder().pointArrays(), chosen.points());
        config.out().ifPresent(out -> PointLists.write(out, chosen.points()));
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", task.stage().id());
        metrics.put(
                "chosen",
                chosen.points().values().stream().mapToLong(list -> list.length).sum());
        if (chosen.objects() > 0) {
            metrics.put("objects", chosen.objects());
            metrics.put("objects-covered", (double) chosen.covered() / chosen.objects());
        }
        finish(task, metrics, data.size(), chosen.seen(), (System.nanoTime() - started) / 1e9);
    }

    private static void retrieve(StageTask task, RetrieveStage config) {
        long started = System.nanoTime();
        RunContext context = task.context();
        Dataset bank = config.bank().create(context.build("bank"));
        Dataset data = config.data().create(context.build("data"));
        Model model = model(task, config.model());
        Retrieval retrieval = new Retrieval(
                model,
                context,
                new Retrieval.Settings(config.points(), config.queries(), config.neighbours(), config.temperature()));
        Retrieval.Found found;
        try (Progress progress = Progress.start(task.stage().id(), bank.size() + data.size())) {
            found = retrieval.measure(
                    compared(task, config.model(), bank, Optional.empty()),
                    compared(task, config.model(), data, Optional.empty()),
                    progress);
        }
        ReportFiles.write(task.folder().reports(), found.report().tables());
        found.report().tables().forEach(table -> tell(task, table));
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", task.stage().id());
        metrics.putAll(found.report().figures());
        finish(task, metrics, data.size(), found.points(), (System.nanoTime() - started) / 1e9);
    }

    private static void evaluate(StageTask task, EvaluateStage config) {
        RunContext context = task.context();
        Dataset data = config.data().create(context.build("data"));
        if (!config.export()) {
            Set<ScenePart> needs = new LinkedHashSet<>();
            config.benchmark().forEach(benchmark -> needs.addAll(Benchmarks.needs(benchmark)));
            RequiredParts.require(data, needs, "the data to measure on");
        }
        Model model = config.network()
                .map(network -> bareModel(task, config.model(), network, data))
                .orElseGet(() -> model(task, config.model()));
        if (config.benchmark().isEmpty()) {
            RequiredParts.require(data, model.spec().facts().needs(), "the data to measure on");
        }
        List<Evaluator.Named> benchmarks = new ArrayList<>();
        FileNames names = new FileNames();
        for (int i = 0; i < config.benchmark().size(); i++) {
            var choice = config.benchmark().get(i);
            benchmarks.add(new Evaluator.Named(
                    names.of(choice.type()), choice.create(context.benchmark("benchmark." + i, data.classes()))));
        }
        if (config.export()) {
            benchmarks.forEach(named -> named.benchmark().prepareExport(exports(task, named)));
        }
        SceneSweep.Parts parts = new SceneSweep.Parts(config.blocks(), config.tta(), true);
        if (!parts.isWhole()) {
            LOG.info(
                    "{}: in blocks or several views the loss is not measured",
                    task.stage().id());
        }
        Evaluation evaluation;
        try (Progress progress = Progress.start(task.stage().id(), data.size())) {
            evaluation = new Evaluator(model, context, parts)
                    .measure(
                            compared(task, config.model(), data, config.blocks()),
                            transforms(config.transforms(), context),
                            benchmarks,
                            config.batch(),
                            task.workers(),
                            progress);
        }
        List<Report.Table> reports = new ArrayList<>(evaluation.tables());
        reports.addAll(evaluation.diagnosis());
        ReportFiles.write(task.folder().reports(), reports);
        if (config.export()) {
            benchmarks.forEach(named -> named.benchmark().export(exports(task, named)));
        }
        evaluation.tables().stream().findFirst().ifPresent(table -> tell(task, table));
        evaluation.diagnosis().forEach(table -> tell(task, table));
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", task.stage().id());
        metrics.putAll(evaluation.figures());
        finish(task, metrics, evaluation.scenes(), evaluation.points(), evaluation.seconds());
    }

    private static void tell(StageTask task, Report.Table table) {
        LOG.info("{}: {}\n{}", task.stage().id(), table.name(), ReportFiles.markdown(table));
    }

    private static Path exports(StageTask task, Evaluator.Named benchmark) {
        return task.folder().exports().resolve(benchmark.name());
    }

    private static void predict(StageTask task, PredictStage config) {
        long started = System.nanoTime();
        Model model = model(task, config.model());
        Dataset data = config.data().create(task.context().build("data"));
        SceneFiles files = new SceneFiles(task.folder().predictions(), model.classes());
        Map<Path, Exporter> exporters = exporters(task, config, model);
        long[] points = {0};
        try (Progress progress = Progress.start(task.stage().id(), data.size())) {
            new Evaluator(model, task.context(), new SceneSweep.Parts(config.blocks(), config.tta(), rows(config)))
                    .predict(
                            compared(task, config.model(), data, config.blocks()),
                            transforms(config.transforms(), task.context()),
                            config.batch(),
                            task.workers(),
                            progress,
                            (number, scene, sampled, prediction, features) -> {
                                points[0] += scene.size();
                                String name = files.name(scene);
                                exporters.forEach(
                                        (folder, exporter) -> exporter.write(folder, name, scene, sampled, prediction));
                                for (PredictStage.Output output : config.out()) {
                                    switch (output) {
                                        case PLY -> {
                                            files.ply(name, scene, prediction);
                                            files.document(name, scene, prediction);
                                        }
                                        case LOGITS -> files.scores(name, sampled, prediction);
                                        case FEATURES -> files.features(name, sampled, features.get());
                                    }
                                }
                            });
        }
        List<Report.Table> diagnosis = model.task().diagnosis();
        ReportFiles.write(task.folder().reports(), diagnosis);
        diagnosis.forEach(table -> tell(task, table));
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", task.stage().id());
        finish(task, metrics, data.size(), points[0], (System.nanoTime() - started) / 1e9);
    }

    /** Whether more than what is said about points is written. */
    private static boolean rows(PredictStage config) {
        return config.out().contains(PredictStage.Output.LOGITS)
                || !config.export().isEmpty();
    }

    private static Map<Path, Exporter> exporters(StageTask task, PredictStage config, Model model) {
        Map<Path, Exporter> exporters = new LinkedHashMap<>();
        FileNames names = new FileNames();
        for (int i = 0; i < config.export().size(); i++) {
            var choice = config.export().get(i);
            exporters.put(
                    task.folder().exports().resolve(names.of(choice.type())),
                    choice.create(task.context().benchmark("export." + i, model.classes())));
        }
        return exporters;
    }

    private static Model model(StageTask task, ModelRef reference) {
        Path file = task.models().apply(reference);
        LOG.info("{}: model {}", task.stage().id(), file);
        return ModelCard.load(file, task.plugins(), task.engine(), task.context());
    }

    private static Model bareModel(StageTask task, ModelRef reference, EvaluateStage.Network network, Dataset data) {
        Path file = task.models().apply(reference);
        LOG.info("{}: weights {}", task.stage().id(), file);
        ModelSpec spec = new ModelSpec(network.inputs(), network.backbone(), network.task());
        InitialWeights.Said said =
                new InitialWeights.Said(network.layout(), network.tensors(), "network: { layout: ... }");
        return BareWeights.load(file, spec, said, network.strict(), data.classes(), task.engine(), task.context());
    }

    /** The scenes, each compared with those that the model was trained on. */
    private static Dataset compared(StageTask task, ModelRef reference, Dataset data, Optional<Blocks> blocks) {
        return Frames.of(task.models().apply(reference))
                .map(frame -> new FrameCheck(frame, FrameCheck.Advice.KEYS, task.context()::warn))
                .map(check -> blocks.map(cut -> check.ofBlocks(cut.size())).orElse(check))
                .<Dataset>map(check -> new CheckedDataset(data, check))
                .orElse(data);
    }

    private static List<Transform> transforms(List<Choice<BuildContext, Transform>> chosen, RunContext context) {
        return IntStream.range(0, chosen.size())
                .mapToObj(i -> chosen.get(i).create(context.build("transforms." + i)))
                .toList();
    }

    private static void finish(StageTask task, Map<String, Object> metrics, long scenes, long points, double seconds) {
        metrics.put("scenes", scenes);
        metrics.put("points", points);
        metrics.put("seconds", seconds);
        metrics.put("points_per_second", points / Math.max(1e-9, seconds));
        metrics.put("peak_memory_bytes", ProcessMemory.peakBytes());
        Json.write(task.folder().metrics(), metrics);
    }
}
