package org.scenecontexts.sparseconv.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
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
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.MapResources;
import org.scenecontexts.sparseconv.unet.Res16UNet;
import org.scenecontexts.sparseconv.unet.Res16UNetConfig;
import org.scenecontexts.sparseconv.unet.Variant;

/**
 * Res16UNet34C from 3 channels to 20 classes over one room: an evaluation, or a training step (forward, cross-entropy,
 * backward, SGD). Kernel maps are built in every run, or given as loader threads would bring them; stacking the batch, which
 * those threads do, is not timed.
 */
final class NetworkRun implements PreparedWorkload {

    private static final int CLASSES = 20;

    private final WorkloadContext context;
    private final WorkMeter meter;
    private final TensorEngine engine;
    private final SampledPoints points;
    private final Res16UNet network;
    private final PointwiseConvolution head;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Optimizer optimizer;
    private final boolean training;
    private final boolean mapsGiven;
    private final MapResources resources;
    private PointBatch batch;

    /**
     * Prepares the network and the first batch.
     *
     * @param training whether a run is a training step
     * @param mapsGiven whether all runs share one batch with its maps
     */
    NetworkRun(WorkloadContext context, RoomSize room, boolean training, boolean mapsGiven) {
        this.context = context;
        this.training = training;
        this.mapsGiven = mapsGiven;
        resources = MapWorkloads.resources(context);
        meter = context.meter(Map.of(SparseConvKernels.class, ConvWork::ofCall));
        engine = meter.engine();
        points = Voxels.sample(context, room);
        SplittableRandom random = new SplittableRandom(1);
        network = new Res16UNet(engine, random, Variant.RES16UNET34C, Res16UNetConfig.published(), 3);
        head = new PointwiseConvolution(engine, random, network.channels(), CLASSES, true);
        network.training(training);
        parameters.putAll(network.namedParameters());
        head.namedParameters().forEach((name, parameter) -> parameters.put("final." + name, parameter));
        optimizer = context.optimizer(parameters);
        batch = Voxels.batch(points);
    }

    @Override
    public void renew() {
        meter.clear();
        if (mapsGiven) {
            return;
        }
        batch.close();
        batch = Voxels.batch(points);
    }

    @Override
    public void run() {
        context.part("kernel maps", () -> MapWorkloads.network(batch, resources));
        if (training) {
            step();
            return;
        }
        try (var scope = engine.noGrad()) {
            logits().release();
        }
    }

    private Tensor logits() {
        Tensor features = network.features(batch);
        Tensor logits = head.apply(features);
        features.release();
        return logits;
    }

    private void step() {
        Tensor logits = logits();
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
