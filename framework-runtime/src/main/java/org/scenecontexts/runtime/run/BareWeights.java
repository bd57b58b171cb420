package org.scenecontexts.runtime.run;

import java.nio.file.Path;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.checkpoint.SelfDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes models of files that hold weights and nothing else, as the published ones do; {@link ModelCard} is for those that
 * describe themselves.
 *
 * @since 0.1
 */
public final class BareWeights {

    private static final Logger LOG = LoggerFactory.getLogger(BareWeights.class);

    private BareWeights() {}

    /**
     * Builds a network and gives it the values of a file, all of it.
     *
     * @param spec the network that the weights belong to
     * @param said what the pipeline says about the file
     * @param strict whether the file may hold nothing else
     * @param classes the classes that it was trained on
     * @throws CloudException when the file describes itself, cannot be used, or does not fit the network
     */
    public static Model load(
            Path file,
            ModelSpec spec,
            InitialWeights.Said said,
            boolean strict,
            SceneClasses classes,
            TensorEngine engine,
            RunContext context) {
        if (SelfDescription.isIn(file)) {
            throw new CloudException(file + ": says itself what network it belongs to; leave out 'network'");
        }
        Model model = Model.create(spec, engine, classes, context);
        InitialWeights.loadWhole(
                        file,
                        WeightFiles.read(file, said.place()),
                        said,
                        model.network().state(),
                        model.backbone().metadata(),
                        strict)
                .forEach(line -> LOG.info("{}: {}", file.getFileName(), line));
        model.network().training(false);
        return model;
    }
}
