package org.scenecontexts.contrastive.select;

import java.util.stream.IntStream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.select.Selection;
import org.scenecontexts.api.select.SelectionFactory;

/** Offers the published active selection under {@code select: {method: {type: k-means}}}. */
@Extension
public final class KMeansFactory implements SelectionFactory<KMeansFactory.Config> {

    /** What points are compared by. */
    public enum Space {
        /** Position, colour and the features of a pre-trained backbone: the published way ("OURS_S"). */
        FEATURES,
        /** Position and colour only ("Kmeans" in the paper's figures). */
        RAW
    }

    /** Configuration; defaults as published (REFERENCE 9.4). */
    public record Config(
            @Default("100") @Min(1) @Doc("points per scene") int points,
            @Default("50") @Min(0) @Doc("updates of the centres") int iterations,

            @Default("features")
            @Doc("features: position, colour and a backbone's features; raw: position and colour only")
            Space space) {}

    @Override
    public String name() {
        return "k-means";
    }

    @Override
    public String summary() {
        return "The points nearest to the centres of clusters of position, colour and pre-trained features.";
    }

    @Override
    public boolean needsFeatures(Config config) {
        return config.space() == Space.FEATURES;
    }

    @Override
    public Selection create(Config config, BuildContext context) {
        Parallel parallel = context.parallel();
        return (scene, features, random) -> {
            if (config.space() == Space.FEATURES && !features.present()) {
                throw new CloudException("k-means on features needs a model; name it with 'model', or choose 'space: raw'");
            }
            PointFeatures used = config.space() == Space.RAW ? PointFeatures.none() : features;
            int[] finite = finite(scene);
            if (finite.length == 0) {
                return new int[0];
            }
            float[] vectors = vectors(scene, used, finite);
            int[] chosen = new Lloyd(vectors, vectors.length / finite.length, parallel)
                    .nearestToCentres(Math.min(config.points(), finite.length), config.iterations());
            return IntStream.of(chosen).map(i -> finite[i]).toArray();
        };
    }

    private static int[] finite(Scene scene) {
        float[] p = scene.positions();
        return IntStream.range(0, scene.size())
                .filter(i -> Float.isFinite(p[3 * i] + p[3 * i + 1] + p[3 * i + 2]))
                .toArray();
    }

    /** Position in metres, colour 0 to 255 as whole numbers, features; nothing is scaled, as published. */
    static float[] vectors(Scene scene, PointFeatures features, int[] rows) {
        int width = 6 + features.channels();
        float[] vectors = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(scene.positions(), 3 * rows[i], vectors, i * width, 3);
            for (int axis = 0; axis < 3 && scene.colours().length > 0; axis++) {
                vectors[i * width + 3 + axis] = (int) scene.colours()[3 * rows[i] + axis];
            }
            System.arraycopy(
                    features.values(),
                    rows[i] * features.channels(),
                    vectors,
                    i * width + 6,
                    features.channels());
        }
        return vectors;
    }
}
