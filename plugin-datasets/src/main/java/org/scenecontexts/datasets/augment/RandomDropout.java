package org.scenecontexts.datasets.augment;

import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.DistinctDraws;

/**
 * Leaves out some of the sampled points (REFERENCE 5.7 item 1).
 *
 * @since 0.1
 */
@Extension
public final class RandomDropout implements TransformFactory<RandomDropout.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("part of the points that is left out") @Default("0.2") @Min(0) @Max(0.99)
            double ratio,

            @Doc("chance that points are left out at all") @Default("0.2") @Min(0) @Max(1)
            double probability) {}

    @Override
    public String name() {
        return "random-dropout";
    }

    @Override
    public String summary() {
        return "Leaves out a random part of the sampled points; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                if (random.nextDouble() >= config.probability()) {
                    return points;
                }
                int keep = (int) (points.size() * (1 - config.ratio()));
                return keep == 0 ? points : points.select(DistinctDraws.some(points.size(), keep, random));
            }
        };
    }
}
