package org.scenecontexts.runtime.train;

import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.engine.BufferPool;

/**
 * Says early in a training how large its batches could be, so that a device is neither left half empty nor found to be full after
 * hours: measured in the second step, when parameters, gradients and the optimizer's memory all have their place.
 */
final class BatchRoom {

    private static final int MEASURED_STEP = 2;
    private static final double MEBI = 1 << 20;

    private final BufferPool pool;
    private int step;
    private long kept;
    private long scenes;
    private long rows;

    BatchRoom(BufferPool pool) {
        this.pool = pool;
    }

    /** A step begins, and with it a new {@linkplain BufferPool#peakBytes peak}. */
    void begin() {
        step++;
        kept = pool.lentBytes();
        scenes = 0;
        rows = 0;
    }

    /** A batch of the step; of several the largest counts, since they are there one after the other. */
    void batch(long itsScenes, long itsRows) {
        if (itsRows > rows) {
            scenes = itsScenes;
            rows = itsRows;
        }
    }

    /** What there is to say at the end of a step: something once, and only of a device whose memory has an end. */
    Optional<String> end() {
        long taken = pool.peakBytes() - kept;
        if (step != MEASURED_STEP || pool.capacity().isEmpty() || taken <= 0 || rows == 0) {
            return Optional.empty();
        }
        long room = pool.capacity().getAsLong() - kept;
        double times = (double) room / taken;
        return Optional.of(String.format(
                Locale.ROOT,
                "%s took %.1f of the %.0f MiB that there are for one: about %.1f times as much fits ('batch: %d')",
                String.format(
                        Locale.ROOT, "a batch of %d %s (%,d rows)", scenes, scenes == 1 ? "scene" : "scenes", rows),
                taken / MEBI,
                room / MEBI,
                times,
                Math.max(1, (long) (scenes * times))));
    }
}
