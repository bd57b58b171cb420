package org.scenecontexts.semseg;

import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;

/**
 * Makes {@link SemanticSegmentation} known as {@code semantic-segmentation}.
 *
 * @since 0.1
 */
@Extension
public final class SemanticSegmentationFactory implements TaskFactory<SemanticSegmentationFactory.Config> {

    /** What a pipeline can say about the task. */
    public record Config(
            @Doc("What is minimised.") @Default("{type: cross-entropy}")
            Choice<ModelContext, ClassificationLoss> loss) {}

    @Override
    public String name() {
        return "semantic-segmentation";
    }

    @Override
    public String summary() {
        return "A class for every point: a linear head on the features of any backbone.";
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.LABELS);
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS);
    }

    @Override
    public Task create(Config config, TaskContext context) {
        if (context.classes().count() < 2) {
            throw new IllegalArgumentException("semantic-segmentation needs data with at least 2 classes, found "
                    + context.classes().count() + "; choose a labelled data set or map its labels to classes");
        }
        return new SemanticSegmentation(context, config.loss().create(context));
    }
}
