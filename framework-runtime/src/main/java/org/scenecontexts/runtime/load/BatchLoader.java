package org.scenecontexts.runtime.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.scenecontexts.api.data.Batch;

/**
 * Prepares batches ahead of the network in threads of its own and hands them out in order.
 *
 * <p>At most {@code workers + 1} batches are ready or under way at a time. What a batch holds follows from its number
 * alone (see {@link BatchMaker}), so neither threads nor timing can change it. Driven by one thread; close when done.
 *
 * @since 0.1
 */
public final class BatchLoader implements AutoCloseable {

    private static final long STOP_SECONDS = 20;

    private final BatchMaker maker;
    private final ExecutorService threads;
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
    private final int depth;
    private final long end;
    private long nextToStart;

    /**
     * Starts preparing.
     *
     * @param first number of the first batch
     * @param end one past the number of the last batch
     * @param workers threads, at least 1; no more are started than there are batches
     */
    public BatchLoader(BatchMaker maker, long first, long end, int workers) {
        this.maker = maker;
        this.end = Math.min(end, maker.batches());
        this.nextToStart = first;
        this.depth = workers + 1;
        this.threads = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("csc-loader-", 1).factory());
        fill();
    }

    private void fill() {
        while (ahead.size() < depth && nextToStart < end) {
            long number = nextToStart++;
            ahead.add(threads.submit(() -> maker.make(number)));
        }
    }

    /** Whether there is another batch. */
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    /**
     * The next batch; waits for it.
     *
     * @throws org.scenecontexts.api.data.CloudException when an example of it could not be prepared; the message names it
     * @throws NoSuchElementException when there is none
     */
    public Batch next() {
        if (ahead.isEmpty()) {
            throw new NoSuchElementException("all batches up to number " + end + " have been handed out");
        }
        try {
            Batch batch = ahead.remove().get();
            fill();
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a batch");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Stops the threads; batches that nobody took are dropped. */
    @Override
    public void close() {
        ahead.forEach(future -> future.cancel(true));
        ahead.clear();
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
