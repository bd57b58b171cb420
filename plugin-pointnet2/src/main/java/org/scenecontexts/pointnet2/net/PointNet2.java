package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The PointNet++ of the published system: four set abstractions down, two or four feature propagations up (REFERENCE
 * 2.1).
 *
 * <p>Features end in batch norm and ReLU: they are not negative and not of unit length.
 *
 * @since 0.1
 */
public final class PointNet2 extends Module implements Backbone {

    private final TensorEngine engine;
    private final PointNet2Config config;
    private final List<SetAbstraction> down = new ArrayList<>();
    private final List<FeaturePropagation> up = new ArrayList<>();
    private final int channels;

    /** @param inputChannels channels per point beside its position, 0 or more; not used unless the configuration says so */
    public PointNet2(TensorEngine engine, RandomGenerator random, PointNet2Config config, int inputChannels) {
        this.engine = engine;
        this.config = config;
        Momentum momentum = Momentum.ofBatch(config.bnMomentum());
        List<List<Integer>> widths = List.of(
                config.scaled(64, 64, 128),
                config.scaled(128, 128, 256),
                config.scaled(128, 128, 256),
                config.scaled(128, 128, 256));
        List<Integer> known = new ArrayList<>();
        int width = config.useInputs() ? inputChannels : 0;
        for (int i = 0; i < PointNet2Config.LEVELS; i++) {
            known.add(width);
            down.add(child(
                    "sa" + (i + 1),
                    new SetAbstraction(
                            engine,
                            random,
                            width,
                            widths.get(i),
                            config.scales().size(),
                            momentum)));
            width = down.get(i).channels();
        }
        List<Integer> last = new ArrayList<>(config.scaled(128));
        last.add(config.channels());
        List<List<Integer>> upWidths =
                List.of(config.scaled(256, 256), config.scaled(256, 256), config.scaled(256, 128), last);
        for (int i = 0; i < config.output().propagations(); i++) {
            int in = width + known.get(PointNet2Config.LEVELS - 1 - i);
            up.add(child("fp" + (i + 1), new FeaturePropagation(engine, random, in, upWidths.get(i), momentum)));
            width = upWidths.get(i).getLast();
        }
        channels = width;
    }

    @Override
    public Module module() {
        return this;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public Tensor features(PointBatch batch) {
        if (config.output() == Output.SEEDS) {
            throw new UnsupportedOperationException(
                    "this pointnet2 was built with 'output: seeds' and gives no features at"
                            + " every point; write 'output: points'");
        }
        return run(batch, Geometry.of(engine, batch, config), up.size());
    }

    @Override
    public boolean hasOwnSeeds() {
        return config.output() == Output.SEEDS;
    }

    /**
     * Features at the first seeds of each scene; seeds are in the order in which they were sampled, so any number of them
     * is well spread. A network built for points gives farthest points with its features there.
     */
    @Override
    public FeatureSet seeds(PointBatch batch, int count) {
        if (config.output() != Output.SEEDS) {
            return Backbone.super.seeds(batch, count);
        }
        int available = config.centres(SeedCentres.LEVEL);
        if (count < 1 || count > available) {
            throw new IllegalArgumentException("seeds per scene must be 1 to " + available + ", found " + count
                    + "; the second entry of 'centres' of pointnet2 says how many there are");
        }
        Geometry geometry = Geometry.of(engine, batch, config);
        Tensor all = run(batch, geometry, 2);
        record Key(TensorEngine engine, PointNet2Config config, int count) {}
        SeedCentres seeds =
                batch.derived(new Key(engine, config, count), () -> SeedCentres.of(engine, geometry, count));
        if (count == available) {
            return FeatureSet.chosen(all, seeds.places(), batch, seeds.steps());
        }
        Tensor some = all.gatherRows(seeds.steps().getLast());
        all.release();
        return FeatureSet.chosen(some, seeds.places(), batch, seeds.steps());
    }

    /** Down all the way and some steps up. */
    private Tensor run(PointBatch batch, Geometry geometry, int steps) {
        Optional<Tensor> inputs = config.useInputs() && batch.inputChannels() > 0
                ? Optional.of(Backbone.inputs(engine, batch))
                : Optional.empty();
        List<Optional<Tensor>> known = new ArrayList<>(List.of(inputs));
        for (int i = 0; i < down.size(); i++) {
            var points =
                    i == 0 ? geometry.input() : geometry.levels().get(i - 1).points();
            known.add(Optional.of(
                    down.get(i).apply(points, known.getLast(), geometry.levels().get(i))));
        }
        Tensor x = known.removeLast().orElseThrow();
        for (int i = 0; i < steps; i++) {
            Optional<Tensor> skip = known.removeLast();
            x = up.get(i).apply(x, skip, geometry.interpolations().get(i));
            skip.ifPresent(Tensor::release);
        }
        known.forEach(rest -> rest.ifPresent(Tensor::release));
        return x;
    }

    /** The radii one after the other; what is interpolated comes from a little further where points are few. */
    @Override
    public OptionalDouble reach() {
        double radii = config.radii().stream().mapToDouble(Double::doubleValue).sum();
        double scale =
                config.scales().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return OptionalDouble.of(radii * scale);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of(
                "points", Integer.toString(config.points()),
                "radii", config.radii().toString(),
                "samples", config.samples().toString());
    }
}
