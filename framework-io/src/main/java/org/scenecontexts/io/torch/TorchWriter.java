package org.scenecontexts.io.torch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes PyTorch's zip format, so that weights trained here can go on in PyTorch.
 *
 * <p>The same values give the same bytes. Storages that tensors share are written once. The file replaces an older one at
 * once, when it is complete.
 *
 * @since 0.1
 */
public final class TorchWriter {

    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String PREFIX = "archive/";
    private static final int BLOCK = 1 << 24;

    private TorchWriter() {}

    /**
     * Writes a tree; {@link TorchValue.Dict#ordered} of tensors makes a state dict.
     *
     * @throws UncheckedIOException when the file cannot be written
     * @throws TorchFormatException when values of a tensor can no longer be read from their file
     */
    public static void write(Path file, TorchValue root) {
        Measured measured = new Measured();
        List<TorchStorage> storages = pickle(measured, root);
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(stored("data.pkl", measured.bytes, measured.crc));
            try {
                pickle(zip, root);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            zip.closeEntry();
            entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            for (int key = 0; key < storages.size(); key++) {
                entry(zip, "data/" + key, storages.get(key));
            }
            entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            zip.finish();
        });
    }

    /**
     * Writes the pickle. It is made twice, once for its length and checksum, which stand before it: the pickle of a scene is
     * the whole scene, and once in memory is enough.
     */
    private static List<TorchStorage> pickle(OutputStream out, TorchValue root) {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        PickleWriter pickle = new PickleWriter(buffered);
        pickle.pickle(root);
        try {
            buffered.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pickle.storages();
    }

    /** Length and checksum of what is written to it. */
    private static final class Measured extends OutputStream {
        private final CRC32 crc = new CRC32();
        private long bytes;

        @Override
        public void write(int b) {
            crc.update(b);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            crc.update(from, offset, length);
            bytes += length;
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        zip.putNextEntry(stored(name, bytes.length, crc));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void entry(ZipOutputStream zip, String name, TorchStorage storage) throws IOException {
        // PyTorch maps entries into memory: they must not be compressed, and then the checksum comes first.
        CRC32 crc = new CRC32();
        stream(storage, (bytes, from, count) -> crc.update(bytes));
        zip.putNextEntry(stored(name, storage.elements() * storage.type().bytes(), crc));
        try {
            stream(storage, (bytes, from, count) -> write(zip, bytes.array(), bytes.limit()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        zip.closeEntry();
    }

    private static void stream(TorchStorage storage, TorchStorage.Block block) {
        for (long first = 0; first < storage.elements(); first += BLOCK) {
            storage.read(first, (int) Math.min(BLOCK, storage.elements() - first), block);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipEntry stored(String name, long size, CRC32 crc) {
        ZipEntry entry = new ZipEntry(PREFIX + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(FIXED_TIME);
        entry.setSize(size);
        entry.setCrc(crc.getValue());
        return entry;
    }
}
