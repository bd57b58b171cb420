package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scenecontexts.api.engine.Parallel;

@Timeout(60)
class WorkerPoolTest {

    private final WorkerPool pool = new WorkerPool(3);

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void everyPieceRunsExactlyOnce() {
        for (int job = 0; job < 20_000; job++) {
            int pieces = job % 17;
            AtomicIntegerArray runs = new AtomicIntegerArray(17);
            pool.run(pieces, runs::incrementAndGet);
            for (int i = 0; i < 17; i++) {
                assertThat(runs.get(i)).isEqualTo(i < pieces ? 1 : 0);
            }
        }
    }

    @Test
    void whatPiecesWroteIsSeenAfterwards() {
        long[] squares = new long[64];
        for (int job = 0; job < 5_000; job++) {
            int offset = job;
            pool.run(64, i -> squares[i] = (long) offset * i);
            for (int i = 0; i < 64; i++) {
                assertThat(squares[i] == (long) offset * i).isTrue();
            }
        }
    }

    @Test
    void severalThreadsWorkAtTheSameTime() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(3);
        Set<String> names = ConcurrentHashMap.newKeySet();
        pool.run(3, i -> {
            names.add(Thread.currentThread().getName());
            together.countDown();
            try {
                assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(names).hasSize(3);
    }

    @Test
    void sleepingThreadsAreWokenForTheNextJob() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            Thread.sleep(20);
            severalThreadsWorkAtTheSameTime();
        }
    }

    @Test
    void aFailingPieceFailsTheJobOnceAllOthersHaveEnded() {
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> pool.run(200, i -> {
                    running.incrementAndGet();
                    try {
                        if (i == 5) {
                            throw new IllegalArgumentException("piece 5");
                        }
                        Thread.onSpinWait();
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("piece 5");
        assertThat(running).hasValue(0);
        AtomicInteger after = new AtomicInteger();
        pool.run(10, i -> after.incrementAndGet());
        assertThat(after).as("the pool still works").hasValue(10);
    }

    @Test
    void errorsOfWorkersReachTheCaller() {
        assertThatThrownBy(() -> pool.run(50, i -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aCallFromInsideAPieceRunsInOrderOnItsThread() {
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger inner = new AtomicInteger();
        pool.run(8, i -> {
            Thread outer = Thread.currentThread();
            int[] expected = {0};
            pool.run(20, j -> {
                inner.incrementAndGet();
                if (Thread.currentThread() != outer || expected[0]++ != j) {
                    wrong.incrementAndGet();
                }
            });
        });
        assertThat(inner).hasValue(160);
        assertThat(wrong).hasValue(0);
    }

    @Test
    void severalCallersMayShareThePool() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        Thread[] callers = new Thread[4];
        for (int c = 0; c < callers.length; c++) {
            callers[c] = new Thread(() -> {
                for (int job = 0; job < 2_000; job++) {
                    pool.run(5, i -> done.incrementAndGet());
                }
            });
            callers[c].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(done).hasValue(4 * 2_000 * 5);
    }

    @Test
    void aCallAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Parallel.Piece piece = i -> {};
        for (int i = 0; i < 20_000; i++) {
            pool.run(4, piece);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            pool.run(4, piece);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }

    @Test
    void aClosedPoolStillRunsJobsOnTheCallingThread() {
        pool.close();
        Set<Thread> by = ConcurrentHashMap.newKeySet();
        pool.run(10, i -> by.add(Thread.currentThread()));
        assertThat(by).contains(Thread.currentThread());
    }

    @Test
    void rangesCoverAllRowsWhateverTheThreads() {
        AtomicIntegerArray covered = new AtomicIntegerArray(1003);
        pool.rows(1003, 100, (from, to) -> {
            assertThat(from % 100).isZero();
            for (int i = from; i < to; i++) {
                covered.incrementAndGet(i);
            }
        });
        for (int i = 0; i < 1003; i++) {
            assertThat(covered.get(i)).isEqualTo(1);
        }
    }

    @Test
    void aPoolWithoutThreadsIsRefused() {
        assertThatThrownBy(() -> new WorkerPool(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0")
                .hasMessageContaining("--threads");
    }
}
