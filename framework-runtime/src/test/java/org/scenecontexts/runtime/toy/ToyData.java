package org.scenecontexts.runtime.toy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.runtime.run.Chance;

/** Small clouds whose colour nearly tells the class; a {@link Trap} can spring at the n-th load. */
public final class ToyData implements DatasetFactory<ToyData.Config> {

    public record Config(
            @Doc("Number of scenes.") @Default("7") int scenes,
            @Doc("Points per scene.") @Default("60") int points,
            @Doc("Chance of the scenes.") @Default("1") long chance,

            @Doc("Scene whose first colour is not a number; none below 0.") @Default("-1")
            int poisoned,

            @Doc("Scene without points; none below 0.") @Default("-1")
            int empty,

            @Doc("Factor on the positions, which are 0 to 2 m without it.") @Default("1")
            double scale,

            @Doc("Whether points have classes.") @Default("true")
            boolean labelled,

            @Doc("First scene that has colours.") @Default("0")
            int colouredFrom,

            @Doc("First scene that has more than one point.") @Default("0")
            int largeFrom,

            @Doc("Whether views, labels and classes are stated before the data is made.") @Default("false")
            boolean stated,

            @Doc("Class names.") @Default("[dark, bright]") List<String> classes,

            @Doc("A file that is read.") Optional<Path> list,

            @Doc("Whether points have the attribute 'warmth', the mean of their colour.") @Default("false")
            boolean warmth,

            @Doc("Scene whose points have no class; none below 0.") @Default("-1")
            int unlabelled) {

        /** Labelled, coloured scenes. */
        public Config(int scenes, int points, long chance, int poisoned, int empty, double scale) {
            this(
                    scenes,
                    points,
                    chance,
                    poisoned,
                    empty,
                    scale,
                    true,
                    0,
                    0,
                    false,
                    List.of("dark", "bright"),
                    Optional.empty(),
                    false,
                    -1);
        }
    }

    /** What happens at each load; for tests of interruptions. */
    @FunctionalInterface
    public interface Trap {
        void loading(int index);
    }

    private final Trap trap;

    public ToyData() {
        this(index -> {});
    }

    public ToyData(Trap trap) {
        this.trap = trap;
    }

    @Override
    public String name() {
        return "toy-data";
    }

    @Override
    public String summary() {
        return "Small clouds for tests.";
    }

    @Override
    public DataOutline outline(Config config) {
        return config.stated()
                ? DataOutline.unknown()
                        .withViews(1)
                        .withLabelled(config.labelled())
                        .withAttributes(config.warmth() ? Set.of(ScenePart.ofPoints("warmth")) : Set.of())
                        .withClasses(SceneClasses.of(config.classes()))
                : DataOutline.unknown();
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        if (config.scenes() == 0) {
            throw new CloudException("toys/*.toy: no file matches");
        }
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
                return SceneClasses.of(config.classes());
            }

            @Override
            public String id(int index) {
                return "toy-" + index;
            }

            @Override
            public String origin() {
                return "toys/*.toy, label-field 'kind'";
            }

            @Override
            public Example load(int index) {
                trap.loading(index);
                return Example.of(scene(config, index));
            }
        };
    }

    private static Scene scene(Config config, int index) {
        RandomGenerator random = new Chance(config.chance()).at(index).random();
        int n = index == config.empty() ? 0 : index < config.largeFrom() ? 1 : config.points();
        float[] positions = new float[3 * n];
        float[] colours = new float[3 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = random.nextInt(2);
            for (int a = 0; a < 3; a++) {
                positions[3 * i + a] = (float) (random.nextFloat() * 2 * config.scale());
                colours[3 * i + a] = (float) Math.clamp(80 + 90 * labels[i] + 40 * random.nextGaussian(), 0, 255);
            }
        }
        if (index == config.poisoned()) {
            colours[0] = Float.NaN;
        }
        if (!config.labelled() || index == config.unlabelled()) {
            Arrays.fill(labels, Labels.IGNORE);
        }
        float[] known = index < config.colouredFrom() ? new float[0] : colours;
        Scene scene = new Scene("toy-" + index, positions, known, new float[0], labels, new int[0], List.of());
        return config.warmth() ? scene.withPoints(warmth(colours)) : scene;
    }

    private static Attribute warmth(float[] colours) {
        float[] means = new float[colours.length / 3];
        for (int i = 0; i < means.length; i++) {
            means[i] = (colours[3 * i] + colours[3 * i + 1] + colours[3 * i + 2]) / 3;
        }
        return new Attribute.Floats("warmth", 1, means);
    }
}
