package org.scenecontexts.runtime.train;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.runtime.run.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the batch that fits where one did not: it tries the largest scene of that batch alone, forwards and backwards, and counts how
 * often what that took goes into what is free. The training has failed by then, so that nothing of this is kept.
 */
final class FittingBatch {

    private static final Logger LOG = LoggerFactory.getLogger(FittingBatch.class);
    private static final double MEBI = 1 << 20;
    private static final long WAIT_FOR_COLLECTOR_MILLIS = 100;

    private final TensorEngine engine;
    private final Model model;
    private final int accumulate;

    FittingBatch(TensorEngine engine, Model model, int accumulate) {
        this.engine = engine;
        this.model = model;
        this.accumulate = accumulate;
    }

    /** What a failure was about, if it was that the device is full. */
    static Optional<DeviceFullException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeviceFullException full) {
                return Optional.of(full);
            }
        }
        return Optional.empty();
    }

    /** One sentence about a batch that did not fit, with what does. */
    String instead(Batch batch, DeviceFullException full) {
        int samples = batch.samples().size();
        String what = full.getMessage() + "; a batch of " + samples + (samples == 1 ? " scene" : " scenes")
                + " does not fit. ";
        // What the failed step has left is the collector's; what is outside the pool stays: parameters and their like.
        long fixed = full.taken() - engine.buffers().bytes();
        Optional<Long> one = Optional.empty();
        if (samples > 1) {
            batch.close();
            one = taken(largest(batch.samples()));
        }
        if (one.isEmpty()) {
            return what + "Not one scene of this batch fits: use larger voxels or fewer points, or "
                    + keepingLess(engine);
        }
        long room = full.capacity() - fixed;
        long fitting = Math.min(samples - 1L, Math.max(1, room / Math.max(1, one.get())));
        return what
                + String.format(
                        Locale.ROOT,
                        "Its largest scene takes %.0f MiB alone, and %.0f MiB are left for batches: 'batch: %d' fits"
                                + " (with 'accumulate: %d' a step learns from as many scenes), or %s",
                        one.get() / MEBI,
                        room / MEBI,
                        fitting,
                        Math.ceilDiv((long) samples * accumulate, fitting),
                        keepingLess(engine));
    }

    /** What makes a step keep less on an engine, and is not asked for yet. */
    static String keepingLess(TensorEngine engine) {
        String recompute = "where the backbone has it recompute: true, which about halves what a step keeps";
        boolean canPack = engine.programs().isPresent() && engine.packing().isEmpty();
        return canPack ? recompute + ", or 'keep: bf16' of the device, which keeps about a quarter less" : recompute;
    }

    private static Sample largest(List<Sample> samples) {
        return samples.stream()
                .max(Comparator.comparingLong(sample ->
                        sample.views().stream().mapToLong(view -> view.size()).sum()))
                .orElseThrow();
    }

    /** Bytes that the pool has of the device after one scene; nothing where that does not fit either. */
    private Optional<Long> taken(Sample sample) {
        BufferPool pool = engine.buffers();
        System.gc();
        try {
            Thread.sleep(WAIT_FOR_COLLECTOR_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.trim();
        try (Batch alone = Batch.of(List.of(sample), model.inputs())) {
            LossResult loss = model.task().loss(model.backbone(), alone);
            if (loss.total().requiresGrad()) {
                loss.total().backward(leaf -> {});
            }
            LOG.debug("one scene of {} rows took {} bytes", rows(alone), pool.bytes());
            return Optional.of(pool.bytes());
        } catch (RuntimeException e) {
            LOG.debug("one scene alone", e);
            return Optional.empty();
        }
    }

    /** Points of a batch, of all views. */
    static long rows(Batch batch) {
        return batch.views().stream().mapToLong(PointBatch::rows).sum();
    }
}
