package org.scenecontexts.contrastive.pair;

import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;

/** Offers contrastive pre-training under {@code task: {type: contrastive}}. */
@Extension
public final class ContrastiveTaskFactory implements TaskFactory<ContrastiveTaskFactory.Config> {

    /** Voxel edge of the published pre-training, metres; sets the match radius where a backbone has no voxels. */
    static final double PUBLISHED_VOXEL = 0.025;

    /** Configuration; defaults as published for the sparse backbone (REFERENCE 1.6, 4). */
    public record Config(
            @Default("scene-contexts") @Doc("the contrastive loss")
            Choice<ModelContext, ContrastiveLoss> loss,

            @Default("32")
            @Min(0)
            @Doc("width of the contrasted features; 0 contrasts the backbone's own (as published for PointNet++)")
            int channels,

            @Default("true") @Doc("divide every feature by its length (published for the sparse backbone only)")
            boolean normalize,

            @Positive @Doc("largest distance of matched points, metres; by default 1.5 voxels (0.0375 without voxels)")
            Optional<Double> matchRadius) {}

    @Override
    public String name() {
        return "contrastive";
    }

    @Override
    public String summary() {
        return "Pre-training without labels: features of one place seen twice agree, others differ.";
    }

    @Override
    public int views(Config config) {
        return 2;
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of();
    }

    @Override
    public Task create(Config config, TaskContext context) {
        Optional<PointwiseConvolution> projection = config.channels() == 0
                ? Optional.empty()
                : Optional.of(new PointwiseConvolution(
                        context.engine(), context.random(), context.featureChannels(), config.channels(), true));
        return new ContrastiveTask(
                new ContrastiveTask.Head(projection),
                config.loss().create(context),
                config.normalize(),
                config.matchRadius());
    }
}
