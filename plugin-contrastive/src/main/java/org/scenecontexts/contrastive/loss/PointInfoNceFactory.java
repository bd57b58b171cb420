package org.scenecontexts.contrastive.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.contrastive.partition.Partitioner;

/** Offers plain PointInfoNCE under {@code loss: {type: point-info-nce}}. */
@Extension
public final class PointInfoNceFactory implements LossFactory<PointInfoNceFactory.Config, ContrastiveLoss> {

    /** Configuration; defaults as in the published scripts (REFERENCE 10.1). */
    public record Config(
            @Default("0.4") @Positive @Doc("divides the similarities; smaller values stress hard negatives")
            double temperature,

            @Default("4096") @Min(1) @Doc("most matches per batch")
            int points) {}

    @Override
    public String name() {
        return "point-info-nce";
    }

    @Override
    public String summary() {
        return "PointInfoNCE of PointContrast: every matched point against all others of the batch.";
    }

    @Override
    public Class<ContrastiveLoss> product() {
        return ContrastiveLoss.class;
    }

    @Override
    public ContrastiveLoss create(Config config, ModelContext context) {
        return new PointInfoNce(
                Partitioner.everything(), PointInfoNce.Negatives.BATCH, config.temperature(), config.points(), false);
    }
}
