package org.scenecontexts.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * Reads and writes NumPy's {@code .npz} archives: a zip of named arrays, stored or deflated.
 *
 * <p>Arrays are read when they are asked for. Close after use.
 *
 * @since 0.1
 */
public final class Npz implements AutoCloseable {

    /** Deflate cannot do better than about 1032 to 1: an entry that promises more is a bomb or damaged. */
    private static final long MAX_RATIO = 1040;

    private static final String SUFFIX = ".npy";

    private final Path file;
    private final ZipFile zip;
    private final long memory;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private Npz(Path file, ZipFile zip, long memory) {
        this.file = file;
        this.zip = zip;
        this.memory = memory;
        zip.stream()
                .filter(e -> e.getName().endsWith(SUFFIX))
                .forEach(e -> entries.put(e.getName().substring(0, e.getName().length() - SUFFIX.length()), e));
    }

    /**
     * Opens an archive.
     *
     * @throws CloudException when it is missing or no zip archive
     */
    public static Npz open(Path file) {
        return open(file, Runtime.getRuntime().maxMemory());
    }

    /** @param memory an array that unpacks to more bytes is refused rather than begun */
    static Npz open(Path file, long memory) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(
                    file + ": no such file; check the name, relative names start at the working directory");
        }
        StandIns.refuse(file);
        try {
            return new Npz(file, new ZipFile(file.toFile()), memory);
        } catch (ZipException e) {
            throw new CloudException(
                    file + ": not a complete .npz (zip) archive: " + e.getMessage()
                            + "; copy it again or write it with numpy.savez",
                    e);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /** Names of the arrays, in the order of the archive. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * Reads one array.
     *
     * @throws ArrayTypeException when it holds neither numbers nor text, or is structured
     * @throws CloudException when there is no such array or it is damaged
     */
    public NpArray get(String name) {
        return opened(name, Npy::read);
    }

    /**
     * Reads one array, structured or plain.
     *
     * @return one array per field, or a plain array under the name ""
     * @throws ArrayTypeException when it holds neither numbers nor text
     * @throws CloudException when there is no such array or it is damaged
     */
    public Map<String, NpArray> fields(String name) {
        return opened(name, Npy::readFields);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream in, String place, long length) throws IOException;
    }

    private <T> T opened(String name, Reading<T> reading) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new CloudException(file + ": has no array '" + name + "'; it has " + shortened(names()));
        }
        String place = file + " (array '" + name + "')";
        if (entry.getSize() > MAX_RATIO * (entry.getCompressedSize() + 1)) {
            throw new CloudException(place + ": promises " + entry.getSize() + " bytes from "
                    + entry.getCompressedSize() + " compressed ones, which no archive can hold; the file is damaged");
        }
        if (entry.getSize() > memory) {
            throw new CloudException(place + ": unpacks to " + entry.getSize() + " bytes from "
                    + entry.getCompressedSize() + " compressed ones, but Java has " + memory
                    + " bytes of memory; the file is no cloud, or Java needs more memory (-Xmx)");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return reading.from(in, place, entry.getSize());
        } catch (IOException e) {
            throw new CloudException(place + ": cannot be unpacked: " + e.getMessage() + "; copy the file again", e);
        }
    }

    private static String shortened(List<String> names) {
        return names.size() <= 20 ? names.toString() : names.subList(0, 20) + " and " + (names.size() - 20) + " more";
    }

    /** Reads all arrays of an archive. */
    public static Map<String, NpArray> readAll(Path file) {
        try (Npz npz = open(file)) {
            Map<String, NpArray> arrays = new LinkedHashMap<>();
            for (String name : npz.names()) {
                arrays.put(name, npz.get(name));
            }
            return arrays;
        }
    }

    /** Writes arrays stored, as {@code numpy.savez} does; the same arrays give the same bytes. */
    public static void write(Path file, Map<String, NpArray> arrays) {
        write(file, arrays, false);
    }

    /** Writes arrays deflated, as {@code numpy.savez_compressed} does; the same arrays give the same bytes. */
    public static void writeCompressed(Path file, Map<String, NpArray> arrays) {
        write(file, arrays, true);
    }

    private static void write(Path file, Map<String, NpArray> arrays, boolean deflated) {
        AtomicFile.write(file, out -> {
            ZipOutputStream to = new ZipOutputStream(out);
            for (Map.Entry<String, NpArray> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                if (!deflated) {
                    Measured measured = new Measured();
                    NpyCodec.encode(measured, array.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(measured.bytes);
                    entry.setCompressedSize(measured.bytes);
                    entry.setCrc(measured.crc.getValue());
                }
                to.putNextEntry(entry);
                Npy.write(to, array.getValue());
                to.closeEntry();
            }
            to.finish();
        });
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be closed: " + e, e);
        }
    }

    /** Stored zip entries name size and checksum before their bytes. */
    private static final class Measured extends java.io.OutputStream {
        private final CRC32 crc = new CRC32();
        private long bytes;

        @Override
        public void write(int value) {
            crc.update(value);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            crc.update(from, offset, length);
            bytes += length;
        }
    }
}
