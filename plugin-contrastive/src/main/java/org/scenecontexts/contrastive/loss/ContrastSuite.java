package org.scenecontexts.contrastive.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.pf4j.Extension;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.api.workload.WorkloadSuite;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;

/**
 * Offers the contrastive loss to be measured as pre-training uses it: all chosen points of a pair against all, in the published
 * four contexts (REFERENCE 4.4 a), with the gradient to both views.
 *
 * @since 0.2
 */
@Extension
public final class ContrastSuite implements WorkloadSuite {

    private static final int CHANNELS = 32;

    /** Products of the similarities, and of the gradients to the two views. */
    private static final int PRODUCTS = 3;

    @Override
    public String name() {
        return "contrastive";
    }

    @Override
    public String summary() {
        return "The contrastive loss of scene contexts, forward and backward.";
    }

    @Override
    public List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        for (int points : new int[] {1024, 4096}) {
            all.add(Workload.of(
                    "contrastive/scene-contexts/" + points, Tier.FULL, context -> prepare(context, points)));
        }
        return all;
    }

    private static PreparedWorkload prepare(WorkloadContext context, int points) {
        TensorEngine engine = context.engine();
        Partitioner partitioner = Partitioner.best(new HalfSpaces(0.05, 0.5));
        float[] positions = Samplers.points(points)
                .sample(context.room(RoomSize.K60), new SplittableRandom(1))
                .scene()
                .positions();
        float[] weights = new float[partitioner.count()];
        Arrays.fill(weights, 1f / weights.length);
        Tensor first = engine.wrap(unit(points, 1), points, CHANNELS).requireGrad();
        Tensor second = engine.wrap(unit(points, 2), points, CHANNELS).requireGrad();
        long pairs = (long) points * points;
        return PreparedWorkload.of(
                new Work(2L * PRODUCTS * pairs * CHANNELS, 4L * Float.BYTES * points * CHANNELS, points), () -> {
                    InfoNceOp op = new InfoNceOp(partitioner, positions, 0.4, weights);
                    Tensor loss = op.apply(first, second);
                    op.losses().release();
                    loss.backward();
                    loss.release();
                    first.clearGrad();
                    second.clearGrad();
                });
    }

    /** Rows of length 1, as the task gives them. */
    private static float[] unit(int rows, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * CHANNELS];
        for (int i = 0; i < rows; i++) {
            double squares = 0;
            for (int c = 0; c < CHANNELS; c++) {
                values[i * CHANNELS + c] = (float) random.nextGaussian();
                squares += values[i * CHANNELS + c] * values[i * CHANNELS + c];
            }
            for (int c = 0; c < CHANNELS; c++) {
                values[i * CHANNELS + c] /= (float) Math.sqrt(squares);
            }
        }
        return values;
    }
}
