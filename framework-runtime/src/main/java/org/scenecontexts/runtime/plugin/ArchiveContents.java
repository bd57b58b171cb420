package org.scenecontexts.runtime.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is inside an archive or folder of classes, as far as it explains why a plugin does not work.
 *
 * @param annotated classes that carry PF4J's {@code @Extension}
 * @param bundledApi whether it holds classes of {@code framework-api}
 * @param services names of the files in {@code META-INF/services}
 * @param entries number of files
 */
record ArchiveContents(Set<String> annotated, boolean bundledApi, Set<String> services, int entries) {

    private static final byte[] EXTENSION = "Lorg/pf4j/Extension;".getBytes(StandardCharsets.US_ASCII);
    private static final String API = "org/scenecontexts/api/";
    private static final String SERVICES = "META-INF/services/";
    private static final long READ_WHOLE_BELOW = 64L << 20;
    private static final long MAX_CLASS = 16L << 20;

    /** Archives of classes shrink to a third, seldom to a tenth. */
    private static final long MAX_RATIO = 200;

    /** Collects while files go by. */
    private static final class Collector {
        private final Set<String> annotated = new TreeSet<>();
        private final Set<String> services = new TreeSet<>();
        private boolean bundledApi;
        private int entries;

        void add(String name, byte[] content) {
            entries++;
            bundledApi |= name.startsWith(API) && name.endsWith(".class");
            if (name.startsWith(SERVICES) && name.length() > SERVICES.length()) {
                services.add(name.substring(SERVICES.length()));
            }
            if (name.endsWith(".class") && contains(content, EXTENSION)) {
                annotated.add(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'));
            }
        }

        ArchiveContents done() {
            return new ArchiveContents(annotated, bundledApi, services, entries);
        }
    }

    /**
     * Reads an archive, checking the sum of every entry; of a very large one only classes and {@code META-INF}.
     *
     * @throws IOException when it is damaged
     */
    static ArchiveContents ofArchive(Path file) throws IOException {
        Collector collector = new Collector();
        boolean whole = Files.size(file) < READ_WHOLE_BELOW;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            checkRatio(file, zip);
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (!entry.isDirectory() && (whole || name.endsWith(".class") || name.startsWith("META-INF/"))) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        collector.add(name, checked(entry, in));
                    } catch (IOException e) {
                        throw new IOException("entry '" + name + "' is damaged: " + e.getMessage(), e);
                    }
                }
            }
        }
        return collector.done();
    }

    private static void checkRatio(Path file, ZipFile zip) throws IOException {
        long total = zip.stream()
                .mapToLong(ZipEntry::getSize)
                .filter(size -> size > 0)
                .sum();
        long length = Files.size(file);
        if (total > (1 << 20) + MAX_RATIO * length) {
            throw new IOException("it would expand to " + total + " bytes from " + length);
        }
    }

    /**
     * Reads an entry to its end; {@link ZipFile} itself compares neither the sum nor the length.
     *
     * @return the content of a class; nothing of other files, which may be as large as they like
     */
    private static byte[] checked(ZipEntry entry, InputStream in) throws IOException {
        boolean kept = entry.getName().endsWith(".class");
        if (kept && entry.getSize() > MAX_CLASS) {
            throw new IOException("a class of " + entry.getSize() + " bytes; at most " + MAX_CLASS + " are expected");
        }
        CRC32 sum = new CRC32();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        long length = 0;
        for (int n = in.read(buffer); n >= 0 && length <= entry.getSize(); n = in.read(buffer)) {
            sum.update(buffer, 0, n);
            length += n;
            if (kept) {
                content.write(buffer, 0, n);
            }
        }
        if (length != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw new IOException("its content does not have the length or the check sum that the archive states");
        }
        return content.toByteArray();
    }

    /** Reads the {@code classes} and the jars in {@code lib} of a plugin folder. */
    static ArchiveContents ofFolder(Path folder) throws IOException {
        Collector collector = new Collector();
        Path classes = folder.resolve("classes");
        for (Path file : files(classes)) {
            String name = classes.relativize(file).toString().replace('\\', '/');
            collector.add(name, Files.readAllBytes(file));
        }
        ArchiveContents result = collector.done();
        for (Path jar : files(folder.resolve("lib"))) {
            if (jar.toString().endsWith(".jar")) {
                try {
                    result = result.and(ofArchive(jar));
                } catch (IOException e) {
                    throw new IOException("lib/" + jar.getFileName() + ": " + e.getMessage(), e);
                }
            }
        }
        return result;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private ArchiveContents and(ArchiveContents other) {
        Set<String> bothAnnotated = new TreeSet<>(annotated);
        bothAnnotated.addAll(other.annotated);
        Set<String> bothServices = new TreeSet<>(services);
        bothServices.addAll(other.services);
        return new ArchiveContents(
                bothAnnotated, bundledApi || other.bundledApi, bothServices, entries + other.entries);
    }

    private static boolean contains(byte[] content, byte[] wanted) {
        for (int i = 0; i <= content.length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && content[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /**
     * Expands an archive.
     *
     * @throws IOException when it is damaged, or an entry would land outside the folder
     */
    static void expand(Path file, Path folder) throws IOException {
        List<String> outside = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    outside.add(entry.getName());
                } else if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        if (!outside.isEmpty()) {
            throw new IOException("entry '" + outside.getFirst() + "' points outside the archive");
        }
    }
}
