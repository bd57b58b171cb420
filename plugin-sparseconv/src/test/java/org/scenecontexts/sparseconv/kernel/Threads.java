package org.scenecontexts.sparseconv.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.scenecontexts.api.engine.Parallel;

/** A plain {@link Parallel} for tests: starts threads for every job and lets them race for the pieces. */
public record Threads(int threads) implements Parallel {

    @Override
    public void run(int pieces, Piece piece) {
        AtomicInteger next = new AtomicInteger();
        Thread[] workers = new Thread[threads];
        Throwable[] failure = new Throwable[1];
        for (int t = 0; t < threads; t++) {
            workers[t] = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                    piece.run(i);
                }
            });
            workers[t].setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
            workers[t].start();
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failure[0] != null) {
            throw new IllegalStateException("a piece failed", failure[0]);
        }
    }
}
