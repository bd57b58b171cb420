package org.scenecontexts.pointnet2.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.WorkMeter;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.pointnet2.net.Output;
import org.scenecontexts.pointnet2.net.PointNet2;
import org.scenecontexts.pointnet2.net.PointNet2Config;

/**
 * A training step of the published PointNet++ (REFERENCE 2.1) with a head of 20 classes over a batch of samples of one room:
 * sampling and neighbours, forward, cross-entropy, backward, SGD. Stacking the batch, which loader threads do, is not timed.
 */
final class PointNetworkStep implements PreparedWorkload {

    private static final int CLASSES = 20;
    private static final int CHANNELS = 32;

    private final WorkMeter meter;
    private final TensorEngine engine;
    private final List<SampledPoints> samples = new ArrayList<>();
    private final PointNet2 network;
    private final PointwiseConvolution head;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Optimizer optimizer;
    private PointBatch batch;

    /**
     * Prepares the network and the first batch.
     *
     * @param scenes samples in a batch
     * @param points points of each sample
     */
    PointNetworkStep(WorkloadContext context, int scenes, int points) {
        meter = context.meter(Map.of());
        engine = meter.engine();
        Scene room = context.room(RoomSize.K60);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < scenes; i++) {
            samples.add(Samplers.points(points).sample(room, random));
        }
        network = new PointNet2(engine, random, published(points), 3);
        head = new PointwiseConvolution(engine, random, CHANNELS, CLASSES, true);
        network.training(true);
        parameters.putAll(network.namedParameters());
        head.namedParameters().forEach((name, parameter) -> parameters.put("final." + name, parameter));
        optimizer = context.optimizer(parameters);
        batch = batch();
    }

    private static PointNet2Config published(int points) {
        return new PointNet2Config(
                points,
                true,
                List.of(),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(64, 32, 16, 16),
                List.of(1.0),
                1,
                CHANNELS,
                Output.POINTS,
                true,
                0.1);
    }

    private PointBatch batch() {
        return PointBatch.of(samples, List.of(InputFeature.COLOUR));
    }

    @Override
    public void renew() {
        meter.clear();
        batch.close();
        batch = batch();
    }

    @Override
    public void run() {
        Tensor features = network.features(batch);
        Tensor logits = head.apply(features);
        features.release();
        Tensor loss = new CrossEntropy(batch.labels(engine, CLASSES), 0, Buffer.NONE).apply(logits);
        logits.release();
        loss.backward();
        loss.release();
        optimizer.step(optimizer.learningRate());
        parameters.values().forEach(parameter -> parameter.tensor().clearGrad());
    }

    @Override
    public void close() {
        batch.close();
    }

    @Override
    public Work work() {
        return meter.work().over(batch.rows());
    }
}
