package com.example.opendata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.PointCloud;

class KittiScansTest {

    @TempDir
    Path folder;

    @Test
    void readsEveryFieldOfEveryPoint() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {1, 2, 3, 0.5f, -4, 5, 6, 0.25f}) {
            bytes.putFloat(value);
        }
        PointCloud cloud = new KittiScans().read(Files.write(folder.resolve("a.bin"), bytes.array()));
        assertEquals(2, cloud.size());
        assertEquals(List.of("x", "y", "z", "intensity"), cloud.names());
        assertEquals(0.25f, cloud.column("intensity").values().floats()[1]);
    }

    @Test
    void aCutFileIsRefusedWithItsName() throws IOException {
        Path file = Files.write(folder.resolve("cut.bin"), new byte[17]);
        CloudException cut = assertThrows(CloudException.class, () -> new KittiScans().read(file));
        assertTrue(cut.getMessage().contains("cut.bin: has 17 bytes"), cut.getMessage());
    }
}
