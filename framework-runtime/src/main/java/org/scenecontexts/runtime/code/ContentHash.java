package org.scenecontexts.runtime.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells code apart by what it holds: SHA-256 over name, size and CRC-32 of every file in it, in the order of the names.
 *
 * <p>An archive records all three in its directory, so that hashing twenty jars costs milliseconds at the start of a run,
 * where reading and hashing their bytes took half a second. Times and compression do not count, and a jar is the same code
 * as the folder that it was packed from. Someone who wants to deceive can; a change by work or accident is found, but for
 * one in 4 billion that keeps size and checksum.
 *
 * @since 0.1
 */
public final class ContentHash {

    private static final int BUFFER = 1 << 16;

    private ContentHash() {}

    /**
     * The hash of a jar, a zip, a folder of classes, or any other file.
     *
     * @return 64 hexadecimal digits; {@code missing} where there is nothing
     * @throws UncheckedIOException when it cannot be read
     */
    public static String of(Path code) {
        try {
            if (Files.isDirectory(code)) {
                return digest(folder(code));
            }
            if (!Files.isRegularFile(code)) {
                return "missing";
            }
            String name = code.getFileName().toString();
            return digest(name.endsWith(".jar") || name.endsWith(".zip") ? archive(code) : List.of(file(code, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(code + ": cannot be read: " + e, e);
        }
    }

    private static List<String> archive(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    lines.add(line(entry.getName(), entry.getSize(), entry.getCrc()));
                }
            }
        }
        return lines;
    }

    private static List<String> folder(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.add(file(file, folder.relativize(file).toString().replace('\\', '/')));
            }
        }
        return lines;
    }

    private static String file(Path file, String name) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                size += n;
            }
        }
        return line(name, size, crc.getValue());
    }

    private static String line(String name, long size, long crc) {
        return name + '\t' + size + '\t' + crc + '\n';
    }

    private static String digest(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.stream().sorted().forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
