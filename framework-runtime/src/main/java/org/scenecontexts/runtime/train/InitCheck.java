package org.scenecontexts.runtime.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelFiles;
import org.scenecontexts.runtime.run.ModelSpec;

/**
 * Tells before anything runs that a later stage could not start from its {@code init}: weights that do not fit, or whose
 * order of kernels has to be said. They are loaded into a network that is thrown away.
 *
 * @since 0.1
 */
public final class InitCheck {

    private InitCheck() {}

    /**
     * What would stop the training at its start.
     *
     * @param train a stage whose {@code init} is a file that is there; with any other there is nothing to tell
     * @return empty where it can start, and where its network cannot be built without its data
     */
    public static Optional<Problem> of(Stage stage, TrainStage train, PluginCatalog plugins) {
        if (train.init().isEmpty() || !(train.init().get() instanceof ModelRef.OfFile(Path path))) {
            return Optional.empty();
        }
        Optional<List<String>> classes = DataOutline.of(train.data()).classes().map(SceneClasses::names);
        ModelSpec spec = new ModelSpec(train.inputs(), train.backbone(), train.task());
        return UnstartedModel.with(
                        spec,
                        classes.map(SceneClasses::of).orElse(UnstartedModel.ANY_CLASSES),
                        plugins,
                        model -> fault(path, train, model, train.strict() && classes.isPresent()))
                .flatMap(fault -> fault)
                .map(fault -> Problem.error(
                        "stage '" + stage.base() + "' cannot start from its 'init': " + fault, stage.position(), ""));
    }

    private static Optional<String> fault(Path path, TrainStage train, Model model, boolean strict) {
        InitialWeights.Said said = new InitialWeights.Said(train.initLayout(), train.initTensors(), "init-layout");
        try {
            Path file = ModelFiles.find(path);
            InitialWeights.load(
                    file, said, model.network().state(), model.backbone().metadata(), strict);
            return Optional.empty();
        } catch (CloudException e) {
            return Optional.of(e.getMessage());
        }
    }
}
