package org.scenecontexts.api.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A further network inside a task, chosen by its configuration like any backbone ({@code score-net: {type: ...}}) and run, with
 * gradient, on points that are made inside a step: proposals, votes, patches.
 *
 * <p>The task names it in a record component of type {@code Choice<ModelContext, Backbone>}, makes its {@link #module} a child
 * of its own, and gives it features that it has computed. Gradients go through them; positions have none.
 *
 * @since 0.2
 */
public final class InnerNetwork {

    private final Backbone backbone;
    private final Sampler sampler;

    private InnerNetwork(Backbone backbone, Sampler sampler) {
        this.backbone = backbone;
        this.sampler = sampler;
    }

    /**
     * Builds the network.
     *
     * @param context that of the task
     * @param channels width of the features that it is given per point
     * @throws IllegalArgumentException when what was chosen is no backbone with a feature per point
     */
    public static InnerNetwork of(Choice<ModelContext, Backbone> choice, ModelContext context, int channels) {
        if (!(choice.factory() instanceof BackboneFactory<?> factory)) {
            throw new IllegalArgumentException(
                    "'" + choice.type() + "' makes no backbone that a task could run inside");
        }
        return new InnerNetwork(choice.create(new InnerContext(context, channels)), sampler(factory, choice));
    }

    private static <C extends Record> Sampler sampler(BackboneFactory<C> factory, Choice<?, ?> choice) {
        C config = factory.configType().cast(choice.config());
        if (!factory.provides(config).contains(Capability.POINT_FEATURES)) {
            throw new IllegalArgumentException("'" + choice.type() + "' gives no feature per point as it is configured,"
                    + " which a network inside a task must; choose another or change its output");
        }
        return factory.sampling(config);
    }

    /** The trained part; make it a child of the task's module, whose names are its prefix. */
    public Module module() {
        return backbone.module();
    }

    /** Width of the features that it gives. */
    public int channels() {
        return backbone.channels();
    }

    /**
     * Features of made points, by the network's own sampling: of several points in one voxel all get that of the voxel, whose
     * input is that of its representative.
     *
     * @param places the points, in groups that the network tells apart like scenes; no group is empty
     * @param inputs features of all points, {@code [sum of sizes, channels]}, in the order of the groups
     * @param random chance for the sampling
     * @param outer the batch of the step, which lends what the network derives its lifetime
     * @return features at all points, {@code [sum of sizes, channels()]}
     */
    public Tensor features(List<Scene> places, Tensor inputs, RandomGenerator random, PointBatch outer) {
        int points = places.stream().mapToInt(Scene::size).sum();
        if (inputs.rows() != points) {
            throw new IllegalArgumentException("a network inside a task got " + inputs.rows() + " rows of features for "
                    + points + " points; expected one for each");
        }
        List<SampledPoints> sampled = new ArrayList<>();
        int[] source = new int[0];
        int[] inverse = new int[points];
        int from = 0;
        for (Scene place : places) {
            SampledPoints some = sampler.sample(place, random);
            int first = source.length;
            source = java.util.Arrays.copyOf(source, first + some.size());
            for (int i = 0; i < some.size(); i++) {
                source[first + i] = from + some.source()[i];
            }
            for (int i = 0; i < place.size(); i++) {
                if (some.inverse()[i] < 0) {
                    throw new IllegalStateException("the sampling of a network inside a task left point " + i + " of '"
                            + place.id() + "' without a row; choose a network that stands for every point");
                }
                inverse[from + i] = first + some.inverse()[i];
            }
            sampled.add(some);
            from += place.size();
        }
        Tensor rows = inputs.gatherRows(source);
        PointBatch batch = outer.derived(new Object(), () -> PointBatch.of(sampled, rows));
        return backbone.features(batch).gatherRows(inverse);
    }
}
