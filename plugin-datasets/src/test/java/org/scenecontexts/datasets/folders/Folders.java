package org.scenecontexts.datasets.folders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;

/** Writes files as other programs do. */
final class Folders {

    private Folders() {}

    static void floats(Path file, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        bytes(file, bytes);
    }

    static void longs(Path file, long... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        bytes(file, bytes);
    }

    static void ints(Path file, int... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        bytes(file, bytes);
    }

    private static void bytes(Path file, ByteBuffer bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.array());
    }

    static void text(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A scene of Pointcept with three points: coord f4, color u1, normal f4. */
    static void pointcept(Path scene) {
        Npy.write(scene.resolve("coord.npy"), NpArray.of(new float[] {0, 0, 0, 1, 0, 0, 1, 2, 0.5f}, 3, 3));
        Npy.write(
                scene.resolve("color.npy"),
                NpArray.of(new int[] {0, 10, 255, 1, 2, 3, 200, 100, 50}, 3, 3).as(ArrayElement.UINT8));
        Npy.write(scene.resolve("normal.npy"), NpArray.of(new float[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, 3, 3));
    }

    static void labels(Path scene, String name, ArrayElement type, boolean column, int... values) {
        NpArray array = column ? NpArray.of(values, values.length, 1) : NpArray.of(values, values.length);
        Npy.write(scene.resolve(name), array.as(type));
    }
}
