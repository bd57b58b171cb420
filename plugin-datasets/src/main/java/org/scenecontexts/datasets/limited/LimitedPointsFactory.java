package org.scenecontexts.datasets.limited;

import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Hides the labels of all but a few points per scene, under {@code transforms: [{type: limited-points}]}. Must come before
 * transforms that add, drop or reorder points.
 *
 * @since 0.1
 */
@Extension
public final class LimitedPointsFactory implements TransformFactory<LimitedPointsFactory.Config> {

    /** The YAML keys; 20, 50, 100 and 200 points are the published budgets. */
    public record Config(
            @Doc("labelled points per scene, drawn by chance") @Default("100") @Min(1)
            int points,

            @Doc("a file with the labelled points of every scene (.pth or .npz), instead of chance")
            Optional<Path> list,

            @Doc("chooses the points; the same in every epoch") @Default("0")
            long seed,

            @Doc(
                    "whether unlabelled points spoil the label of a voxel that they share with a labelled one, as published")
            @Default("false")
            boolean collide) {}

    @Override
    public String name() {
        return "limited-points";
    }

    @Override
    public String summary() {
        return "Hides the labels of all but some points per scene, drawn or listed; all points stay. First of transforms.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        LabelBudget budget = config.list()
                .map(list -> LabelBudget.listed(context.resolve(list), config.collide()))
                .orElseGet(() -> LabelBudget.drawn(config.points(), config.seed(), config.collide()));
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                return budget.apply(scene);
            }
        };
    }
}
