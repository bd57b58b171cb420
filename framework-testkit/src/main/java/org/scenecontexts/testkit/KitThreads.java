package org.scenecontexts.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.scenecontexts.api.engine.Parallel;

/** Plain threads for kernels under test: whoever is free takes the next piece. */
final class KitThreads implements Parallel, AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    KitThreads(int threads) {
        this.threads = threads;
        pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void run(int pieces, Piece piece) {
        List<Future<?>> open = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            int index = i;
            open.add(pool.submit(() -> piece.run(index)));
        }
        for (Future<?> future : open) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a piece of work failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while pieces of work were running", e);
            }
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
