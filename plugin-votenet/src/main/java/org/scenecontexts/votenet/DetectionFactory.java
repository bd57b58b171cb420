package org.scenecontexts.votenet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.votenet.loss.LossWeights;
import org.scenecontexts.votenet.net.Centres;
import org.scenecontexts.votenet.net.DetectionNet;
import org.scenecontexts.votenet.proposal.BoxSelection;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/**
 * Makes {@link Detection} known as {@code detection}.
 *
 * @since 0.2
 */
@Extension
public final class DetectionFactory implements TaskFactory<DetectionFactory.Config> {

    /** What a pipeline can say about the task. */
    public record Config(
            @Doc("Classes that have no boxes; of wall, floor and ceiling those that exist unless given.")
            @Default("[wall, floor, ceiling]")
            List<String> stuff,

            @Doc("Seeds per scene.") @Default("1024") @Min(1)
            int seeds,

            @Doc("Width that a linear map, 'final', brings the features of seeds to before they vote: 256 for published"
                    + " sparse networks; unless given they vote as the backbone gives them.")
            @Min(1)
            Optional<Integer> width,

            @Doc("Votes of each seed; 0 for proposals from the seeds themselves, as in BoxNet.") @Default("1") @Min(0)
            int votes,

            @Doc("Proposals per scene.") @Default("256") @Min(1)
            int proposals,

            @Doc("Votes within this distance make a proposal, metres.") @Default("0.3") @Positive
            double radius,

            @Doc("Votes of a proposal at most.") @Default("16") @Min(1)
            int samples,

            @Doc("Which votes are the centres of proposals.") @Default("votes")
            Centres centres,

            @Doc("Directions that boxes are sorted into; 1 where all lie along the axes.") @Default("12") @Min(1)
            int headings,

            @Doc("Typical sizes of the classes, as published; the means of the training data unless given.")
            Optional<PublishedSizes> sizes,

            @Doc("How much the parts of the loss count.") @Default("{}")
            LossWeights weights,

            @Doc("Which of the proposed boxes are given.") @Default("{}")
            BoxSelection boxes,

            @Doc("What stands before the backbone's names in published files: backbone_net. for PointNet++,"
                    + " backbone_net.net. for sparse networks.")
            @Default("backbone_net.")
            String publishedPrefix,

            @Doc("Whether scenes are filled up to 64 boxes with some at the origin that proposals can be taken for, and"
                    + " what lies within 3.2 cm of the origin is no seed and no centre, as published.")
            @Default("false")
            boolean legacy) {

        public Config {
            stuff = List.copyOf(stuff);
        }
    }

    @Override
    public String name() {
        return "detection";
    }

    @Override
    public String summary() {
        return "Objects as boxes: VoteNet's voting and proposals on the seeds of any backbone.";
    }

    @Override
    public Set<Capability> requires(Config config) {
        return Set.of(Capability.SEEDS);
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.BOXES);
    }

    @Override
    public String backbonePrefix(Config config) {
        return config.publishedPrefix();
    }

    @Override
    public Set<String> headUnderPrefix(Config config) {
        return Set.of(DetectionNet.LAST + ".");
    }

    @Override
    public Task create(Config config, TaskContext context) {
        return new Detection(context, config);
    }
}
