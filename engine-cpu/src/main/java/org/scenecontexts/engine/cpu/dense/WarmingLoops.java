package org.scenecontexts.engine.cpu.dense;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives plain loops until the compiler has made their vector twins fast, which run a hundred times slower before.
 *
 * <p>Both compute the same bits, so that nobody sees the change but in time. After some thousand pieces of work, about the
 * first steps of a training, a thread of its own runs the vector loops on made-up numbers until they are no
 * longer slow.
 *
 * @since 0.1
 */
public final class WarmingLoops implements Supplier<Loops> {

    private static final Logger log = LoggerFactory.getLogger(WarmingLoops.class);

    /** Chunks of work before the warm-up starts: short runs are over before it would pay. */
    private static final int PATIENCE = 3_000;

    /** Nanoseconds after which no loop is waited for. */
    private static final long LIMIT = 20_000_000_000L;

    private static final int CALLS = 300;

    private static final int CHECKS = 3;

    /** A loop that takes at most so many times as long as its twin is compiled; one that is not takes far longer. */
    private static final double READY = 2.0;

    private final Loops plain;
    private final Loops vector;
    private final AtomicInteger given = new AtomicInteger();
    private volatile boolean warm;

    /**
     * @param plain what is given first
     * @param vector what is given once it is faster; has to compute the same bits
     */
    public WarmingLoops(Loops plain, Loops vector) {
        this.plain = plain;
        this.vector = vector;
    }

    @Override
    public Loops get() {
        if (warm) {
            return vector;
        }
        if (given.getAndIncrement() == PATIENCE) {
            Thread.ofPlatform().name("csc-warm-up").daemon().start(this::warmUp);
        }
        return plain;
    }

    /** Short calls, whose number is what has them compiled, then longer ones that show whether they are. */
    private void warmUp() {
        LoopTour calls = new LoopTour(8, 16);
        LoopTour check = new LoopTour(128, 32);
        BitSet slow = new BitSet();
        slow.set(0, calls.size());
        long start = System.nanoTime();
        while (!slow.isEmpty() && System.nanoTime() - start < LIMIT) {
            for (int loop = slow.nextSetBit(0); loop >= 0; loop = slow.nextSetBit(loop + 1)) {
                calls.time(loop, vector, CALLS);
                if (check.time(loop, vector, CHECKS) <= READY * check.time(loop, plain, CHECKS)) {
                    slow.clear(loop);
                }
            }
        }
        // Those that are still slow, on a machine that is busy otherwise, get compiled by being used.
        warm = true;
        log.debug("warm-up of vector loops ended after {} ms, slow: {}", (System.nanoTime() - start) / 1_000_000, slow);
    }
}
