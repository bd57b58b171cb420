package org.scenecontexts.datasets.pairs;

import org.pf4j.Extension;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Offers pairs of views that are cut from one scene under {@code data: {type: self-pairs}}, so that any data set can be
 * pre-trained on, also one in which no place was seen twice.
 *
 * @since 0.2
 */
@Extension
public final class SelfPairsFactory implements DatasetFactory<SelfPairsFactory.Config> {

    /** Configuration. */
    public record Config(
            @Doc("the scenes that views are cut from; their labels are not used")
            Choice<BuildContext, Dataset> data,

            @Doc("pairs cut from each scene, each from other sides") @Default("4") @Min(1)
            int pairsPerScene,

            @Doc(
                    "part of the scene's points that each view shows: what lies beyond a vertical plane is cut off; two views"
                            + " of more than half share something")
            @Default("0.75")
            @Min(0.51)
            @Max(1)
            double keep,

            @Doc(
                    "share of its points that each view has, drawn by chance for each, as two scans never hit the same places")
            @Default("0.5")
            @Positive
            @Max(1)
            double density,

            @Doc("chooses planes and points; the same seed gives the same pairs") @Default("0")
            long seed) {}

    @Override
    public String name() {
        return "self-pairs";
    }

    @Override
    public String summary() {
        return "Pairs of overlapping views cut from the scenes of another data set, for contrastive pre-training on any data.";
    }

    @Override
    public String filesFrom(Config config) {
        return config.data().filesFrom();
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.of(config.data()).withViews(2);
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        DataOutline.of(config.data()).views().ifPresent(SelfPairsFactory::requireOne);
        DatasetFactory.requireFilesOf(config.data(), context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Dataset scenes = config.data().create(context);
        requireOne(scenes.views());
        SelfPairs.Cut cut = new SelfPairs.Cut(config.keep(), config.density());
        return new SelfPairs(scenes, config.pairsPerScene(), cut, config.seed());
    }

    private static void requireOne(int views) {
        if (views != 1) {
            throw new CloudException("self-pairs cuts views from single scenes, but an example of its 'data' has "
                    + views + " views already; use that data without self-pairs");
        }
    }
}
