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

/**
 * Adds noise to the colour of every point (REFERENCE 5.7 item 5).
 *
 * @since 0.1
 */
@Extension
public final class ChromaticJitter implements TransformFactory<ChromaticJitter.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("standard deviation, as part of 255; published: 0.05 for ScanNet, 0.005 for S3DIS")
            @Default("0.05")
            @Min(0)
            @Max(1)
            double std,

            @Doc("chance that noise is added") @Default("0.95") @Min(0) @Max(1)
            double probability) {}

    @Override
    public String name() {
        return "chromatic-jitter";
    }

    @Override
    public String summary() {
        return "Adds noise to the colour of every point; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                if (random.nextDouble() >= config.probability()) {
                    return points;
                }
                return Chromatic.recolour(points, colours -> {
                    double[] draws = new double[colours.length];
                    for (int i = 0; i < draws.length; i++) {
                        draws[i] = random.nextGaussian();
                    }
                    return jitter(colours, draws, config.std());
                });
            }
        };
    }

    /** @param draws one standard normal number per value */
    static float[] jitter(float[] colours, double[] draws, double std) {
        float[] changed = new float[colours.length];
        for (int i = 0; i < colours.length; i++) {
            changed[i] = Chromatic.clip(colours[i] + draws[i] * std * 255);
        }
        return changed;
    }
}
