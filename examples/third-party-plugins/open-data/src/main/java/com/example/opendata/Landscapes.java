package com.example.opendata;

import java.util.Random;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Made-up pieces of land with trees, as a laser scanner in the air would see them, to try tasks without labels on: points have
 * an intensity and their elevation above the ground, scenes have a kind (0 open, 1 forest).
 */
@Extension
public final class Landscapes implements DatasetFactory<Landscapes.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Number of pieces of land.") @Default("16") @Min(1)
            int scenes,

            @Doc("Points of each.") @Default("1500") @Min(1) int points,

            @Doc("Other numbers give other land.") @Default("0")
            long chance) {}

    private static final double EDGE = 10;

    @Override
    public String name() {
        return "landscapes";
    }

    @Override
    public String summary() {
        return "Made-up land with trees: intensity and elevation of points, kind of scenes, no labels.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown()
                .withViews(1)
                .withLabelled(false)
                .withClasses(SceneClasses.none())
                .withAttributes(Set.of(
                        ScenePart.ofPoints("intensity"), ScenePart.ofPoints("elevation"), ScenePart.ofScene("kind")));
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        return new Dataset() {
            @Override
            public int size() {
                return config.scenes();
            }

            @Override
            public SceneClasses classes() {
                return SceneClasses.none();
            }

            @Override
            public String id(int index) {
                return "land-" + config.chance() + "-" + index;
            }

            @Override
            public Example load(int index) {
                Random random = new Random(31 * config.chance() + index);
                return Example.of(land(id(index), index % 2, config.points(), random));
            }
        };
    }

    private static Scene land(String id, int kind, int points, Random random) {
        double slope = 0.1 * random.nextGaussian();
        int trees = kind == 0 ? 1 : 9;
        double[][] tree = new double[trees][];
        for (int t = 0; t < trees; t++) {
            tree[t] =
                    new double[] {EDGE * random.nextDouble(), EDGE * random.nextDouble(), 2 + 3 * random.nextDouble()};
        }
        float[] positions = new float[3 * points];
        float[] elevation = new float[points];
        int[] intensity = new int[points];
        for (int i = 0; i < points; i++) {
            boolean leaf = random.nextDouble() < 0.06 * trees;
            double[] at = tree[random.nextInt(trees)];
            double x = leaf ? at[0] + 0.5 * random.nextGaussian() : EDGE * random.nextDouble();
            double y = leaf ? at[1] + 0.5 * random.nextGaussian() : EDGE * random.nextDouble();
            elevation[i] = (float) (leaf ? at[2] * (0.3 + 0.7 * random.nextDouble()) : 0);
            positions[3 * i] = (float) x;
            positions[3 * i + 1] = (float) y;
            positions[3 * i + 2] = (float) (slope * x + elevation[i] + 0.01 * random.nextGaussian());
            intensity[i] = (int) Math.clamp((leaf ? 20000 : 45000) + 5000 * random.nextGaussian(), 0, 65535);
        }
        return Scene.ofPositions(id, positions)
                .withPoints(new Attribute.Ints("intensity", 1, intensity))
                .withPoints(new Attribute.Floats("elevation", 1, elevation))
                .withScene(new Attribute.Ints("kind", 1, new int[] {kind}));
    }
}
