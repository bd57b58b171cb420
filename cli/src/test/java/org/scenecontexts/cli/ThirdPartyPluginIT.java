package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A third party's plugin, built outside this build against the API alone, works by being dropped in a folder.
 *
 * <p>Its Maven reads the user's local repository and writes to one under {@code target}, which holds the API as
 * {@code mvn install} would leave it.
 */
class ThirdPartyPluginIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = Path.of("target", "dist").toAbsolutePath();
    private static final Path WORK = Path.of("target", "third-party").toAbsolutePath();
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void buildThePluginAndDropItsJar() throws IOException, InterruptedException {
        Path api = ROOT.resolve("framework-api/target/framework-api-" + VERSION + ".jar");
        assumeThat(api).as("the jar of framework-api").exists();
        delete(WORK);
        Path repository = WORK.resolve("repository");
        install(repository, "scenecontexts", ROOT.resolve("pom.xml"), "pom");
        install(repository, "framework-api", ROOT.resolve("framework-api/pom.xml"), "pom");
        install(repository, "framework-api", api, "jar");
        Path source = WORK.resolve("source");
        copy(ROOT.resolve("examples/third-party-plugin"), source);
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String local = System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        Outcome build = execute(List.of(
                ROOT.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                source.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + local,
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                "package"));
        assertThat(build.exitCode()).as(build.output()).isZero();
        Path plugins = Files.createDirectories(WORK.resolve("plugins"));
        Files.copy(source.resolve("target/tiny-plugin-1.0.0.jar"), plugins.resolve("tiny-plugin-1.0.0.jar"));
    }

    @Test
    void cscDescribesThePlugin() throws IOException, InterruptedException {
        Outcome show = csc("plugins", "show", "tiny-mlp");
        assertThat(show.exitCode()).as(show.output()).isZero();
        assertThat(show.output())
                .contains("tiny-mlp (backbone, plugin 'tiny-plugin' 1.0.0)", "Channels of every layer.");
    }

    @Test
    void cscTrainsAndEvaluatesWithItsBackboneAndDataSet() throws IOException, InterruptedException {
        Path runs = WORK.resolve("runs");
        Outcome run = csc(
                "run", WORK.resolve("source/pipeline.yaml").toString(), "--runs", runs.toString(), "--threads", "2");
        assertThat(run.exitCode()).as(run.output()).isZero();
        double miou = new ObjectMapper()
                .readTree(runs.resolve("two-planes/eval/metrics.json").toFile())
                .get("miou")
                .asDouble();
        assertThat(miou).isGreaterThan(0.95);
    }

    @Test
    void itsHookTellsATrackerAboutTheTraining() throws IOException, InterruptedException {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        HttpServer tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext("/", exchange -> {
            JsonNode event = new ObjectMapper().readTree(exchange.getRequestBody());
            events.add(event.get("event").asText() + " " + event.get("iteration"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        tracker.start();
        try {
            String url = "http://localhost:" + tracker.getAddress().getPort() + "/";
            assertThat(train("tracked", url).exitCode()).isZero();
        } finally {
            tracker.stop(0);
        }
        assertThat(events).containsExactly("begin 0", "step 20", "step 40", "end 40");
    }

    @Test
    void aTrackerThatDoesNotAnswerCostsAWarningAndNotTheTraining() throws IOException, InterruptedException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Outcome run = train("untracked", "http://localhost:" + closed + "/");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).containsOnlyOnce("training goes on without it");
    }

    private static Outcome train(String runs, String tracker) throws IOException, InterruptedException {
        return csc(
                "run",
                WORK.resolve("source/pipeline.yaml").toString(),
                "--runs",
                WORK.resolve(runs).toString(),
                "--set",
                "semseg.iterations=40",
                "--set",
                "semseg.hooks=[{type: http-tracker, url: '" + tracker + "', every: 20}]");
    }

    @Test
    void aMistakeInItsKeysIsReportedWithThePluginsName() throws IOException, InterruptedException {
        Outcome run = csc(
                "validate",
                WORK.resolve("source/pipeline.yaml").toString(),
                "--set",
                "semseg.backbone={type: tiny-mlp, widht: 8}");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .contains("--set #1:1:34: error: unknown key 'widht'", "plugin 'tiny-plugin'", "did you mean 'width'?");
    }

    private static Outcome csc(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + DIST.resolve("jvm.options"),
                "-Dcsc.home=" + DIST,
                "-Dcsc.plugins=" + WORK.resolve("plugins"),
                "-cp",
                DIST.resolve("lib") + "/*",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private static Outcome execute(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(WORK, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("ended within 5 minutes: %s", output).isTrue();
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
