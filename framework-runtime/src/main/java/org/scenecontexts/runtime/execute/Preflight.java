package org.scenecontexts.runtime.execute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.runtime.config.NamedFile;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.guard.FailureReasons;
import org.scenecontexts.runtime.pipeline.EvaluateStage;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.pipeline.PredictStage;
import org.scenecontexts.runtime.pipeline.PrepareStage;
import org.scenecontexts.runtime.pipeline.RetrieveStage;
import org.scenecontexts.runtime.pipeline.SelectStage;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageConfig;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.ModelCard;
import org.scenecontexts.runtime.run.ModelFiles;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.train.InitCheck;

/**
 * Looks, before the first stage runs, for everything that later stages read and that no stage makes: a name that is wrong in
 * the last stage should not cost the hours of the first.
 *
 * @since 0.1
 */
public final class Preflight {

    /** A key of a data set in a stage, or of the one that a training validates with. */
    private static final Pattern OF_DATA = Pattern.compile("\\.data(\\.|$)");

    private final Pipeline pipeline;
    private final PipelineLoader.Result loaded;
    private final PluginCatalog plugins;
    private final Set<Problem> problems = new LinkedHashSet<>();
    /** What the stages so far write. */
    private final List<Path> made = new ArrayList<>();
    /** The stages so far, whose folders are made wherever runs lie. */
    private final Set<String> before = new LinkedHashSet<>();

    private Preflight(Pipeline pipeline, PipelineLoader.Result loaded, PluginCatalog plugins) {
        this.pipeline = pipeline;
        this.loaded = loaded;
        this.plugins = plugins;
    }

    /**
     * Looks for the files of a pipeline.
     *
     * @param loaded a pipeline that is valid; nothing is looked for when it is not
     * @param plugins for networks, into which the weights that a training starts from are tried
     * @return what is missing, in order of the stages; each place once, however many cells of a matrix share it
     */
    public static List<Problem> check(PipelineLoader.Result loaded, PluginCatalog plugins) {
        if (loaded.pipeline().isEmpty()) {
            return List.of();
        }
        Preflight preflight = new Preflight(loaded.pipeline().get(), loaded, plugins);
        preflight.pipeline.stages().forEach(preflight::check);
        return List.copyOf(preflight.problems);
    }

    private void check(Stage stage) {
        List<NamedFile> files = loaded.files().getOrDefault(stage.id(), List.of());
        boolean pending = false;
        int known = problems.size();
        for (NamedFile file : files) {
            if (file.use() == NamedFile.Use.READ) {
                boolean later = isMade(absolute(file.path()));
                pending |= later;
                if (!later && !Files.exists(file.path())) {
                    problems.add(missing(file, filesFrom(file, stage.config())));
                }
            }
        }
        if (!pending && problems.size() == known) {
            data(stage.config()).forEach(choice -> requireFiles(choice, stage));
            if (stage.config() instanceof EvaluateStage evaluate) {
                checkClasses(evaluate, stage);
            }
            // The first stage tries its weights itself, at once.
            if (stage.config() instanceof TrainStage train && !before.isEmpty()) {
                InitCheck.of(stage, train, plugins).ifPresent(problems::add);
            }
        }
        files.stream()
                .filter(file -> file.use() == NamedFile.Use.WRITTEN)
                .map(file -> absolute(file.path()))
                .forEach(made::add);
        before.add(stage.id());
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private boolean isMade(Path path) {
        return made.stream().anyMatch(other -> path.startsWith(other) || other.startsWith(path))
                || before.stream().anyMatch(stage -> isInFolderOf(stage, path));
    }

    /** Whether a path goes through {@code NAME/STAGE}, which an earlier stage fills. */
    private boolean isInFolderOf(String stage, Path path) {
        for (int i = 0; i + 1 < path.getNameCount(); i++) {
            if (path.getName(i).toString().equals(pipeline.name())
                    && path.getName(i + 1).toString().equals(stage)) {
                return true;
            }
        }
        return false;
    }

    /** Where a data set or a preparation says that its files come from, for a file that it names. */
    private static String filesFrom(NamedFile file, StageConfig config) {
        if (config instanceof PrepareStage prepare) {
            return prepare.work().filesFrom();
        }
        return data(config).stream()
                .filter(choice -> OF_DATA.matcher(file.key()).find())
                .map(Choice::filesFrom)
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Problem missing(NamedFile file, String from) {
        Path path = absolute(file.path());
        Optional<Path> there = Stream.iterate(path.getParent(), at -> at != null, Path::getParent)
                .filter(Files::isDirectory)
                .findFirst();
        return Problem.error("there is no file or folder '" + file.path() + "'", file.position(), file.key())
                .suggesting("looked for " + path
                        + there.map(folder -> "; of that, " + folder + " exists")
                                .orElse("")
                        + "; no earlier stage makes it"
                        + (from.isEmpty() ? "" : "; " + from));
    }

    private static List<Choice<BuildContext, Dataset>> data(StageConfig config) {
        return switch (config) {
            case TrainStage train ->
                Stream.concat(Stream.of(train.data()), train.validation().map(TrainStage.Validation::data).stream())
                        .toList();
            case EvaluateStage evaluate -> List.of(evaluate.data());
            case PredictStage predict -> List.of(predict.data());
            case SelectStage select -> List.of(select.data());
            case RetrieveStage retrieve -> List.of(retrieve.bank(), retrieve.data());
            case PrepareStage prepare -> List.of();
        };
    }

    private void requireFiles(Choice<BuildContext, Dataset> choice, Stage stage) {
        RunContext context = new RunContext(new Chance(stage.seed()).at(stage.base()), message -> {});
        try {
            DatasetFactory.requireFilesOf(choice, context.build("data"));
        } catch (RuntimeException | LinkageError e) {
            problems.add(Problem.error(
                    "the data of stage '" + stage.base() + "' cannot be used: " + FailureReasons.of(e),
                    stage.position(),
                    ""));
        }
    }

    private void checkClasses(EvaluateStage stage, Stage at) {
        if (!(stage.model() instanceof ModelRef.OfFile(Path path))) {
            return;
        }
        try {
            Path file = ModelFiles.find(path);
            List<String> trained =
                    ModelCard.classesIn(file).map(SceneClasses::names).orElse(List.of());
            List<String> given = DataOutline.of(stage.data())
                    .classes()
                    .map(SceneClasses::names)
                    .orElse(List.of());
            if (!trained.isEmpty() && !given.isEmpty() && !trained.equals(given)) {
                problems.add(Problem.error(
                                "the data has the classes " + given + ", but the model " + file + " was trained on "
                                        + trained,
                                at.position(),
                                "")
                        .suggesting("give the data the same classes in the same order"));
            }
        } catch (RuntimeException e) {
            problems.add(Problem.error(
                    "the model of stage '" + at.base() + "' cannot be used: " + FailureReasons.of(e),
                    at.position(),
                    ""));
        }
    }
}
