package org.scenecontexts.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a close look at one plugin file finds beyond what loading it says. */
class PluginCheckTest {

    private static final String RANGE = ">=0.2.0 & <0.3.0";

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeAPluginFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("plugins"));
    }

    private PluginJars jar(String id) {
        return new PluginJars(temporary, id).attribute("Plugin-Requires", RANGE);
    }

    private Path file() {
        return temporary.resolve("checked.jar");
    }

    private PluginReport check(Path file) {
        try (Plugins plugins = Plugins.check(file, List.of(folder))) {
            return plugins.catalog().plugins().stream()
                    .filter(plugin -> plugin.location().equals(file))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static PluginProblem only(PluginReport report) {
        assertThat(report.problems()).hasSize(1);
        return report.problems().getFirst();
    }

    @Test
    void findsNothingInASoundPlugin() {
        PluginReport report = check(jar("good").transform("Good", "good-flip").write(file()));
        assertThat(report.problems()).isEmpty();
        assertThat(report.factories())
                .singleElement()
                .satisfies(offer -> assertThat(offer.name()).isEqualTo("good-flip"));
    }

    @Test
    void aPluginThatLiesInTheFolderAlreadyDoesNotClashWithItself() {
        Path inFolder = jar("good").transform("Good", "good-flip").write(folder.resolve("good.jar"));
        assertThat(check(inFolder).problems()).isEmpty();
    }

    @Test
    void saysWhichVersionOfItIsInstalled() {
        jar("good").transform("Good", "good-flip").write(folder.resolve("old.jar"));
        PluginProblem problem =
                only(check(jar("good").transform("Good", "good-flip").write(file())));
        assertThat(problem.isError()).isFalse();
        assertThat(problem.reason()).contains("version 1.2.0 of it lies in", "old.jar");
    }

    @Test
    void namesThePluginWhoseFactoryHasTheSameName() {
        jar("first").transform("Good", "flip").write(folder.resolve("first.jar"));
        PluginProblem problem =
                only(check(jar("second").transform("Good", "flip").write(file())));
        assertThat(problem.reason()).contains("'flip'", "'first'", "'second'");
        assertThat(problem.remedy()).contains("second/flip");
    }

    @Test
    void findsAMissingIndexAndAnEmptyManifestAndADamagedFile() throws IOException {
        assertThat(only(check(jar("a").transform("Bare", "bare").writeWithoutIndex(file())))
                        .remedy())
                .contains("<proc>full</proc>");
        assertThat(only(check(jar("a").without("Plugin-Id")
                                .transform("Bare", "bare")
                                .write(file())))
                        .reason())
                .contains("no Plugin-Id");
        Files.write(file(), "PK nothing".getBytes(StandardCharsets.US_ASCII));
        assertThat(only(check(file())).reason()).contains("damaged or no zip archive");
        Path text = Files.writeString(temporary.resolve("notes.txt"), "no plugin");
        assertThat(only(check(text)).reason()).contains("neither a .jar nor a .zip");
    }

    @Test
    void findsAnExtensionThatTheIndexDoesNotList() {
        // As an incremental build leaves it that compiled one of two classes.
        Path jar = jar("half")
                .transform("Listed", "listed")
                .source("Left", PluginJars.factorySource("Left", "left", ""))
                .write(file());
        PluginReport report = check(jar);
        assertThat(report.status()).isEqualTo(PluginReport.Status.INCOMPLETE);
        assertThat(only(report).reason()).contains("extensions.idx does not list toys.Left");
    }

    @Test
    void asksForARangeOfVersionsWithAnUpperBound() {
        PluginProblem none = only(check(
                jar("a").without("Plugin-Requires").transform("Good", "flip").write(file())));
        assertThat(none.reason()).contains("no Plugin-Requires");
        assertThat(none.remedy()).contains(RANGE);
        PluginProblem open = only(check(jar("a").attribute("Plugin-Requires", ">=0.1.0")
                .transform("Good", "flip")
                .write(file())));
        assertThat(open.reason()).contains("no upper bound");
        PluginProblem other = only(check(jar("a").attribute("Plugin-Requires", ">=0.7.0 & <0.8.0")
                .transform("Good", "flip")
                .write(file())));
        assertThat(other.isError()).isTrue();
        assertThat(other.reason()).contains(">=0.7.0 & <0.8.0", "this is " + ApiVersion.CURRENT);
    }

    @Test
    void findsAHelperClassOfANewerJavaThatNothingHasLoadedYet() {
        PluginJars made = jar("newer").transform("Good", "flip").source("Helper", "package toys; class Helper {}");
        byte[] helper = made.compiled("toys/Helper.class").clone();
        helper[7] = (byte) (Runtime.version().feature() + 44 + 1);
        PluginProblem problem =
                only(check(made.file("toys/Helper.class", helper).write(file())));
        assertThat(problem.isError()).isTrue();
        assertThat(problem.reason())
                .contains("compiled for Java " + (Runtime.version().feature() + 1));
        assertThat(problem.remedy()).contains("maven.compiler.release");
    }

    @Test
    void findsAClassThatIsNowhereThoughNothingHasAskedForItYet() {
        Path jar = jar("lacking")
                .transform("Good", "flip")
                .source("Reader", """
                        package toys;
                        class Reader { Object read() { return new Gone(); } }
                        class Gone {}
                        """)
                .drop("toys/Gone.class")
                .write(file());
        PluginReport report = check(jar);
        assertThat(report.status()).isEqualTo(PluginReport.Status.LOADED);
        assertThat(only(report).reason()).contains("toys.Gone", "toys.Reader names toys.Gone");
        assertThat(only(report).remedy()).contains("put the missing library into the plugin");
    }

    @Test
    void saysThatALibraryOfTheProgramIsNoneOfThePlugins() {
        Path jar = jar("yaml")
                .transform("Good", "flip")
                .source(
                        "Reader",
                        "package toys; class Reader { Object read() { return new org.yaml.snakeyaml.Yaml(); } }")
                .write(file());
        assertThat(only(check(jar)).reason()).contains("org.yaml.snakeyaml.Yaml");
    }

    @Test
    void findsACopyOfTheApiAndOfWhatIsShared() throws IOException {
        PluginJars fat = jar("fat").transform("Good", "flip");
        for (String file : List.of("org/scenecontexts/api/data/Transform.class", "org/slf4j/Logger.class")) {
            fat.file(file, getClass().getClassLoader().getResourceAsStream(file).readAllBytes());
        }
        PluginReport report = check(fat.write(file()));
        assertThat(report.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.remedy()).contains("'provided'"));
        assertThat(report.problems().getLast().reason()).contains("org.slf4j.Logger");
    }

    @Test
    void namesWhatItUsesAndDoesNotSayInPluginNeeds() {
        String source = "package toys; class Caller { Object call() { return new ProcessBuilder(); } }";
        PluginProblem problem = only(check(
                jar("a").transform("Good", "flip").source("Caller", source).write(file())));
        assertThat(problem.reason()).contains("toys.Caller uses java.lang.ProcessBuilder", "'processes'");
        Path said = jar("a").attribute("Plugin-Needs", "processes")
                .transform("Good", "flip")
                .source("Caller", source)
                .write(file());
        assertThat(check(said).problems()).isEmpty();
    }

    @Test
    void looksIntoClassesAndLibrariesOfAZip() {
        PluginJars zip = jar("zipped").transform("Good", "flip").source("Caller", """
                        package toys; class Caller { Object call() { return new ProcessBuilder(); } }""");
        assertThat(only(check(zip.writeZip(temporary.resolve("checked.zip")))).reason())
                .contains("toys.Caller");
    }

    @Test
    void namesAPluginThatItDependsOnAndIsNotThere() {
        Path jar = jar("child")
                .attribute("Plugin-Dependencies", "parent@>=1.0.0")
                .transform("Good", "flip")
                .write(file());
        assertThat(only(check(jar)).reason()).contains("it needs the plugin 'parent'");
        jar("parent").transform("Parent", "parent-flip").write(folder.resolve("parent.jar"));
        assertThat(check(jar).problems()).isEmpty();
    }
}
