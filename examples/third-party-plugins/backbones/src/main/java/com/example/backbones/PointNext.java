package com.example.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A U-Net of perceptrons over balls of points, after "PointNeXt: Revisiting PointNet++ with Improved Training and Scaling
 * Strategies" (arXiv 2206.04670, section 3.2): each stage halves nothing but keeps every n-th point, sees neighbours by their
 * place in units of the radius, and goes on with inverted residual blocks.
 */
final class PointNext extends Module {

    private final TensorEngine engine;
    private final Neighbourhoods near;
    private final PointNextFactory.Config config;
    private final Linear stem;
    private final List<Stage> down = new ArrayList<>();
    private final List<List<Layer>> up = new ArrayList<>();

    PointNext(TensorEngine engine, RandomGenerator random, PointNextFactory.Config config, int inputs) {
        this.engine = engine;
        this.config = config;
        near = new Neighbourhoods(engine);
        stem = child("stem", new Linear(engine, random, 3 + inputs, config.width(), true));
        int width = config.width();
        for (int blocks : config.blocks()) {
            down.add(child("down" + (down.size() + 1), new Stage(random, width, 2 * width, blocks)));
            width *= 2;
        }
        for (int i = 0; i < down.size(); i++) {
            int out = width / 2;
            Layer first = child("up" + (i + 1) + ".0", new Layer(random, width + out, out));
            up.add(List.of(first, child("up" + (i + 1) + ".1", new Layer(random, out, out))));
            width = out;
        }
    }

    int channels() {
        return config.width();
    }

    /** What depends on the positions of one stage alone. */
    private record Level(Points from, Points to, Neighbours seen, Neighbours among, Neighbours known)
            implements AutoCloseable {
        @Override
        public void close() {
            seen.close();
            among.close();
            known.close();
        }
    }

    private Level level(PointBatch batch, int stage, Points from) {
        return batch.derived(List.of(this, stage), () -> {
            double radius = radius(stage);
            Points to = from.select(near.farthest(from, config.stride()));
            return new Level(
                    from,
                    to,
                    near.within(from, to, radius, config.neighbours()),
                    near.within(to, to, 2 * radius, config.neighbours()),
                    near.nearest(to, from, 3));
        });
    }

    private double radius(int stage) {
        return config.radius() * (1 << stage);
    }

    Tensor features(PointBatch batch) {
        Points points = Points.of(engine, batch);
        Tensor x = stem.apply(Tensor.concat(points.rows(), Backbone.inputs(engine, batch)));
        List<Tensor> skips = new ArrayList<>();
        List<Level> levels = new ArrayList<>();
        for (int stage = 0; stage < down.size(); stage++) {
            Level level = level(batch, stage, points);
            skips.add(x);
            levels.add(level);
            x = down.get(stage).apply(x, level, radius(stage));
            points = level.to();
        }
        for (int i = 0; i < up.size(); i++) {
            Level level = levels.removeLast();
            Tensor carried = near.interpolate(x, level.to(), level.from(), level.known());
            x = Tensor.concat(carried, skips.removeLast());
            for (Layer layer : up.get(i)) {
                x = layer.apply(x);
            }
        }
        return x;
    }

    /** Linear, batch norm and ReLU. */
    private final class Layer extends Module {
        private final Linear linear;
        private final BatchNorm norm;

        Layer(RandomGenerator random, int in, int out) {
            linear = child("linear", new Linear(engine, random, in, out, false));
            norm = child("norm", new BatchNorm(engine, out, Momentum.ofBatch(0.1)));
        }

        Tensor apply(Tensor x) {
            return norm.applyRelu(linear.apply(x));
        }
    }

    /**
     * The largest, over a point's neighbours, of a perceptron of their features and their place. The part of the features is
     * computed once per point and then gathered, not once per neighbour.
     */
    private final class LocalAggregation extends Module {
        private final Linear ofFeatures;
        private final Linear ofPlace;
        private final BatchNorm norm;

        LocalAggregation(RandomGenerator random, int in, int out) {
            ofFeatures = child("features", new Linear(engine, random, in, out, false));
            ofPlace = child("place", new Linear(engine, random, 3, out, false));
            norm = child("norm", new BatchNorm(engine, out, Momentum.ofBatch(0.1)));
        }

        Tensor apply(Tensor x, Points points, Points centres, Neighbours neighbours, double radius) {
            Tensor place = near.group(points.rows(), centres.rows(), neighbours, radius);
            Tensor seen = near.gather(ofFeatures.apply(x), neighbours).add(ofPlace.apply(place));
            return norm.applyRelu(seen).groupMax(neighbours.count());
        }
    }

    /** Fewer points, then residual blocks among them. */
    private final class Stage extends Module {
        private final LocalAggregation reduce;
        private final List<Block> blocks = new ArrayList<>();

        Stage(RandomGenerator random, int in, int out, int count) {
            reduce = child("reduce", new LocalAggregation(random, in, out));
            for (int i = 0; i < count; i++) {
                blocks.add(child("block" + i, new Block(random, out)));
            }
        }

        Tensor apply(Tensor x, Level level, double radius) {
            Tensor y = reduce.apply(x, level.from(), level.to(), level.seen(), radius);
            for (Block block : blocks) {
                y = block.apply(y, level, 2 * radius);
            }
            return y;
        }
    }

    /** The inverted residual block: neighbours once, then a wide perceptron point by point. */
    private final class Block extends Module {
        private static final int EXPANSION = 4;

        private final LocalAggregation aggregation;
        private final Layer wide;
        private final Linear narrow;
        private final BatchNorm norm;

        Block(RandomGenerator random, int width) {
            aggregation = child("aggregation", new LocalAggregation(random, width, width));
            wide = child("wide", new Layer(random, width, EXPANSION * width));
            narrow = child("narrow", new Linear(engine, random, EXPANSION * width, width, false));
            norm = child("norm", new BatchNorm(engine, width, Momentum.ofBatch(0.1)));
        }

        Tensor apply(Tensor x, Level level, double radius) {
            Tensor seen = aggregation.apply(x, level.to(), level.to(), level.among(), radius);
            return norm.apply(narrow.apply(wide.apply(seen))).add(x).relu();
        }
    }
}
