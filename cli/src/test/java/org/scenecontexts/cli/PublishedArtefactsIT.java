package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mvnw install} gives plugin authors what they compile against, with sources and Javadoc. */
class PublishedArtefactsIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ThirdPartyBuild WORK = new ThirdPartyBuild("published");

    /** Those that are installed here, each with a class of its own; two, as Javadoc takes its time. */
    private static final Map<String, String> INSTALLED = Map.of(
            "framework-api", "org/scenecontexts/api/backbone/Backbone",
            "framework-io", "org/scenecontexts/io/cloud/CloudReader");

    /** What is compiled already is packed and installed, into a repository of the test's own. */
    @BeforeAll
    static void install() throws IOException, InterruptedException {
        WORK.begin();
        ThirdPartyBuild.Outcome install = WORK.maven(
                ROOT.resolve("pom.xml"),
                "-Dquick",
                "-Dmaven.main.skip",
                "-Dmaven.test.skip",
                "-pl",
                ":scenecontexts,:framework-api,:framework-io",
                "install");
        assertThat(install.exitCode()).as(install.output()).isZero();
    }

    static Stream<String> installed() {
        return INSTALLED.keySet().stream().sorted();
    }

    private static List<String> entries(String artefact, String suffix) throws IOException {
        Path folder = WORK.at("repository/org/scenecontexts/" + artefact + "/0.1.0-SNAPSHOT");
        Path file = folder.resolve(artefact + "-0.1.0-SNAPSHOT" + suffix + ".jar");
        assertThat(file).exists();
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("installed")
    void classesSourcesAndJavadocAreInstalled(String artefact) throws IOException {
        String name = INSTALLED.get(artefact);
        assertThat(entries(artefact, "")).contains(name + ".class");
        assertThat(entries(artefact, "-sources")).contains(name + ".java");
        assertThat(entries(artefact, "-javadoc")).contains(name + ".html", "index.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"framework-api", "framework-io", "kernels-cpu", "framework-testkit", "framework-testkit-runtime"})
    void whatAuthorsNeedIsPublishedSo(String module) throws IOException {
        assertThat(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
                .contains("<artifactId>maven-source-plugin</artifactId>", "<artifactId>maven-javadoc-plugin</artifactId>");
    }
}
