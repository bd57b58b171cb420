package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * What the framework relies on in every transform: it leaves its argument alone, takes all chance from the generator that it
 * is given, and gives finite numbers.
 *
 * @param <C> the configuration of the transform
 * @since 0.2
 */
public abstract class TransformContract<C extends Record> {

    /** The factory under test. */
    protected abstract TransformFactory<C> factory();

    /** A configuration under which it does something. */
    protected abstract C config();

    /** What is lent to the factory. */
    protected abstract BuildContext context(long seed);

    /** How points are sampled for {@link Transform#applySampled}; one on a grid for transforms of voxels. */
    protected Sampler sampler() {
        return Samplers.points(200);
    }

    private Transform transform() {
        return factory().create(config(), context(5));
    }

    /** What it is tried on; override it for a transform of attributes that the rooms of the kit lack. */
    protected Scene scene() {
        return KitScenes.room(2, 400);
    }

    /** Other scenes of the data set, for a transform that wants {@link Transform#others}. */
    private List<Scene> others(Transform transform) {
        List<Scene> others = new ArrayList<>();
        for (int i = 0; i < transform.others(); i++) {
            others.add(KitScenes.room(3 + i, 300));
        }
        return others;
    }

    private Scene changed(Transform transform, long chance) {
        SplittableRandom random = new SplittableRandom(chance);
        return transform.others() == 0
                ? transform.apply(scene(), random)
                : transform.apply(scene(), others(transform), random);
    }

    private SampledPoints sampled() {
        return sampler().sample(scene(), new SplittableRandom(4));
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void leavesItsArgumentAlone() {
        Transform transform = transform();
        Scene scene = scene();
        List<Long> before = SceneBits.of(scene);
        List<Scene> others = others(transform);
        List<List<Long>> othersBefore = others.stream().map(SceneBits::of).toList();
        if (others.isEmpty()) {
            transform.apply(scene, new SplittableRandom(1));
        } else {
            transform.apply(scene, others, new SplittableRandom(1));
        }
        assertThat(SceneBits.of(scene)).isEqualTo(before);
        assertThat(others.stream().map(SceneBits::of).toList())
                .as("the other scenes")
                .isEqualTo(othersBefore);
        SampledPoints points = sampled();
        List<Long> sampledBefore = SceneBits.of(points);
        transform.applySampled(points, new SplittableRandom(1));
        assertThat(SceneBits.of(points)).isEqualTo(sampledBefore);
    }

    @Test
    void theSameChanceGivesTheSameResultAlsoFromOneThatHasWorkedBefore() {
        Transform used = transform();
        changed(used, 9);
        used.applySampled(sampled(), new SplittableRandom(9));
        Transform fresh = transform();
        assertThat(SceneBits.of(changed(used, 1))).isEqualTo(SceneBits.of(changed(fresh, 1)));
        assertThat(SceneBits.of(used.applySampled(sampled(), new SplittableRandom(1))))
                .isEqualTo(SceneBits.of(fresh.applySampled(sampled(), new SplittableRandom(1))));
    }

    @Test
    void givesFiniteNumbersOfAtLeastOnePoint() {
        Scene changed = changed(transform(), 1);
        assertThat(changed.size()).isPositive();
        for (float[] values : List.of(changed.positions(), changed.colours(), changed.normals())) {
            for (float value : values) {
                assertThat(value).isFinite();
            }
        }
        assertThat(transform().applySampled(sampled(), new SplittableRandom(1)).size())
                .isPositive();
    }
}
