package org.scenecontexts.datasets.raw;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.TorchArray;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchValue;
import org.scenecontexts.io.torch.TorchWriter;

/**
 * Writes the files of one scene, each whole or not at all, and reads every one of them back: a disk that keeps something else
 * must not be found out in the middle of a training.
 *
 * @since 0.2
 */
public final class SceneOutput {

    private final Path target;
    private final Map<String, String> written = new LinkedHashMap<>();

    SceneOutput(Path target) {
        this.target = target;
    }

    /** For files of which no records are kept. */
    public static SceneOutput in(Path target) {
        return new SceneOutput(target);
    }

    /** A tuple of arrays as {@code torch.save} writes it. */
    public void tuple(String name, List<NpArray> arrays) {
        torch(
                name,
                new TorchValue.Sequence(
                        TorchValue.Sequence.Kind.TUPLE,
                        arrays.stream()
                                .map(TorchArray::of)
                                .map(TorchValue.class::cast)
                                .toList()),
                arrays);
    }

    /** One array as {@code torch.save} writes it. */
    public void array(String name, NpArray array) {
        torch(name, TorchArray.of(array), List.of(array));
    }

    private void torch(String name, TorchValue value, List<NpArray> arrays) {
        Path file = target.resolve(name);
        TorchWriter.write(file, value);
        TorchValue found = TorchFile.read(file).root();
        List<TorchValue> items = found instanceof TorchValue.Sequence tuple ? tuple.items() : List.of(found);
        for (int i = 0; i < arrays.size(); i++) {
            verify(
                    file,
                    i < items.size() && items.get(i) instanceof TorchArray array && same(array.array(), arrays.get(i)));
        }
        record(name, file);
    }

    /** A {@code .npy} file. */
    public void npy(String name, NpArray array) {
        Path file = target.resolve(name);
        Npy.write(file, array);
        verify(file, same(Npy.read(file), array));
        record(name, file);
    }

    /** A {@code .npz} archive of one array, compressed as {@code np.savez_compressed} does. */
    public void npz(String name, String key, NpArray array) {
        Path file = target.resolve(name);
        Npz.writeCompressed(file, Map.of(key, array));
        try (Npz back = Npz.open(file)) {
            verify(file, same(back.get(key), array));
        }
        record(name, file);
    }

    /** Any bytes. */
    public void bytes(String name, byte[] bytes) {
        Path file = target.resolve(name);
        AtomicFile.write(file, out -> out.write(bytes));
        try {
            verify(file, java.util.Arrays.equals(bytes, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read back: " + e, e);
        }
        record(name, file);
    }

    /** A file that a writer of its own writes whole or not at all. */
    public void written(String name, Consumer<Path> writer) {
        Path file = target.resolve(name);
        writer.accept(file);
        record(name, file);
    }

    private static boolean same(NpArray a, NpArray b) {
        if (a.type() != b.type() || !java.util.Arrays.equals(a.shape(), b.shape())) {
            return false;
        }
        return switch (a.type()) {
            case INT64, UINT64 -> java.util.Arrays.equals(a.longs(), b.longs());
            case FLOAT32 -> java.util.Arrays.equals(a.floats(), b.floats());
            default -> java.util.Arrays.equals(a.doubles(), b.doubles());
        };
    }

    private static void verify(Path file, boolean same) {
        if (!same) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CloudException(
                        file + ": holds other values than were written, and cannot be removed: " + e, e);
            }
            throw new CloudException(file + ": holds other values than were written, and was removed; check the disk,"
                    + " then run the preparation again");
        }
    }

    private void record(String name, Path file) {
        written.put(name, describe(file));
    }

    /** Name of each file below the target, and its size and checksum. */
    Map<String, String> written() {
        return written;
    }

    /** Size and checksum of a file. */
    static String describe(Path file) {
        CRC32 crc = new CRC32();
        byte[] block = new byte[1 << 16];
        long size = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                crc.update(ByteBuffer.wrap(block, 0, n));
                size += n;
            }
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read back: " + e, e);
        }
        return size + " " + Long.toHexString(crc.getValue());
    }
}
