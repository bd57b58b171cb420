package com.example.tiny;

import java.util.List;
import java.util.SplittableRandom;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;

/** Offers {@code data: two-planes}: a floor and a wall, told apart by where they are. */
@Extension
public final class TwoPlanesFactory implements DatasetFactory<TwoPlanesFactory.Config> {

    /** The keys of {@code two-planes}. */
    public record Config(
            @Doc("Number of scenes.") @Default("8") @Positive int scenes,
            @Doc("Points on each of the two planes.") @Default("1000") @Positive int points,
            @Doc("How far points lie off their plane, metres.") @Default("0.02") @Min(0) double noise) {}

    @Override
    public String name() {
        return "two-planes";
    }

    @Override
    public String summary() {
        return "A floor and a wall per scene; the smallest data set that can be learnt.";
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        return new TwoPlanes(config, context.random().nextLong());
    }

    private record TwoPlanes(Config config, long seed) implements Dataset {

        private static final int FLOOR = 0;
        private static final int WALL = 1;

        @Override
        public int size() {
            return config.scenes();
        }

        @Override
        public SceneClasses classes() {
            return SceneClasses.of(List.of("floor", "wall"));
        }

        @Override
        public String id(int index) {
            return "two-planes-" + index;
        }

        @Override
        public Example load(int index) {
            // The same index gives the same scene, in any order and in any thread.
            SplittableRandom random = new SplittableRandom(seed + index);
            int n = 2 * config.points();
            float[] positions = new float[3 * n];
            float[] colours = new float[3 * n];
            int[] labels = new int[n];
            for (int i = 0; i < n; i++) {
                labels[i] = i % 2 == 0 ? FLOOR : WALL;
                float off = (float) (config.noise() * (random.nextDouble() - 0.5));
                positions[3 * i] = labels[i] == FLOOR ? (float) random.nextDouble(0.1, 2) : off;
                positions[3 * i + 1] = (float) random.nextDouble(-1, 1);
                positions[3 * i + 2] = labels[i] == FLOOR ? off : (float) random.nextDouble(0.1, 2);
                for (int c = 0; c < 3; c++) {
                    colours[3 * i + c] = random.nextInt(256);
                }
            }
            Scene bare = Scene.ofPositions(id(index), positions);
            return Example.of(new Scene(
                    bare.id(), positions, colours, bare.normals(), labels, bare.instances(), List.of()));
        }
    }
}
