package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.NamedFile;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.ValueType;
import org.scenecontexts.runtime.config.YamlReader;

/**
 * Reads a pipeline, validates all of it before anything runs, and reports every problem at once.
 *
 * <p>In this order: the YAML, {@code --set}, environment variables, defaults, the matrix, then each stage.
 *
 * @since 0.1
 */
public final class PipelineLoader {

    /** Keys of the document. */
    static final List<String> TOP_KEYS = PipelineKey.names(false);

    /** Keys of a stage. */
    static final List<String> STAGE_KEYS = stageKeys();

    private final FactoryLookup plugins;
    private final Map<String, String> environment;

    /**
     * What came of loading.
     *
     * @param pipeline nothing when any problem is an error
     * @param problems errors and warnings, in reading order
     * @param files the files that each stage names, by its id; whether they exist has not been looked at
     */
    public record Result(Optional<Pipeline> pipeline, List<Problem> problems, Map<String, List<NamedFile>> files) {
        public Result {
            problems = List.copyOf(problems);
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }

        private Result(Optional<Pipeline> pipeline, List<Problem> problems) {
            this(pipeline, problems, Map.of());
        }

        /**
         * The pipeline.
         *
         * @throws InvalidConfigException with all problems, when there is none
         */
        public Pipeline orThrow() {
            return pipeline.orElseThrow(() -> new InvalidConfigException(problems));
        }
    }

    /**
     * @param plugins what {@code type:} can name
     * @param environment environment variables
     */
    public PipelineLoader(FactoryLookup plugins, Map<String, String> environment) {
        this.plugins = plugins;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Loads a file.
     *
     * @param overrides {@code path=value} texts, applied in order
     */
    public Result load(Path file, List<String> overrides) {
        Problems problems = new Problems();
        String fileName = String.valueOf(file.getFileName());
        return load(YamlReader.read(file, problems), fileName.replaceFirst("\\.ya?ml$", ""), overrides, problems);
    }

    /** Loads a text; the name of the source is the pipeline's name unless it has one. */
    public Result load(SourceText source, List<String> overrides) {
        Problems problems = new Problems();
        return load(YamlReader.read(source, problems), source.name(), overrides, problems);
    }

    private Result load(Optional<Node> read, String defaultName, List<String> overrides, Problems problems) {
        if (read.isEmpty()) {
            return new Result(Optional.empty(), problems.sorted());
        }
        if (!(read.get() instanceof Node.Mapping written)) {
            problems.add(Problem.error(
                    "expected a map with the keys " + String.join(", ", TOP_KEYS),
                    read.get().position(),
                    ""));
            return new Result(Optional.empty(), problems.sorted());
        }
        Node.Mapping overridden = new Overrides(problems).apply(written, overrides);
        Node.Mapping document = (Node.Mapping) Placeholders.environment(overridden, environment, problems);
        Map<String, List<NamedFile>> files = new LinkedHashMap<>();
        Pipeline pipeline = pipeline(document, defaultName, problems, files);
        return new Result(problems.hasErrors() ? Optional.empty() : Optional.of(pipeline), problems.sorted(), files);
    }

    private Pipeline pipeline(
            Node.Mapping document, String defaultName, Problems problems, Map<String, List<NamedFile>> files) {
        reportUnknown(document, TOP_KEYS, "", problems);
        Binder binder = new Binder(plugins, Map.of(), problems);
        String name = document.get("name")
                .flatMap(node -> binder.bind(node, ValueType.of(String.class), "name"))
                .map(String.class::cast)
                .orElse(defaultName);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            problems.add(Problem.error(
                            "the name '" + name + "' cannot be the name of a run folder",
                            document.get("name").map(Node::position).orElse(document.position()),
                            "name")
                    .suggesting("use letters, digits, '-', '_' and '.'"));
        }
        Matrix matrix = Matrix.read(document.get("matrix"), problems);
        StageCells cells = new StageCells(matrix, problems);
        List<StageDraft> drafts = new StageDrafts(document, cells, problems).all();
        List<Stage> stages = bind(drafts, problems, files);
        matrix.baseline().ifPresent(baseline -> cells.check(baseline, problems));
        matrix.folds().ifPresent(folds -> cells.check(folds, problems));
        Node seed = document.get("seed").orElse(new Node.Scalar("1", false, document.position()));
        long number = seed(matrix.in(matrix.first(), seed), "seed", binder);
        return new Pipeline(
                name,
                number,
                stages,
                List.copyOf(matrix.axes().keySet()),
                List.copyOf(cells.seedAxes()),
                matrix.baseline(),
                matrix.folds());
    }

