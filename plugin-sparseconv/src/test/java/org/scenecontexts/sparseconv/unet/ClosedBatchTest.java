package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;

/** What a batch's kernel maps do when the batch is closed, as the trainer does after every step. */
class ClosedBatchTest {

    @Test
    void itsKernelMapsAreRefused() {
        PointBatch batch = batch();
        KernelMap map = VoxelHierarchy.of(batch).cube(0, 3, KernelLayout.HYPERCUBE);
        assertThat(map.pair(0)).isNotEmpty();
        batch.close();
        assertThatThrownBy(() -> map.pair(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its batch was closed");
    }

    @Test
    void noHierarchyIsBuiltAnyMore() {
        PointBatch batch = batch();
        batch.close();
        assertThatThrownBy(() -> VoxelHierarchy.of(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a batch of 3 rows was used after it was closed");
    }

    @Test
    void whatWasDerivedIsClosedOnce() {
        AtomicInteger closed = new AtomicInteger();
        PointBatch batch = batch();
        batch.derived("closeable", () -> (AutoCloseable) closed::incrementAndGet);
        batch.derived("plain", () -> "text");
        batch.close();
        batch.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aDerivedThingThatCannotBeClosedIsNamed() {
        PointBatch batch = batch();
        batch.derived("broken", () -> (AutoCloseable) () -> {
            throw new Exception("no more disk");
        });
        assertThatThrownBy(batch::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no more disk");
    }

    private static PointBatch batch() {
        return GoldenBatch.of(new int[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0}, new float[9], new int[3]);
    }
}
