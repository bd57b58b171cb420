package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.Indices;

/** What is said about the size of batches after the second step of a training. */
class BatchRoomTest {

    private static final long MEBI = 1 << 20;

    /** A pool of which nothing is taken but numbers. */
    private static final class Pool implements BufferPool {

        private OptionalLong capacity = OptionalLong.of(1000 * MEBI);
        private long lent = 100 * MEBI;
        private long peak;

        @Override
        public OptionalLong capacity() {
            return capacity;
        }

        @Override
        public long lentBytes() {
            return lent;
        }

        @Override
        public long peakBytes() {
            return peak;
        }

        @Override
        public long bytes() {
            return peak;
        }

        @Override
        public void restartPeak() {
            peak = lent;
        }

        @Override
        public void trim() {}

        @Override
        public void give(Buffer buffer) {}

        @Override
        public Buffer take(int length) {
            throw new UnsupportedOperationException("nothing is lent here");
        }

        @Override
        public Indices takeIndices(int length, int range) {
            throw new UnsupportedOperationException("nothing is lent here");
        }
    }

    private final Pool pool = new Pool();
    private final BatchRoom room = new BatchRoom(pool);

    private Optional<String> step(long taken) {
        pool.restartPeak();
        room.begin();
        room.batch(1, 4999);
        room.batch(4, 5000);
        pool.peak = pool.lent + taken;
        return room.end();
    }

    @Test
    void theSecondStepSaysHowMuchLargerABatchCouldBe() {
        assertThat(step(300 * MEBI)).isEmpty();
        pool.lent = 200 * MEBI;
        assertThat(step(160 * MEBI))
                .contains("a batch of 4 scenes (5,000 rows) took 160.0 of the 800 MiB that there are for one:"
                        + " about 5.0 times as much fits ('batch: 20')");
        assertThat(step(160 * MEBI)).isEmpty();
    }

    @Test
    void nothingIsSaidOfMemoryWhoseEndNobodyKnows() {
        pool.capacity = OptionalLong.empty();
        step(160 * MEBI);
        assertThat(step(160 * MEBI)).isEmpty();
    }
}
