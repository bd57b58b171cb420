package org.scenecontexts.engine.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.scenecontexts.api.engine.Parallel;

/**
 * Spreads the pieces of a job over a fixed set of daemon threads, because starting threads or tasks per operator would
 * cost more than many operators do.
 *
 * <p>The calling thread works too. Threads claim pieces from a shared counter, so a busy core delays nobody by more than
 * one piece; a thread that wakes up late finds the job closed and is not waited for. A call from inside a piece, or while
 * another thread has the pool, runs its pieces in order on the calling thread: the result is the same. A call allocates
 * nothing.
 *
 * @since 0.1
 */
public final class WorkerPool implements Parallel, AutoCloseable {

    /** How often an idle thread looks for work before it sleeps: about 30 microseconds. */
    private static final int SPINS = 1_000;

    /** Bit of {@link #state} that says that threads may still join the job. */
    private static final long OPEN = 1L << 31;

    private static final long MEMBERS = OPEN - 1;

    private final Worker[] workers;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicInteger next = new AtomicInteger();

    /** Number of the job in the upper half; below it whether it is open, and how many workers are on it. */
    private final AtomicLong state = new AtomicLong();

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Piece job;
    private int pieces;
    private volatile Thread waiting;
    private volatile boolean closed;

    /** @param threads threads that work at the same time, the calling one included; at least 1 */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs at least 1 thread, found " + threads
                    + "; give --threads a number from 1 to the number of cores");
        }
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker("csc-worker-" + (i + 1));
        }
        for (Worker worker : workers) {
            worker.start();
        }
    }

    @Override
    public int threads() {
        return workers.length + 1;
    }

    @Override
    public void run(int count, Piece piece) {
        if (count <= 1 || workers.length == 0 || !taken.compareAndSet(false, true)) {
            for (int i = 0; i < count; i++) {
                piece.run(i);
            }
            return;
        }
        try {
            spread(count, piece);
        } finally {
            taken.set(false);
        }
    }

    private void spread(int count, Piece piece) {
        job = piece;
        pieces = count;
        next.set(0);
        // Publishes the fields above: workers read them after they have joined through this variable.
        long number = (state.get() >>> 32) + 1;
        state.set(number << 32 | OPEN);
        int wanted = Math.min(workers.length, count - 1);
        for (int i = 0; i < wanted; i++) {
            if (workers[i].asleep) {
                LockSupport.unpark(workers[i]);
            }
        }
        claim();
        finish();
        job = null;
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw rethrow(thrown);
        }
    }

    /** Lets nobody join any more and waits for those who have. */
    private void finish() {
        waiting = Thread.currentThread();
        long now = state.updateAndGet(s -> s & ~OPEN);
        int spins = 0;
        while ((now & MEMBERS) != 0) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
            now = state.get();
        }
        waiting = null;
    }

    private void claim() {
        Piece work = job;
        int count = pieces;
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.run(i);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            next.set(count);
        }
    }

    private static RuntimeException rethrow(Throwable thrown) {
        return switch (thrown) {
            case Error e -> throw e;
            case RuntimeException e -> e;
            default -> new IllegalStateException("a piece of work failed: " + thrown, thrown);
        };
    }

    /** Ends the threads. Jobs that come later run on the calling thread. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {

        private volatile boolean asleep;
        private long seen;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            int spins = 0;
            while (!closed) {
                if (joins()) {
                    claim();
                    leave();
                    spins = 0;
                } else if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    spins = 0;
                }
            }
        }

        /** Whether there is an open job that this worker has not been on, and it is on it now. */
        private boolean joins() {
            long now = state.get();
            while (isNews(now)) {
                if (state.compareAndSet(now, now + 1)) {
                    seen = now >>> 32;
                    return true;
                }
                now = state.get();
            }
            return false;
        }

        private boolean isNews(long now) {
            return (now & OPEN) != 0 && now >>> 32 != seen;
        }

        private void leave() {
            // Read first: once the count is zero the caller may go on and forget that it waited.
            Thread caller = waiting;
            long now = state.decrementAndGet();
            if ((now & (OPEN | MEMBERS)) == 0 && (caller != null || (caller = waiting) != null)) {
                LockSupport.unpark(caller);
            }
        }

        private void sleep() {
            asleep = true;
            // Whoever opens a job after this line sees the flag; whoever did before is seen here.
            if (!isNews(state.get()) && !closed) {
                LockSupport.park(WorkerPool.this);
            }
            asleep = false;
        }
    }
}
