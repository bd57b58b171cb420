package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.StepNumbers;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadContext;

/** What the engine itself is measured on. */
final class EngineWorkloads {

    /** Floats copied at once: 64 MiB, more than caches hold. */
    static final int COPY = 16 << 20;

    private static final int CHUNK = 1 << 16;

    private static final int CLASSES = 20;

    private EngineWorkloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (int size : new int[] {512, 1024, 2048}) {
            all.add(Workload.of(
                    "gemm/" + size,
                    size == 1024 ? Tier.QUICK : Tier.STANDARD,
                    context -> gemm(context.engine(), size)));
        }
        all.add(Workload.of("copy/64m", Tier.QUICK, context -> copy(context.engine())));
        for (RoomSize room : new RoomSize[] {RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            Tier tier = room == RoomSize.K60 ? Tier.STANDARD : Tier.FULL;
            for (int channels : new int[] {32, 64, 96, 128, 256}) {
                Tier some = channels == 32 || channels == 96 ? tier : Tier.FULL;
                String end = channels + "/" + room.label();
                all.add(Workload.of("norm/eval/" + end, some, context -> normEval(context, room.voxels(), channels)));
                all.add(Workload.of("norm/train/" + end, some, context -> normTrain(context, room.voxels(), channels)));
            }
            all.add(Workload.of("loss/" + room.label(), tier, context -> loss(context, room.voxels())));
        }
        all.add(Workload.of("sgd/37m", Tier.STANDARD, EngineWorkloads::sgd));
        return all;
    }

    /** A product of two square matrices. */
    static PreparedWorkload gemm(TensorEngine engine, int size) {
        Buffer a = engine.bufferOf(random(size * size));
        Buffer b = engine.bufferOf(random(size * size));
        Buffer c = engine.bufferOf(new float[size * size]);
        long n = size;
        return PreparedWorkload.of(
                new Work(2 * n * n * n, 3 * n * n * Float.BYTES, 0),
                () -> engine.dense().gemm(false, false, size, size, size, a, b, c, false));
    }

    /** A copy from one array to another, on all threads or in the memory of the device. */
    static PreparedWorkload copy(TensorEngine engine) {
        float[] from = random(COPY);
        if (!engine.onHeap()) {
            Buffer source = engine.bufferOf(from);
            Buffer target = engine.bufferOf(new float[COPY]);
            return PreparedWorkload.of(
                    new Work(0, 2L * COPY * Float.BYTES, 0),
                    () -> engine.dense().copy(COPY, source, target));
        }
        float[] to = new float[COPY];
        Parallel parallel = engine.parallel();
        return PreparedWorkload.of(
                new Work(0, 2L * COPY * Float.BYTES, 0),
                () -> parallel.rows(
                        COPY, CHUNK, (first, last) -> System.arraycopy(from, first, to, first, last - first)));
    }

    /** A batch norm with residual and ReLU, on running statistics. */
    private static PreparedWorkload normEval(WorkloadContext context, int rows, int channels) {
        WorkCounter counter = new WorkCounter();
        TensorEngine engine = ObservedEngine.of(context.engine(), counter);
        BatchNorm norm = new BatchNorm(engine, channels, Momentum.ofBatch(0.1));
        norm.training(false);
        Tensor x = engine.wrap(random(rows * channels), rows, channels);
        Tensor residual = engine.wrap(random(rows * channels), rows, channels);
        return new Counted(counter, rows, () -> {}, () -> {
            try (var scope = engine.noGrad()) {
                norm.apply(x, Optional.of(residual), true).release();
            }
        });
    }

    /** The same in training, forward and backward. */
    private static PreparedWorkload normTrain(WorkloadContext context, int rows, int channels) {
        WorkCounter counter = new WorkCounter();
        TensorEngine engine = ObservedEngine.of(context.engine(), counter);
        BatchNorm norm = new BatchNorm(engine, channels, Momentum.ofBatch(0.1));
        Tensor x = engine.wrap(random(rows * channels), rows, channels).requireGrad();
        Tensor residual = engine.wrap(random(rows * channels), rows, channels).requireGrad();
        float[] values = random(rows * channels);
        Tensor[] gradient = new Tensor[1];
        Runnable renew = () -> {
            x.clearGrad();
            residual.clearGrad();
            norm.parameters().forEach(parameter -> parameter.tensor().clearGrad());
            gradient[0] = engine.allocate(rows, channels);
            gradient[0].set(values);
        };
        return new Counted(counter, rows, renew, () -> {
            Tensor y = norm.apply(x, Optional.of(residual), true);
            y.backward(gradient[0]);
            y.release();
        });
    }

    private static PreparedWorkload loss(WorkloadContext context, int rows) {
        WorkCounter counter = new WorkCounter();
        TensorEngine engine = ObservedEngine.of(context.engine(), counter);
        float[] logits = random(rows * CLASSES);
        Indices labels = engine.labels(new Random(rows).ints(rows, 0, CLASSES).toArray(), CLASSES);
        return new Counted(counter, rows, () -> {}, () -> {
            Tensor x = engine.wrap(logits, rows, CLASSES).requireGrad();
            Tensor loss = new CrossEntropy(labels, 0, Buffer.NONE).apply(x);
            loss.backward();
            loss.release();
            x.clearGrad();
        });
    }

    /** One step over as many parameters as the published network has. */
    private static PreparedWorkload sgd(WorkloadContext context) {
        int n = 37_850_000;
        TensorEngine engine = context.engine();
        Buffer parameter = engine.bufferOf(random(n));
        Buffer gradient = engine.bufferOf(random(n));
        Buffer momentum = engine.bufferOf(new float[n]);
        Buffer step = engine.bufferOf(StepNumbers.sgd(1e-3, 0.9, 0.1, false, false));
        return PreparedWorkload.of(
                new Work(0, 5L * n * Float.BYTES, 0),
                () -> engine.dense().sgdStep(n, parameter, gradient, momentum, step, Buffer.NONE, 1e-4f));
    }

    /** Work that is counted while it runs. */
    private record Counted(WorkCounter counter, int rows, Runnable renewal, Runnable body) implements PreparedWorkload {
        @Override
        public void renew() {
            counter.clear();
            renewal.run();
        }

        @Override
        public void run() {
            body.run();
        }

        @Override
        public Work work() {
            return counter.work().over(rows);
        }
    }

    static float[] random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
