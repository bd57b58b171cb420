package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.cli.scaffold.PluginKind;
import org.scenecontexts.runtime.execute.LocalExecutor;

/**
 * {@code csc plugins new} of every kind: what it writes builds outside of this build, passes its tests, has nothing that
 * {@code csc plugins check} minds, and runs in its pipeline by being dropped in a folder.
 *
 * <p>All projects are built by one Maven, which saves six starts of it; each has to be done within its share of two minutes.
 */
class NewPluginIT {

    private static final ThirdPartyBuild WORK = new ThirdPartyBuild("new plugins");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @BeforeAll
    static void writeOneOfEveryKindAndBuildThem() throws IOException, InterruptedException {
        assumeThat(DistributionProcess.DIST.resolve("repository")).exists();
        WORK.begin();
        for (PluginKind kind : PluginKind.values()) {
            csc(
                            "plugins",
                            "new",
                            name(kind),
                            "--kind",
                            word(kind),
                            "--folder",
                            folder(kind).toString())
                    .succeeded();
        }
        String modules = Stream.of(PluginKind.values())
                .map(kind -> "<module>" + name(kind) + "</module>")
                .collect(Collectors.joining());
        Path all = WORK.at("pom.xml");
        Files.writeString(all, """
                <project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
                <groupId>com.example</groupId><artifactId>all</artifactId><version>1</version>
                <packaging>pom</packaging><modules>%s</modules></project>
                """.formatted(modules));
        long begin = System.nanoTime();
        ThirdPartyBuild.Outcome build = WORK.maven(all, "package");
        assertThat(build.exitCode()).as(build.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("building and testing all of them")
                .isLessThan(LIMIT.multipliedBy(PluginKind.values().length));
        Path plugins = Files.createDirectories(WORK.at("plugins"));
        for (PluginKind kind : PluginKind.values()) {
            Files.copy(jar(kind), plugins.resolve(jar(kind).getFileName()));
        }
    }

    private static String word(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String name(PluginKind kind) {
        return "my-" + word(kind);
    }

    private static Path folder(PluginKind kind) {
        return WORK.at(name(kind));
    }

    private static Path jar(PluginKind kind) {
        return folder(kind).resolve("target").resolve(name(kind) + "-1.0.0.jar");
    }

    /** As the distribution's launcher would call it. */
    private static InProcess csc(String... arguments) {
        StringWriter said = new StringWriter();
        var line = Main.commandLine(new Host(
                Map.of(),
                List.of(DistributionProcess.DIST.resolve("plugins")),
                LocalExecutor::new,
                question -> Optional.empty(),
                Optional.of(DistributionProcess.DIST)));
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        return new InProcess(line.execute(arguments), said.toString());
    }

    @ParameterizedTest
    @EnumSource
    void itsTestsRanAndHeld(PluginKind kind) throws IOException {
        try (Stream<Path> reports = Files.list(folder(kind).resolve("target/surefire-reports"))) {
            Path report = reports.filter(file -> file.toString().endsWith(".xml"))
                    .findFirst()
                    .orElseThrow();
            String suite = Files.readString(report)
                    .lines()
                    .filter(line -> line.contains("<testsuite "))
                    .findFirst()
                    .orElseThrow();
            assertThat(suite).contains("errors=\"0\"", "failures=\"0\"", "skipped=\"0\"");
            assertThat(Integer.parseInt(suite.replaceFirst(".* tests=\"(\\d+)\".*", "$1")))
                    .as("tests of %s", report)
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrongWithItsJar(PluginKind kind) throws IOException {
        InProcess check = csc("plugins", "check", jar(kind).toString(), "--json");
        JsonNode report = new ObjectMapper().readTree(check.said());
        assertThat(report.get("problems")).as(check.said()).isEmpty();
        assertThat(report.get("offers").get(0).get("name").asText()).isEqualTo(name(kind));
        assertThat(check.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void runsInItsPipelineByBeingDroppedInAFolder(PluginKind kind) throws IOException, InterruptedException {
        ThirdPartyBuild.Outcome run = WORK.cscIn(
                folder(kind), "run", "pipeline.yaml", "--runs", WORK.at("runs").toString());
        assertThat(run.exitCode()).as(run.output()).isZero();
        Path metrics = WORK.at("runs").resolve(name(kind)).resolve("eval/metrics.json");
        String figure = kind == PluginKind.BENCHMARK ? "balanced-accuracy" : "miou";
        // More than a class of the rooms' ten or so by chance; the corner's floor and wall are told apart by height
        // alone.
        assertThat(new ObjectMapper().readTree(metrics.toFile()).get(figure).asDouble())
                .isGreaterThan(kind == PluginKind.DATASET ? 0.5 : 0.03);
        if (kind == PluginKind.HOOK) {
            assertThat(run.output()).contains("steps per second", "my-hook has seen the last step");
        }
    }

    @Test
    void theWrapperIsReadyToRun() {
        Path wrapper = folder(PluginKind.BACKBONE).resolve("mvnw");
        assertThat(wrapper).isExecutable();
        assertThat(folder(PluginKind.BACKBONE).resolve(".mvn/wrapper/maven-wrapper.properties"))
                .exists();
    }
}
