package org.scenecontexts.contrastive.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;

/** Offers the hardest-contrastive loss under {@code loss: {type: hardest-contrastive}}. */
@Extension
public final class HardestContrastiveFactory implements LossFactory<HardestContrastiveFactory.Config, ContrastiveLoss> {

    /** Configuration; margins as in the published defaults (REFERENCE 10.1), numbers of points as in PointContrast. */
    public record Config(
            @Default("1024") @Min(1) @Doc("most matches per batch")
            int points,

            @Default("256") @Min(1) @Doc("points per view among which the hardest negative is looked for")
            int candidates,

            @Default("0.1") @Min(0) @Doc("squared distance below which a match is close enough")
            double positiveMargin,

            @Default("1.4") @Positive @Doc("distance beyond which a negative is far enough")
            double negativeMargin,

            @Default("1") @Min(0) @Doc("weight of the negatives")
            double negativeWeight) {}

    @Override
    public String name() {
        return "hardest-contrastive";
    }

    @Override
    public String summary() {
        return "PointContrast's second loss: matches closer than a margin, the hardest negatives farther than another.";
    }

    @Override
    public Class<ContrastiveLoss> product() {
        return ContrastiveLoss.class;
    }

    @Override
    public ContrastiveLoss create(Config config, ModelContext context) {
        return new HardestContrastive(config);
    }
}
