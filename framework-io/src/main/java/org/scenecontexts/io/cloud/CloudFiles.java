package org.scenecontexts.io.cloud;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Reads and writes point-cloud files of every supported format.
 *
 * <p>PLY (text, binary of both byte orders), PCD (text, binary, compressed), lines of numbers (XYZ, TXT, ASC, PTS, CSV) and
 * NumPy arrays (NPZ, NPY). What a file starts with decides; the extension decides where that tells nothing.
 *
 * @since 0.1
 */
public final class CloudFiles {

    /** Extensions of the supported formats, in lower case, without the dot. */
    public static final List<String> EXTENSIONS =
            List.of("ply", "pcd", "xyz", "txt", "asc", "pts", "csv", "npz", "npy", "xyzrgb");

    /** Extensions that tell of points: those that are read, and those of formats that are not. */
    public static final List<String> CLOUD_LIKE = Stream.concat(
                    EXTENSIONS.stream(),
                    Stream.of("las", "laz", "e57", "obj", "off", "stl", "gltf", "glb", "bin", "pcap", "h5"))
            .toList();

    private static final List<String> TEXT = List.of("xyz", "txt", "asc", "pts", "csv", "xyzrgb");

    private CloudFiles() {}

    /**
     * Reads a cloud with all its fields.
     *
     * @throws CloudException when the file is missing, of no known format, damaged, or without points; the message names
     *     file, place and remedy
     */
    public static PointCloud read(Path file) {
        return read(file, List.of());
    }

    /**
     * Reads a cloud with all its fields, also in formats that plugins bring: one that recognises how a file starts, else one
     * that has its extension.
     *
     * @param readers what plugins bring
     * @throws CloudException as above, or when a reader fails; the message names the reader
     */
    public static PointCloud read(Path file, List<CloudReader> readers) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + (Files.isDirectory(file) ? ": is a folder" : ": no such file")
                    + "; name a point-cloud file, relative names start at the working directory");
        }
        StandIns.refuse(file);
        try {
            Optional<CloudReader> foreign = foreign(file, readers);
            if (foreign.isPresent()) {
                return read(file, foreign.get());
            }
            return switch (format(file, readers)) {
                case "npz" -> NumpyClouds.readNpz(file);
                case "npy" -> NumpyClouds.readNpy(file);
                case "ply" -> PlyReader.read(bytes(file), file.toString());
                case "pcd" -> PcdReader.read(bytes(file), file.toString());
                default -> TextClouds.read(bytes(file), file.toString());
            };
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e + "; check that it is readable", e);
        }
    }

    /** The reader of a plugin for a file, which must not start like a format of our own. */
    private static Optional<CloudReader> foreign(Path file, List<CloudReader> readers) throws IOException {
        byte[] start = start(file);
        if (readers.isEmpty() || !magic(start).isEmpty()) {
            return Optional.empty();
        }
        String extension = extension(file);
        return readers.stream()
                .filter(reader -> reader.recognises(start))
                .findFirst()
                .or(() -> EXTENSIONS.contains(extension)
                        ? Optional.empty()
                        : readers.stream()
                                .filter(reader -> reader.extensions().contains(extension))
                                .findFirst());
    }

    private static PointCloud read(Path file, CloudReader reader) throws IOException {
        try {
            PointCloud cloud = reader.read(file);
            requirePoints(cloud.size(), file.toString());
            return cloud;
        } catch (CloudException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new CloudException(
                    file + ": the reader '" + reader.name() + "' failed: " + e
                            + "; the file may be damaged, or this is a" + " defect of the reader's plugin",
                    e);
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(512);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > Integer.MAX_VALUE - 8) {
            throw new CloudException(file + ": is larger than 2 GiB, the most that can be read at once; split it");
        }
        return Files.readAllBytes(file);
    }

    /** Which of our formats a file starts like; empty when that tells nothing. */
    private static String magic(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ply\n") || text.startsWith("ply\r")) {
            return "ply";
        }
        if (text.startsWith("# .PCD") || (text.startsWith("VERSION") && text.contains("FIELDS"))) {
            return "pcd";
        }
        if (text.startsWith("\u0093NUMPY")) {
            return "npy";
        }
        return text.startsWith("PK\u0003\u0004") ? "npz" : "";
    }

    private static String format(Path file, List<CloudReader> readers) throws IOException {
        byte[] start = start(file);
        String magic = magic(start);
        if (!magic.isEmpty()) {
            return magic;
        }
        String extension = extension(file);
        if (start.length == 0) {
            throw new CloudException(file + ": the file is empty; copy it again");
        }
        if (TEXT.contains(extension)) {
            return "txt";
        }
        if (EXTENSIONS.contains(extension)) {
            return extension;
        }
        throw new CloudException(file + ": is of no known format; PLY, PCD, XYZ, TXT, CSV, NPZ and NPY can be read"
                + (readers.isEmpty()
                        ? ""
                        : readers.stream()
                                .map(reader -> reader.name() + " (" + String.join(", ", reader.extensions()) + ")")
                                .collect(Collectors.joining(", ", ", with plugins also ", "")))
                + ": convert it or give it its usual extension");
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Writes a cloud with all its fields, in the format of the extension, as binary where there is a choice. */
    public static void write(Path file, PointCloud cloud) {
        write(file, cloud, CloudEncoding.BINARY);
    }

    /**
     * Writes a cloud with all its fields, in the format of the extension. The file replaces an older one at once.
     *
     * @throws CloudException when the extension names no format that can be written
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, PointCloud cloud, CloudEncoding encoding) {
        String extension = extension(file);
        switch (extension) {
            case "ply" -> stream(file, out -> PlyWriter.write(out, cloud, encoding));
            case "pcd" -> stream(file, out -> PcdWriter.write(out, cloud, encoding));
            case "csv" -> stream(file, out -> TextClouds.write(out, cloud, true));
            case "xyz", "txt", "asc", "xyzrgb" -> stream(file, out -> TextClouds.write(out, cloud, false));
            case "npz" -> NumpyClouds.writeNpz(file, cloud, encoding == CloudEncoding.COMPRESSED);
            case "npy" -> NumpyClouds.writeNpy(file, cloud);
            default ->
                throw new CloudException(file + ": '" + extension
                        + "' is no format that can be written; use .ply, .pcd, .xyz, .txt, .csv, .npz or .npy");
        }
    }

    private static void stream(Path file, AtomicFile.Content content) {
        AtomicFile.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            content.writeTo(buffered);
            buffered.flush();
        });
    }

    static void requirePoints(long points, String file) {
        if (points == 0) {
            throw new CloudException(file + ": holds no points; at least one is expected: check how it was exported");
        }
    }
}
