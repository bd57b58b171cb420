package org.scenecontexts.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What checks take from the machine, so that tests can make one up.
 *
 * @param root where {@code /proc}, {@code /sys} and {@code /etc} are looked for
 * @param environment environment variables
 * @param properties system properties of the JVM
 * @param processors that the JVM uses
 * @param heap most bytes of the JVM's heap
 * @param memory bytes that the machine, or the container, has; 0 when not known
 * @since 0.2
 */
public record Surroundings(
        Path root,
        Map<String, String> environment,
        Map<String, String> properties,
        int processors,
        long heap,
        long memory) {

    public Surroundings {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /** The one that this runs on. */
    public static Surroundings here(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : 0;
        Runtime runtime = Runtime.getRuntime();
        return new Surroundings(
                Path.of("/"), environment, properties, runtime.availableProcessors(), runtime.maxMemory(), memory);
    }

    /** A system property; empty text where it is not set. */
    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    /** A place below the root. */
    Path at(String path) {
        return root.resolve(path.replaceFirst("^/+", ""));
    }

    /** The lines of a file; nothing where it is missing or may not be read. */
    Optional<List<String>> lines(String path) {
        try {
            Path file = at(path);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllLines(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first line of a file, without blanks around it. */
    Optional<String> line(String path) {
        return lines(path).flatMap(lines -> lines.stream().findFirst()).map(String::strip);
    }

    /** The files of a folder, sorted; none where it is missing. */
    List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A program in one of the folders of PATH. */
    Optional<Path> program(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Bytes as people say them. */
    static String gibi(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
