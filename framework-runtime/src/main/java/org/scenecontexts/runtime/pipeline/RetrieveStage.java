package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * The keys of a {@code retrieve} stage, which measures the features of a backbone as they are: every point is given the class of
 * its nearest labelled neighbours. Backbone and inputs are those that the model was trained with; its task takes no part, so that a
 * network that has only been pre-trained can be measured.
 *
 * @since 0.2
 */
public record RetrieveStage(
        @Doc("Whose features: ${stage}, ${stage.best}, or a checkpoint file. Its task takes no part.")
        ModelRef model,

        @Doc("The labelled scenes in which neighbours are looked up.")
        Choice<BuildContext, Dataset> bank,

        @Doc("The labelled scenes whose points are given a class.")
        Choice<BuildContext, Dataset> data,

        @Doc("Labelled points of every scene of the bank, drawn by chance.") @Default("200") @Min(1)
        int points,

        @Doc("Labelled points of every scene that are given a class, drawn by chance.") @Default("1000") @Min(1)
        int queries,

        @Doc("Nearest points that vote.") @Default("20") @Min(1)
        int neighbours,

        @Doc("A neighbour of cosine c has exp(c / temperature) votes.") @Default("0.07") @Positive
        double temperature,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to compute with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements StageConfig {

    /** The share of points that were given their class, in the figures of such a stage. */
    public static final String ACCURACY = "knn-accuracy";

    /** The mean intersection over union of the classes, in the figures of such a stage. */
    public static final String MIOU = "knn-miou";

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }
}
