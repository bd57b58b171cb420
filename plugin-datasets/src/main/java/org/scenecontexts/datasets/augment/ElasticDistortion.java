package org.scenecontexts.datasets.augment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Bends scenes smoothly, the strongest of the published augmentations (REFERENCE 5.5).
 *
 * @since 0.1
 */
@Extension
public final class ElasticDistortion implements TransformFactory<ElasticDistortion.Config> {

    /** Noise of a larger grid is refused: no room needs it. */
    private static final long MAX_CELLS = 20_000_000;

    /** The YAML keys. */
    public record Config(
            @Doc("distances between the nodes of the noise, metres, one per pass") @Default("[0.2, 0.8]") @NotEmpty
            List<Double> granularity,

            @Doc("strength of each pass, metres per unit of smoothed noise") @Default("[0.4, 1.6]") @NotEmpty
            List<Double> magnitude,

            @Doc("chance that a scene is bent at all") @Default("0.95") @Min(0) @Max(1)
            double probability) {

        /** @throws IllegalArgumentException when the passes do not fit together */
        public Config {
            granularity = List.copyOf(granularity);
            magnitude = List.copyOf(magnitude);
            if (granularity.size() != magnitude.size() || granularity.stream().anyMatch(g -> !(g > 0))) {
                throw new IllegalArgumentException(
                        "granularity and magnitude need one value per pass, granularity above 0;" + " found "
                                + granularity + " and " + magnitude);
            }
        }
    }

    @Override
    public String name() {
        return "elastic-distortion";
    }

    @Override
    public String summary() {
        return "Bends a scene smoothly by noise on a coarse grid; point level, published for ScanNet.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                if (random.nextDouble() >= config.probability() || scene.size() == 0) {
                    return scene;
                }
                float[] positions = scene.positions();
                for (int pass = 0; pass < config.granularity().size(); pass++) {
                    double granularity = config.granularity().get(pass);
                    int[] dims = dims(positions, granularity, scene.id());
                    float[] noise = new float[3 * dims[0] * dims[1] * dims[2]];
                    for (int i = 0; i < noise.length; i++) {
                        noise[i] = (float) random.nextGaussian();
                    }
                    positions = distort(
                            positions,
                            noise,
                            dims,
                            granularity,
                            config.magnitude().get(pass));
                }
                return scene.withPositions(positions);
            }
        };
    }

    /** Nodes of the noise along the axes. */
    static int[] dims(float[] positions, double granularity, String id) {
        double[] bounds = RigidMoves.bounds(positions);
        long cells = 1;
        int[] dims = new int[3];
        for (int a = 0; a < 3; a++) {
            // The extent is a 32-bit number, as in the published code: it decides in which cell an exact multiple
            // falls.
            float extent = (float) bounds[3 + a] - (float) bounds[a];
            double side = Math.floor(extent / (float) granularity) + 3;
            cells = side > MAX_CELLS ? MAX_CELLS + 1 : cells * (long) side;
            if (cells > MAX_CELLS) {
                throw new CloudException(String.format(
                        Locale.ROOT,
                        "scene '%s': elastic-distortion with a granularity of %s m needs more than %d nodes over an extent of"
                                + " %.1f m; the unit is probably not the metre (set 'scale:' of the data set), or choose a"
                                + " larger granularity",
                        id,
                        granularity,
                        MAX_CELLS,
                        extent));
            }
            dims[a] = (int) side;
        }
        return dims;
    }

    /**
     * Moves points by smoothed noise.
     *
     * @param noise before smoothing, {@code [dims0, dims1, dims2, 3]}
     */
    static float[] distort(float[] positions, float[] noise, int[] dims, double granularity, double magnitude) {
        float[] smooth = noise;
        for (int round = 0; round < 2; round++) {
            for (int axis = 0; axis < 3; axis++) {
                smooth = blur(smooth, dims, axis);
            }
        }
        double[] bounds = RigidMoves.bounds(positions);
        float[] moved = positions.clone();
        double[] delta = new double[3];
        for (int i = 0; i < positions.length; i += 3) {
            Arrays.fill(delta, 0);
            interpolate(smooth, dims, positions, i, bounds, granularity, delta);
            for (int a = 0; a < 3; a++) {
                moved[i + a] = (float) (positions[i + a] + delta[a] * magnitude);
            }
        }
        return moved;
    }

    /** Mean of three neighbours along one axis, zero beyond the border. */
    private static float[] blur(float[] from, int[] dims, int axis) {
        float[] to = new float[from.length];
        int stride = axis == 0 ? dims[1] * dims[2] * 3 : axis == 1 ? dims[2] * 3 : 3;
        int length = dims[axis];
        float third = 1f / 3;
        for (int i = 0; i < from.length; i++) {
            int at = i / stride % length;
            double sum = from[i];
            if (at > 0) {
                sum += from[i - stride];
            }
            if (at < length - 1) {
                sum += from[i + stride];
            }
            to[i] = (float) (sum * third);
        }
        return to;
    }

    private static void interpolate(
            float[] noise,
            int[] dims,
            float[] positions,
            int point,
            double[] bounds,
            double granularity,
            double[] delta) {
        int[] cell = new int[3];
        double[] part = new double[3];
        for (int a = 0; a < 3; a++) {
            // The first node lies one granularity before the smallest coordinate.
            double at = (positions[point + a] - bounds[a]) / granularity + 1;
            cell[a] = (int) Math.min(Math.floor(at), dims[a] - 2);
            part[a] = at - cell[a];
        }
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int index = 0;
            for (int a = 0; a < 3; a++) {
                int up = corner >> a & 1;
                weight *= up == 1 ? part[a] : 1 - part[a];
                index = index * dims[a] + cell[a] + up;
            }
            for (int c = 0; c < 3; c++) {
                delta[c] += weight * noise[3 * index + c];
            }
        }
    }
}