    private List<Stage> bind(List<StageDraft> drafts, Problems problems, Map<String, List<NamedFile>> files) {
        List<Stage> stages = new ArrayList<>();
        Map<String, StageDraft> earlier = new LinkedHashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            StageDraft draft = drafts.get(i);
            List<String> later = drafts.subList(i, drafts.size()).stream()
                    .map(StageDraft::id)
                    .toList();
            List<NamedFile> named = files.computeIfAbsent(draft.id(), id -> new ArrayList<>());
            Map<Class<?>, Binder.SpecialReader<?>> specials = Map.of(
                    ModelRef.class,
                    new ModelRefReader(Collections.unmodifiableMap(new LinkedHashMap<>(earlier)), later, named::add));
            Binder binder = new Binder(plugins, specials, problems, named::add);
            String path = "stages[" + draft.index() + "]";
            long seed = seed(draft.seed(), path + ".seed", binder);
            bind(binder, draft, path).ifPresent(config -> {
                check(config, draft, path, problems, stages);
                stages.add(new Stage(draft.id(), seed, config, draft.base(), draft.cell(), draft.position()));
            });
            earlier.put(draft.id(), draft);
        }
        return stages;
    }

    private static void check(
            StageConfig config, StageDraft draft, String path, Problems problems, List<Stage> earlier) {
        DataChecks data = new DataChecks(draft, path, problems, earlier);
        switch (config) {
            case TrainStage train -> {
                Capabilities.check(train, draft, path, problems);
                data.check(train);
            }
            case EvaluateStage evaluate -> {
                Capabilities.check(evaluate, draft, path, problems);
                data.check(evaluate);
            }
            case PredictStage predict -> data.check(predict);
            case SelectStage select -> Capabilities.check(select, draft, path, problems);
            case RetrieveStage retrieve -> data.check(retrieve);
            case PrepareStage prepare -> {}
        }
    }

    private static Optional<StageConfig> bind(Binder binder, StageDraft draft, String path) {
        Class<? extends Record> type = draft.kind().type().asSubclass(Record.class);
        return binder.bind(
                        draft.keys(),
                        type,
                        draft.kindAt(),
                        path + "." + draft.kind().key())
                .map(StageConfig.class::cast);
    }

    private static long seed(Node node, String path, Binder binder) {
        return binder.bind(node, ValueType.of(long.class), path)
                .map(Long.class::cast)
                .orElse(0L);
    }

    static void reportUnknown(Node.Mapping map, List<String> valid, String path, Problems problems) {
        for (Node.Entry entry : map.entries()) {
            if (!valid.contains(entry.key())) {
                problems.add(Problem.error(
                                "unknown key '" + entry.key() + "'",
                                entry.keyPosition(),
                                path.isEmpty() ? entry.key() : path + "." + entry.key())
                        .suggesting((Names.didYouMean(entry.key(), valid) + " valid keys: " + String.join(", ", valid))
                                .strip()));
            }
        }
    }

    private static List<String> stageKeys() {
        List<String> keys = new ArrayList<>(PipelineKey.names(true));
        keys.addAll(StageKind.keys());
        return List.copyOf(keys);
    }
}
