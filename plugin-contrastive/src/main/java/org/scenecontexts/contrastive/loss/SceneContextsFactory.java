package org.scenecontexts.contrastive.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;

/** Offers Contrastive Scene Contexts under {@code loss: {type: scene-contexts}}. */
@Extension
public final class SceneContextsFactory implements LossFactory<SceneContextsFactory.Config, ContrastiveLoss> {

    /** How the space around a point is cut into contexts. */
    public enum Partition {
        /** Two shells, above and below: 4 contexts; what the published scripts run (REFERENCE 4.4 a). */
        FAST,
        /** Two shells and angular bins: 2 x xy-bins x zy-bins contexts (REFERENCE 4.4 b). */
        ANGULAR
    }

    /**
     * Configuration; defaults as in the published scripts (REFERENCE 10.1). Radii are metres for every backbone: the
     * published 2 and 20 voxels of 2.5 cm.
     */
    public record Config(
            @Default("0.4") @Positive @Doc("divides the similarities; smaller values stress hard negatives")
            double temperature,

            @Default("4096") @Min(1) @Doc("most matches per pair")
            int points,

            @Default("fast") @Doc("fast: 4 contexts; angular: 2 x xy-bins x zy-bins contexts")
            Partition partition,

            @Default("0.05") @Min(0) @Doc("points nearer than this are no negatives, metres")
            double near,

            @Default("0.5") @Min(0) @Doc("radius between the inner and the outer shell, metres")
            double far,

            @Default("2") @Min(1) @Doc("angular bins in the xy plane; partition: angular only")
            int xyBins,

            @Default("2") @Min(1) @Doc("angular bins in the zy plane; partition: angular only")
            int zyBins,

            @Default("false") @Doc("count the contexts of the inner shell twice")
            boolean weightInner) {}

    @Override
    public String name() {
        return "scene-contexts";
    }

    @Override
    public String summary() {
        return "Contrastive Scene Contexts: PointInfoNCE in each spatial context around a point.";
    }

    @Override
    public Class<ContrastiveLoss> product() {
        return ContrastiveLoss.class;
    }

    @Override
    public ContrastiveLoss create(Config config, ModelContext context) {
        Partitioner partitioner = config.partition() == Partition.FAST
                ? Partitioner.best(new HalfSpaces(config.near(), config.far()))
                : Partitioner.best(new AngularBins(config.near(), config.far(), config.xyBins(), config.zyBins()));
        return new PointInfoNce(
                partitioner, PointInfoNce.Negatives.PAIR, config.temperature(), config.points(), config.weightInner());
    }
}
