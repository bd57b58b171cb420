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
 * Stretches each colour channel towards its full range (REFERENCE 5.7 item 3). A channel of one value, by which the
 * published code divides by zero, is left as it is.
 *
 * @since 0.1
 */
@Extension
public final class ChromaticAutoContrast implements TransformFactory<ChromaticAutoContrast.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("chance that colours are stretched") @Default("0.2") @Min(0) @Max(1)
            double probability) {}

    @Override
    public String name() {
        return "chromatic-auto-contrast";
    }

    @Override
    public String summary() {
        return "Blends colours with their full-contrast version; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                if (random.nextDouble() >= config.probability()) {
                    return points;
                }
                double blend = random.nextDouble();
                return Chromatic.recolour(points, colours -> stretch(colours, blend));
            }
        };
    }

    /** @param blend 0 for the colours as they are, 1 for full contrast */
    static float[] stretch(float[] colours, double blend) {
        double[] range = RigidMoves.bounds(colours);
        float[] changed = colours.clone();
        for (int i = 0; i < colours.length; i++) {
            int c = i % 3;
            double span = range[3 + c] - range[c];
            if (span > 0) {
                double contrast = (colours[i] - range[c]) * (255 / span);
                changed[i] = (float) ((1 - blend) * colours[i] + blend * contrast);
            }
        }
        return changed;
    }
}
