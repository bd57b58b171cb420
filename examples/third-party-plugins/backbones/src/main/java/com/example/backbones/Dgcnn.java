package com.example.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Dropout;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The segmentation network of "Dynamic Graph CNN for Learning on Point Clouds" (arXiv 1801.07829): three edge convolutions,
 * each over the neighbours among the features that it is given, and a summary of the scene for every point.
 */
final class Dgcnn extends Module {

    private final TensorEngine engine;
    private final Neighbourhoods near;
    private final int neighbours;
    private final List<EdgeConv> convolutions = new ArrayList<>();
    private final Linear summary;
    private final BatchNorm summaryNorm;
    private final Linear fromScene;
    private final Linear fromPoint;
    private final BatchNorm joinedNorm;
    private final Linear last;
    private final BatchNorm lastNorm;
    private final Dropout dropout = child("dropout", new Dropout(0.5));
    private final int channels;

    Dgcnn(TensorEngine engine, RandomGenerator random, DgcnnFactory.Config config, int inputs) {
        this.engine = engine;
        near = new Neighbourhoods(engine);
        neighbours = config.neighbours();
        int c = config.scaled(64);
        int in = 3 + inputs;
        for (List<Integer> widths : List.of(List.of(c, c), List.of(c, c), List.of(c))) {
            convolutions.add(child("conv" + (convolutions.size() + 1), new EdgeConv(engine, random, in, widths)));
            in = c;
        }
        int whole = config.scaled(1024);
        int joined = config.scaled(512);
        channels = config.scaled(256);
        summary = child("summary", new Linear(engine, random, 3 * c, whole, false));
        summaryNorm = child("summary_norm", norm(whole));
        fromScene = child("from_scene", new Linear(engine, random, whole, joined, false));
        fromPoint = child("from_point", new Linear(engine, random, 3 * c, joined, false));
        joinedNorm = child("joined_norm", norm(joined));
        last = child("last", new Linear(engine, random, joined, channels, false));
        lastNorm = child("last_norm", norm(channels));
    }

    private BatchNorm norm(int width) {
        return new BatchNorm(engine, width, Momentum.ofBatch(0.1));
    }

    int channels() {
        return channels;
    }

    Tensor features(PointBatch batch) {
        Tensor positions = Backbone.positions(engine, batch);
        Tensor x = Tensor.concat(positions, Backbone.inputs(engine, batch));
        Tensor[] levels = new Tensor[convolutions.size()];
        for (int i = 0; i < levels.length; i++) {
            // The first graph is that of positions, the others of what the layer before has made of them.
            Points space = new Points(i == 0 ? positions : x, batch.offsets());
            Neighbours found = batch.derived(new Object(), () -> near.nearest(space, space, neighbours));
            x = convolutions.get(i).apply(x, near, found);
            levels[i] = x;
        }
        Tensor local = Tensor.concat(levels);
        Groups scenes = Groups.ragged(engine, batch.offsets());
        Tensor scene = summaryNorm.apply(summary.apply(local)).leakyRelu(EdgeConv.SLOPE).max(scenes);
        Tensor joined = fromPoint.apply(local).add(fromScene.apply(scene), scenes);
        Tensor y = dropout.apply(joinedNorm.apply(joined).leakyRelu(EdgeConv.SLOPE));
        return lastNorm.apply(last.apply(y)).leakyRelu(EdgeConv.SLOPE);
    }
}
