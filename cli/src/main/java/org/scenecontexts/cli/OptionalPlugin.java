package org.scenecontexts.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What a plugin that the distribution does not carry whole needs from a Maven repository, as it was written down when it was
 * built: nothing else is fetched, and nothing with another checksum is kept.
 *
 * @param name for {@code csc plugins install}
 * @param files libraries to fetch
 */
record OptionalPlugin(String name, List<Library> files) {

    /** Where libraries come from unless the user says otherwise. */
    static final String CENTRAL = "https://repo1.maven.org/maven2";

    private static final double MEGA = 1e6;
    private static final int FIELDS = 4;

    /**
     * A file of a Maven repository.
     *
     * @param bytes its size
     * @param sha256 its checksum, in hexadecimal digits
     * @param path below the repository
     */
    record Library(long bytes, String sha256, String path) {
        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * ND4J.
     *
     * @param cuda whether with the backend for NVIDIA's cards too
     */
    static OptionalPlugin nd4j(boolean cuda) {
        try (InputStream list = OptionalPlugin.class.getResourceAsStream("install/nd4j.txt")) {
            if (list == null) {
                throw new IllegalStateException("install/nd4j.txt is missing from the command's jar; build csc again");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
            return new OptionalPlugin(
                    "nd4j",
                    lines.lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" ", FIELDS))
                            .filter(part -> cuda || !part[0].equals("cuda"))
                            .map(part -> new Library(Long.parseLong(part[1]), part[2], part[3]))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long bytes() {
        return files.stream().mapToLong(Library::bytes).sum();
    }

    /** A size as it is told. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
    }
}
