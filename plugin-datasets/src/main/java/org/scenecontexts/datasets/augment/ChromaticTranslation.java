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
 * Adds one random tint to a whole scene (REFERENCE 5.7 item 4).
 *
 * @since 0.1
 */
@Extension
public final class ChromaticTranslation implements TransformFactory<ChromaticTranslation.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("largest change of a channel, as part of 255; published: 0.1 for ScanNet, 0.05 for S3DIS")
            @Default("0.1")
            @Min(0)
            @Max(1)
            double ratio,

            @Doc("chance that a tint is added") @Default("0.95") @Min(0) @Max(1)
            double probability) {}

    @Override
    public String name() {
        return "chromatic-translation";
    }

    @Override
    public String summary() {
        return "Adds one random tint to the colours of a scene; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                if (random.nextDouble() >= config.probability()) {
                    return points;
                }
                double[] draws = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
                return Chromatic.recolour(points, colours -> tint(colours, draws, config.ratio()));
            }
        };
    }

    /** @param draws one number in 0..1 per channel; 0.5 changes nothing */
    static float[] tint(float[] colours, double[] draws, double ratio) {
        float[] changed = new float[colours.length];
        for (int i = 0; i < colours.length; i++) {
            changed[i] = Chromatic.clip(colours[i] + (draws[i % 3] - 0.5) * 255 * 2 * ratio);
        }
        return changed;
    }
}
