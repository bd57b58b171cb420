package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;

class PooledBuffersTest {

    private final PooledBuffers pool = new PooledBuffers();

    @Test
    void aBufferIsAtLeastAsLongAsAskedAndWastesAnEighthAtMost() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            int length = 1 + (int) Math.exp(random.nextDouble() * 13);
            int found = pool.take(length).capacity();
            assertThat(found).isGreaterThanOrEqualTo(length);
            assertThat(found).isLessThanOrEqualTo(Math.max(16, length + length / 8 + 1));
            pool.trim();
        }
        assertThat(pool.take(0)).isNotNull();
    }

    @Test
    void everyLengthFallsIntoAClassThatHoldsIt() {
        for (long length = 16; length <= Integer.MAX_VALUE - 8; length += 1 + length / 97) {
            int n = (int) length;
            int rounded = LeasePool.lengthOf(LeasePool.classOf(n));
            assertThat(rounded).isGreaterThanOrEqualTo(n);
            assertThat((double) rounded).isLessThanOrEqualTo(1.126 * n);
            assertThat(LeasePool.classOf(rounded)).isEqualTo(LeasePool.classOf(n));
        }
        assertThat(LeasePool.lengthOf(LeasePool.classOf(Integer.MAX_VALUE - 8))).isEqualTo(Integer.MAX_VALUE - 8);
    }

    @Test
    void aBufferGivenBackIsLentAgain() {
        Buffer first = pool.take(1000);
        pool.give(first);
        assertThat(pool.take(990)).isSameAs(first);
        assertThat(pool.bytes()).isEqualTo(4L * first.capacity());
    }

    @Test
    void noBufferIsLentTwiceAtATime() {
        Set<Buffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Buffer> order = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            if (order.size() < 50 && random.nextBoolean() || order.isEmpty()) {
                Buffer buffer = pool.take(1 + random.nextInt(3000));
                assertThat(lent.add(buffer)).isTrue();
                order.add(buffer);
            } else {
                Buffer buffer = order.remove(random.nextInt(order.size()));
                lent.remove(buffer);
                pool.give(buffer);
            }
        }
        assertThat(pool.lentBytes())
                .isEqualTo(order.stream().mapToLong(b -> 4L * b.capacity()).sum());
    }

    @Test
    void aRepeatedPatternAllocatesNothingNew() {
        long after = 0;
        for (int step = 0; step < 20; step++) {
            List<Buffer> lent = new ArrayList<>();
            for (int i = 1; i < 60; i++) {
                lent.add(pool.take(i * 1000));
            }
            lent.forEach(pool::give);
            if (step == 0) {
                after = pool.bytes();
            }
            assertThat(pool.bytes()).isEqualTo(after);
        }
    }

    @Test
    void batchesOfChangingSizeDoNotPileUp() {
        Random random = new Random(3);
        long mostLent = 0;
        for (int step = 0; step < 300; step++) {
            int rows = 1_000 + random.nextInt(3_000);
            List<Buffer> lent = new ArrayList<>();
            for (int channels : new int[] {1, 4, 8, 2, 8, 4}) {
                lent.add(pool.take(rows * channels));
            }
            mostLent = Math.max(mostLent, pool.lentBytes());
            lent.forEach(pool::give);
            assertThat(pool.bytes()).isLessThanOrEqualTo(mostLent * 201 / 100);
        }
    }

    @Test
    void sizesThatAreNeverLentTogetherAreKeptForTheNextStep() {
        for (int step = 0; step < 3; step++) {
            pool.give(pool.take(100_000));
            pool.give(pool.take(60_000));
            assertThat(pool.madeBytes()).as("bytes made up to step %d", step).isLessThan(4L * 190_000);
        }
    }

    @Test
    void trimForgetsWhatIsIdleAndKeepsWhatIsLent() {
        Buffer lent = pool.take(5000);
        pool.give(pool.take(100_000));
        pool.trim();
        assertThat(pool.bytes()).isEqualTo(4L * lent.capacity());
        pool.give(lent);
        assertThat(pool.take(5000)).isSameAs(lent);
    }

    @Test
    void givingBackTwiceIsAnError() {
        Buffer buffer = pool.take(100);
        pool.give(buffer);
        assertThatThrownBy(() -> pool.give(buffer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back twice");
    }

    @Test
    void aForeignBufferIsAnError() {
        assertThatThrownBy(() -> pool.give(HeapBuffer.of(new float[64])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did not make it");
    }

    @Test
    @Timeout(60)
    void aBufferThatNobodyGivesBackStopsCountingWhenItIsCollected() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            pool.take(1 << 16);
        }
        while (pool.bytes() > 0) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void dropsIdleBuffersBeforeItGivesUpInAFullHeap() {
        int[] room = {1};
        PooledBuffers tight = new PooledBuffers(
                length -> {
                    if (room[0]-- == 0) {
                        throw new OutOfMemoryError("full");
                    }
                    return new float[length];
                },
                false);
        tight.give(tight.take(16));
        room[0] = 0;

        assertThat(tight.take(1000).capacity()).isEqualTo(1024);
        assertThat(tight.bytes()).isEqualTo(4096);
    }
}
