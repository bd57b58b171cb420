package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.cli.scaffold.PluginKind;
import org.scenecontexts.cli.scaffold.PluginProject;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/** What {@code csc plugins new} writes and refuses; NewPluginIT builds and runs it. */
class PluginNewCommandTest {

    @TempDir
    private Path temporary;

    private Optional<Path> home = Optional.empty();

    private InProcess csc(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line =
                Main.commandLine(new Host(Map.of(), List.of(), LocalExecutor::new, question -> Optional.empty(), home));
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        return new InProcess(line.execute(arguments), said.toString());
    }

    private InProcess make(String name, String kind) {
        return csc("plugins", "new", name, "--kind", kind, "--folder", place().toString());
    }

    private Path place() {
        return temporary.resolve("project");
    }

    private void refused(InProcess made, String... words) {
        assertThat(made.exitCode()).as(made.said()).isEqualTo(Failures.INVALID);
        assertThat(made.said()).contains(words);
        assertThat(place()).doesNotExist();
    }

    @Test
    void printsWhatToTypeNextAndWhereTheAuthorsOwnGoes() {
        String said = make("my-net", "backbone").succeeded();
        assertThat(said)
                .contains(
                        "the backbone 'my-net'",
                        "./mvnw install -DskipTests",
                        "./mvnw package",
                        "csc plugins check target/my-net-1.0.0.jar",
                        "csc run pipeline.yaml --plugins target",
                        "src/main/java/com/example/mynet/MyNetFactory.java");
    }

    @Test
    void anInstallationWithARepositoryNeedsNothingInstalledFirst() throws IOException {
        home = Optional.of(temporary.resolve("csc & more"));
        Files.createDirectories(home.orElseThrow().resolve("repository"));
        assertThat(make("my-net", "backbone").succeeded()).doesNotContain("mvnw install");
        assertThat(Files.readString(place().resolve("pom.xml")))
                .contains("csc%20&amp;%20more/repository/</csc.repository>", "<url>${csc.repository}</url>");
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoGapInAnyFile(PluginKind kind) throws IOException {
        List<String> files =
                new PluginProject("my-part", kind, "org.example.a", "1", ">=1 & <2", Optional.empty()).write(place());
        try (Stream<Path> all = Files.walk(place())) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(files.size());
        }
        for (String file : files) {
            assertThat(Files.readString(place().resolve(file))).as(file).doesNotContainPattern("@[A-Z_]+@");
        }
        assertThat(temporary)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Files.createDirectory(place());
        InProcess made = make("my-net", "backbone");
        assertThat(made.exitCode()).isEqualTo(Failures.INVALID);
        assertThat(made.said()).contains("already, which is left alone", "--folder");
        assertThat(place()).isEmptyDirectory();
    }

    @Test
    void refusesANameThatAPipelineCouldNotWriteAndSaysOneThatItCould() {
        refused(make("MyNet", "backbone"), "'MyNet' is no name for a pipeline", "such as 'my-net'");
        refused(make("my net", "loss"), "such as 'my-net'");
        refused(make("3d-net", "backbone"), "first character a letter", "such as 'd-net'");
    }

    @Test
    void refusesAPackageThatIsNone() {
        refused(make("switch", "hook"), "'com.example.switch' is no name of a Java package", "--package");
        refused(
                csc("plugins", "new", "a", "--kind", "hook", "--package", "org.3d", "--folder", place().toString()),
                "'org.3d' is no name of a Java package");
    }

    @Test
    void refusesANameThatAnotherPartOfTheKindHas() {
        refused(make("toy-net", "backbone"), "there is a backbone 'toy-net' already");
        assertThat(make("toy-net", "transform").exitCode()).isZero();
    }

    @Test
    void refusesANameWhoseClassWouldHideOneThatItNeeds() {
        refused(make("backbone", "backbone"), "BackboneFactory like one of csc's", "'my-backbone'");
    }

    @Test
    void refusesAKindThatThereIsNotAndNamesThoseThatThereAre() {
        InProcess made = make("a", "optimizer");
        assertThat(made.exitCode()).isEqualTo(Failures.INVALID);
        assertThat(made.said()).containsIgnoringCase("backbone").containsIgnoringCase("hook");
    }
}
