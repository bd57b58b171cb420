package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * What the framework relies on in every data set: the same example for the same number in any order and any thread, names
 * that tell examples apart, values within what is announced.
 *
 * @param <C> the configuration of the data set
 * @since 0.2
 */
public abstract class DatasetContract<C extends Record> {

    /** The factory under test. */
    protected abstract DatasetFactory<C> factory();

    /** A configuration with at least two examples. */
    protected abstract C config();

    /** What is lent to the factory; two of one seed lend the same chance. */
    protected abstract BuildContext context(long seed);

    private Dataset dataset() {
        return factory().create(config(), context(3));
    }

    /** The first, the second and the last. */
    private static int[] some(Dataset dataset) {
        return new int[] {0, 1, dataset.size() - 1};
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void hasExamplesWhoseNamesDiffer() {
        Dataset dataset = dataset();
        assertThat(dataset.size()).isGreaterThanOrEqualTo(2);
        var names = new HashSet<String>();
        for (int i = 0; i < dataset.size(); i++) {
            assertThat(names.add(dataset.id(i)))
                    .as("a second '%s'", dataset.id(i))
                    .isTrue();
        }
    }

    @Test
    void loadsWhatItAnnounces() {
        Dataset dataset = dataset();
        for (int i : some(dataset)) {
            Example example = dataset.load(i);
            assertThat(example.id()).as("name of the loaded example").isEqualTo(dataset.id(i));
            assertThat(example.views()).as("views of %s", example.id()).hasSize(dataset.views());
            example.views().forEach(view -> check(view, dataset.classes().count()));
        }
    }

    private static void check(Scene scene, int classes) {
        assertThat(scene.size()).as("points of %s", scene.id()).isPositive();
        for (float[] values : List.of(scene.positions(), scene.colours(), scene.normals())) {
            for (float value : values) {
                assertThat(value).as("a number of %s", scene.id()).isFinite();
            }
        }
        for (float colour : scene.colours()) {
            assertThat(colour).as("a colour of %s, 0 to 255", scene.id()).isBetween(0f, 255f);
        }
        for (int label : scene.labels()) {
            assertThat(label >= 0 && label < classes || label == Labels.IGNORE || label == Labels.UNSEEN)
                    .as("label %d of %s with %d classes", label, scene.id(), classes)
                    .isTrue();
        }
        for (int instance : scene.instances()) {
            assertThat(instance >= 0 || instance == Labels.NO_INSTANCE)
                    .as("instance %d of %s", instance, scene.id())
                    .isTrue();
        }
    }

    @Test
    void givesTheSameExampleForTheSameNumberInAnyOrder() {
        Dataset first = dataset();
        Dataset second = dataset();
        int[] some = some(first);
        List<List<Long>> forwards = new ArrayList<>();
        for (int i : some) {
            forwards.add(bits(first.load(i)));
        }
        for (int k = some.length - 1; k >= 0; k--) {
            assertThat(bits(second.load(some[k]))).as("example %d", some[k]).isEqualTo(forwards.get(k));
        }
        assertThat(bits(first.load(some[0]))).as("the first one again").isEqualTo(forwards.getFirst());
    }

    @Test
    void canBeReadBySeveralThreadsAtOnce() throws InterruptedException, ExecutionException {
        Dataset dataset = dataset();
        List<Long> expected = bits(dataset.load(0));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Long>>> loads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int index = i % 2;
                loads.add(threads.submit(() -> bits(dataset.load(index))));
            }
            for (int i = 0; i < 8; i += 2) {
                assertThat(loads.get(i).get()).isEqualTo(expected);
            }
        }
    }

    /** Everything that an example holds. */
    private static List<Long> bits(Example example) {
        List<Long> bits = new ArrayList<>();
        for (Scene view : example.views()) {
            bits.addAll(SceneBits.of(view));
        }
        return bits;
    }
}
