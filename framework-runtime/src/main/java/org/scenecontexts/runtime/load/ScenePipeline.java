package org.scenecontexts.runtime.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.runtime.guard.Guarded;

/**
 * The configured way from a scene to sampled points: finite positions only, transforms, the backbone's sampler, transforms
 * on the sampled points.
 *
 * @param transforms in order
 * @param sampler the backbone's
 * @param inputs notices scenes that lack what the network is told
 * @param data where transforms that ask for further scenes get them
 * @param warn told about points that had to be left out
 * @since 0.1
 */
public record ScenePipeline(
        List<Transform> transforms,
        Sampler sampler,
        InputPresence inputs,
        Optional<Dataset> data,
        Consumer<String> warn)
        implements PointPipeline {

    public ScenePipeline {
        transforms = List.copyOf(transforms);
    }

    /** A pipeline that does not look at inputs. */
    public ScenePipeline(List<Transform> transforms, Sampler sampler, Consumer<String> warn) {
        this(transforms, sampler, InputPresence.unchecked(), Optional.empty(), warn);
    }

    /** @throws CloudException when no point is left to sample */
    @Override
    public SampledPoints sample(Scene scene, RandomGenerator random) {
        int[] finite = finite(scene);
        boolean all = finite.length == scene.size();
        if (!all) {
            warn.accept("scene '" + scene.id() + "': " + (scene.size() - finite.length) + " of " + scene.size()
                    + " points have a position that is not a finite number; they are left out and get no prediction");
        }
        Scene changed = nonEmpty(all ? scene : scene.select(finite), "the scene has no point with a finite position");
        changed = changed(changed, transforms.size(), random);
        boolean sameCount = changed.size() == finite.length;
        SampledPoints points = sampler.sample(changed, random);
        for (Transform transform : transforms) {
            points = transform.applySampled(points, random);
            nonEmpty(points.scene(), Guarded.name(transform) + " left no sampled point");
        }
        inputs.check(points.scene());
        return all || !sameCount ? points : widened(points, finite, scene.size());
    }

    /** The scene after the first transforms. */
    private Scene changed(Scene scene, int count, RandomGenerator random) {
        Scene changed = scene;
        for (int i = 0; i < count; i++) {
            Transform transform = transforms.get(i);
            int wanted = transform.others();
            changed = nonEmpty(
                    wanted > 0
                            ? transform.apply(changed, others(transform, wanted, i, random), random)
                            : transform.apply(changed, random),
                    Guarded.name(transform) + " left no point");
        }
        return changed;
    }

    private List<Scene> others(Transform transform, int wanted, int before, RandomGenerator random) {
        Dataset from = data.orElseThrow(() -> new CloudException(Guarded.name(transform)
                + " asks for further scenes, and there are none here; it belongs to the transforms of a training"));
        List<Scene> others = new ArrayList<>();
        for (int k = 0; k < wanted; k++) {
            Scene other = from.load(random.nextInt(from.size())).scene();
            int[] finite = finite(other);
            other = nonEmpty(
                    finite.length == other.size() ? other : other.select(finite),
                    "the scene has no point with a finite position");
            others.add(changed(other, before, random));
        }
        return others;
    }

    private static int[] finite(Scene scene) {
        float[] p = scene.positions();
        return IntStream.range(0, scene.size())
                .filter(i -> Float.isFinite(p[3 * i]) && Float.isFinite(p[3 * i + 1]) && Float.isFinite(p[3 * i + 2]))
                .toArray();
    }

    private static Scene nonEmpty(Scene scene, String what) {
        if (scene.size() == 0) {
            throw new CloudException("scene '" + scene.id() + "': " + what
                    + "; at least one is needed: check the cloud, or soften the transforms that crop or drop points");
        }
        return scene;
    }

    /** The same rows, counted in the scene that still has the points which were left out. */
    private static SampledPoints widened(SampledPoints points, int[] kept, int total) {
        int[] source = Arrays.stream(points.source()).map(i -> kept[i]).toArray();
        int[] inverse = new int[total];
        Arrays.fill(inverse, -1);
        for (int i = 0; i < kept.length; i++) {
            inverse[kept[i]] = points.inverse()[i];
        }
        return new SampledPoints(points.scene(), points.grid(), points.spacing(), source, inverse);
    }
}
