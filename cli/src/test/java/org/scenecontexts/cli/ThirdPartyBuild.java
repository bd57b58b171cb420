package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds a third party's plugin as its author would, outside this build and against published artefacts alone, and runs
 * {@code csc} with it.
 *
 * <p>Its Maven reads the user's local repository and writes to one in the work folder, which holds the artefacts as
 * {@code mvn install} would leave them.
 */
final class ThirdPartyBuild {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = Path.of("target", "dist").toAbsolutePath();
    private static final String VERSION = "0.2.0-SNAPSHOT";

    /** Seven plugins at two minutes each, and a little more; what takes longer hangs. */
    private static final int LIMIT_MINUTES = 15;

    /** The API, the test kit, and what that runs pipelines with. */
    private static final List<String> AUTHORS = List.of(
            "framework-api",
            "framework-io",
            "framework-view",
            "kernels-cpu",
            "engine-cpu",
            "framework-runtime",
            "framework-testkit",
            "framework-testkit-runtime");

    private final Path work;

    /** What a process ended with. */
    record Outcome(int exitCode, String output) {}

    /** @param name of the work folder under {@code target} */
    ThirdPartyBuild(String name) {
        work = Path.of("target", name).toAbsolutePath();
    }

    /** A file or folder of the work folder. */
    Path at(String path) {
        return work.resolve(path);
    }

    /** Empties the work folder. */
    void begin() throws IOException {
        delete(work);
    }

    /**
     * Builds an example in a copy and drops its jar in the folder of plugins.
     *
     * @param example folder of the example, from the root of the project
     * @param plugins of the project whose kernels its tests need, beside the API and the test kit
     */
    void build(String example, String jar, String... plugins) throws IOException, InterruptedException {
        List<String> artefacts = new ArrayList<>(AUTHORS);
        if (plugins.length > 0) {
            artefacts.add("opencl-support");
            artefacts.addAll(List.of(plugins));
        }
        for (String artefact : artefacts) {
            assumeThat(jarOf(artefact)).as("the jar of " + artefact).exists();
        }
        begin();
        Path repository = work.resolve("repository");
        install(repository, "scenecontexts", ROOT.resolve("pom.xml"), "pom");
        install(repository, "plugin-parent", ROOT.resolve("plugin-parent/pom.xml"), "pom");
        for (String artefact : artefacts) {
            install(repository, artefact, ROOT.resolve(artefact).resolve("pom.xml"), "pom");
            install(repository, artefact, jarOf(artefact), "jar");
        }
        Path source = work.resolve("source");
        copy(ROOT.resolve(example), source);
        Outcome build = maven(source.resolve("pom.xml"), "package");
        assertThat(build.exitCode()).as(build.output()).isZero();
        Path folder = Files.createDirectories(work.resolve("plugins"));
        Files.copy(source.resolve("target").resolve(jar), folder.resolve(jar));
    }

    /**
     * Runs Maven with the repository of the work folder, and the user's behind it.
     *
     * @param project its {@code pom.xml}
     */
    Outcome maven(Path project, String... arguments) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String local = System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                project.toString(),
                "-Dmaven.repo.local=" + work.resolve("repository"),
                "-Dmaven.repo.local.tail=" + local,
                "-Dmaven.repo.local.tail.ignoreAvailability=true"));
        command.addAll(List.of(arguments));
        // For JVMs that live for seconds, of which each module's tests take one: half the time of the whole build.
        return execute(command, work, Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    }

    private static Path jarOf(String artefact) {
        return ROOT.resolve(artefact + "/target/" + artefact + "-" + VERSION + ".jar");
    }

    /** Runs the distribution with the plugin, in the work folder. */
    Outcome csc(String... arguments) throws IOException, InterruptedException {
        return cscIn(work, arguments);
    }

    /** Runs the distribution with the plugin, in a folder. */
    Outcome cscIn(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + DIST.resolve("jvm.options"),
                "-Dcsc.home=" + DIST,
                "-Dcsc.plugins=" + work.resolve("plugins"),
                "-cp",
                DIST.resolve("lib") + "/*",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return execute(command, folder, Map.of());
    }

    private Outcome execute(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(work, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended)
                .as("ended within %d minutes: %s", LIMIT_MINUTES, output)
                .isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private static void install(Path repository, String artifact, Path file, String extension) throws IOException {
        Path folder = repository.resolve("org/scenecontexts").resolve(artifact).resolve(VERSION);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + extension));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file :
                    all.filter(path -> !path.startsWith(from.resolve("target"))).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
