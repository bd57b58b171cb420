package org.scenecontexts.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.runtime.config.Registered;

class PluginsTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Plugins plugins;

    @BeforeEach
    void putAWorkingPluginBesideTheBrokenOnes() throws IOException {
        folder = Files.createDirectory(temporary.resolve("plugins"));
        jar("good").transform("Good", "good-flip").write(folder.resolve("m-good.jar"));
    }

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
    }

    private PluginJars jar(String id) {
        return new PluginJars(temporary, id);
    }

    private PluginCatalog discover() {
        plugins = Plugins.discover(List.of(folder));
        assertThat(plugins.catalog().named(Transform.class, "good-flip"))
                .as("the working plugin keeps working: %s", plugins.catalog().failures())
                .hasSize(1);
        return plugins.catalog();
    }

    private PluginReport report(String id) {
        return discover().plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static PluginProblem onlyProblem(PluginReport report) {
        assertThat(report.problems()).hasSize(1);
        return report.problems().getFirst();
    }

    private static PluginProblem onlyError(PluginReport report) {
        assertThat(report.status()).isEqualTo(PluginReport.Status.FAILED);
        return onlyProblem(report);
    }

    @Test
    void loadsAJarAndGivesItsFactories() {
        PluginReport good = report("good");
        assertThat(good.status()).isEqualTo(PluginReport.Status.LOADED);
        assertThat(good.version()).isEqualTo("1.2.0");
        assertThat(good.factories()).extracting(Registered::qualifiedName).containsExactly("good/good-flip");
    }

    @Test
    void loadsAZipAndAnExpandedFolder() {
        jar("zipped").transform("Zipped", "zip-flip").writeZip(folder.resolve("z.zip"));
        assertThat(report("zipped").status()).isEqualTo(PluginReport.Status.LOADED);
    }

    @Test
    void findsProvidersOfTheServiceLoader() {
        jar("service")
                .source("Served", PluginJars.factorySource("Served", "served-flip", ""))
                .file(
                        "META-INF/services/org.scenecontexts.api.data.TransformFactory",
                        "toys.Served # comment\n".getBytes(StandardCharsets.UTF_8))
                .writeWithoutIndex(folder.resolve("s.jar"));
        assertThat(report("service").factories()).hasSize(1);
    }

    @Test
    void createsAFactoryOnceThoughBothIndexesListIt() {
        jar("both")
                .transform("Both", "both-flip")
                .file(
                        "META-INF/services/org.scenecontexts.api.data.TransformFactory",
                        "toys.Both".getBytes(StandardCharsets.UTF_8))
                .write(folder.resolve("b.jar"));
        assertThat(report("both").factories()).hasSize(1);
    }

    @Test
    void reportsARandomFileByName() throws IOException {
        Files.write(folder.resolve("noise.zip"), new byte[] {1, 2, 3});
        assertThat(onlyError(report("noise.zip")).reason()).contains("damaged or no zip archive", "3 bytes");
    }

    @Test
    void reportsATruncatedJarByName() throws IOException {
        Path jar = jar("cut").transform("Cut", "cut").write(folder.resolve("cut.jar"));
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        assertThat(onlyError(report("cut.jar")).reason()).contains("damaged or no zip archive");
    }

    @Test
    void reportsAJarWithADamagedEntry() throws IOException {
        Path jar = jar("bent")
                .file("big.bin", new byte[100])
                .transform("Bent", "bent")
                .write(folder.resolve("bent.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        // The check sum that the central directory states, 16 bytes into the entry's header.
        int header = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("big.bin") - 46;
        bytes[header + 16] ^= 0x55;
        Files.write(jar, bytes);
        assertThat(onlyError(report("bent.jar")).reason()).contains("entry 'big.bin' is damaged");
    }

    @Test
    void reportsAClassThatIsMissing() {
        jar("hollow")
                .transform("Whole", "whole-flip")
                .extension(
                        "Hollow",
                        PluginJars.factorySource(
                                "Hollow",
                                "hollow-flip",
                                "private final Helper helper = new Helper();\n" + "static final class Helper {}"))
                .drop("toys/Hollow$Helper.class")
                .write(folder.resolve("hollow.jar"));
        PluginReport hollow = report("hollow");
        assertThat(hollow.status()).isEqualTo(PluginReport.Status.INCOMPLETE);
        assertThat(hollow.factories()).extracting(Registered::name).containsExactly("whole-flip");
        assertThat(onlyProblem(hollow).reason())
                .isEqualTo("toys.Hollow needs the class toys.Hollow$Helper, which is missing");
    }

    @Test
    void reportsAnIndexThatNamesAClassThatIsNotThere() {
        jar("ghost").transform("Ghost", "ghost").drop("toys/Ghost.class").write(folder.resolve("ghost.jar"));
        assertThat(onlyError(report("ghost")).reason()).contains("toys.Ghost is listed as an extension but is not in");
    }

    @Test
    void reportsAFactoryWhoseConstructorThrows() {
        jar("grumpy")
                .extension(
                        "Grumpy",
                        PluginJars.factorySource(
                                "Grumpy",
                                "grumpy",
                                "public Grumpy() { throw new IllegalStateException(\"no licence\"); }"))
                .write(folder.resolve("grumpy.jar"));
        assertThat(onlyError(report("grumpy")).reason())
                .isEqualTo("the constructor of toys.Grumpy threw java.lang.IllegalStateException: no licence");
    }

    @Test
    void reportsAPluginClassWhoseConstructorThrows() {
        jar("bang")
                .transform("Bang", "bang")
                .source(
                        "Start",
                        "package toys; public class Start extends org.pf4j.Plugin { public Start() { throw new"
                                + " IllegalStateException(\"no GPU\"); } }")
                .attribute("Plugin-Class", "toys.Start")
                .write(folder.resolve("bang.jar"));
        assertThat(onlyError(report("bang")).reason())
                .contains("the constructor of the plugin class toys.Start threw", "no GPU");
    }

    @Test
    void reportsTheSecondOfTwoPluginsWithTheSameIdAndNamesTheFirst() {
        jar("good").transform("Other", "other-flip").write(folder.resolve("n-copy.jar"));
        PluginCatalog catalog = discover();
        assertThat(catalog.plugins())
                .filteredOn(plugin -> plugin.id().equals("good"))
                .extracting(PluginReport::status)
                .containsExactly(PluginReport.Status.LOADED, PluginReport.Status.FAILED);
        assertThat(catalog.failures())
                .singleElement()
                .asString()
                .contains("plugin 'good' failed to load because its id 'good' is also that of", "m-good.jar");
    }

    @Test
    void reportsAPluginThatNeedsANewerApi() {
        jar("future")
                .transform("Future", "future")
                .attribute("Plugin-Requires", ">=9.0")
                .write(folder.resolve("f.jar"));
        assertThat(onlyError(report("future")).reason())
                .isEqualTo("it requires the plugin API >=9.0; this is " + ApiVersion.CURRENT);
    }

    @Test
    void saysWhatAPluginNeedsBeyondTheApi() {
        jar("net")
                .transform("Net", "net")
                .attribute("Plugin-Needs", "network, native-access")
                .write(folder.resolve("n.jar"));
        PluginReport report = report("net");
        assertThat(report.status()).isEqualTo(PluginReport.Status.LOADED);
        assertThat(report.needs()).containsExactly("network", "native-access");
    }

    @Test
    void aZipSaysItToo() {
        jar("zipped")
                .transform("Zipped", "zip-flip")
                .file(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nPlugin-Needs: files\n".getBytes(StandardCharsets.UTF_8))
                .writeZip(folder.resolve("z.zip"));
        assertThat(report("zipped").needs()).containsExactly("files");
    }

    @Test
    void refusesAPluginThatNeedsWhatNobodyKnows() {
        jar("odd")
                .transform("Odd", "odd")
                .attribute("Plugin-Needs", "network, internet")
                .write(folder.resolve("o.jar"));
        PluginProblem problem = onlyError(report("odd"));
        assertThat(problem.reason()).isEqualTo("its Plugin-Needs names 'internet', which means nothing");
        assertThat(problem.remedy()).contains("native-access, network, processes, files");
    }

    @Test
    void reportsARangeOfVersionsThatIsNone() {
        jar("odd")
                .transform("Odd", "odd")
                .attribute("Plugin-Requires", "newest, please")
                .write(folder.resolve("o.jar"));
        assertThat(onlyError(report("odd")).reason()).contains("'newest, please' is no range of versions");
    }

    @Test
    void reportsAPluginCompiledForANewerJava() throws IOException {
        PluginJars made = jar("newer").transform("Newer", "newer");
        Path jar = made.write(folder.resolve("newer.jar"));
        byte[] compiled = new java.util.jar.JarFile(jar.toFile())
                .getInputStream(new java.util.zip.ZipEntry("toys/Newer.class"))
                .readAllBytes();
        compiled[7] = (byte) (Runtime.version().feature() + 44 + 1);
        made.file("toys/Newer.class", compiled).write(jar);
        assertThat(onlyError(report("newer")).reason())
                .isEqualTo(
                        "toys.Newer was compiled for Java " + (Runtime.version().feature() + 1) + "; this is Java "
                                + Runtime.version().feature());
    }

    @Test
    void explainsAMissingIndexOfExtensions() {
        jar("unindexed").transform("Unindexed", "unindexed").writeWithoutIndex(folder.resolve("u.jar"));
        PluginProblem problem = onlyError(report("unindexed"));
        assertThat(problem.reason()).contains("META-INF/extensions.idx is missing although toys.Unindexed");
        assertThat(problem.remedy()).contains("<proc>full</proc>");
    }

    @Test
    void ignoresABundledCopyOfTheApiAndSaysSo() throws IOException {
        PluginJars fat = jar("fat").transform("Fat", "fat-flip");
        for (String name : List.of("data/TransformFactory", "data/Transform", "plugin/Factory")) {
            String file = "org/scenecontexts/api/" + name + ".class";
            fat.file(
                    file,
                    Transform.class.getClassLoader().getResourceAsStream(file).readAllBytes());
        }
        fat.write(folder.resolve("fat.jar"));
        PluginReport report = report("fat");
        assertThat(report.status()).isEqualTo(PluginReport.Status.LOADED);
        assertThat(report.factories()).hasSize(1);
        assertThat(onlyProblem(report).remedy()).contains("'provided'");
    }

    @Test
    void reportsAMissingDependencyAndThoseWhoNeedThePluginInTurn() {
        jar("needy")
                .transform("Needy", "needy")
                .attribute("Plugin-Dependencies", "absent@>=1.0")
                .write(folder.resolve("a.jar"));
        jar("second")
                .transform("Second", "second")
                .attribute("Plugin-Dependencies", "needy")
                .write(folder.resolve("b.jar"));
        assertThat(discover().failures())
                .containsExactly(
                        "plugin 'needy' failed to load because it needs the plugin 'absent', which is not there or does not"
                                + " load",
                        "plugin 'second' failed to load because it needs the plugin 'needy', which is not there or does not"
                                + " load");
    }

    @Test
    void reportsPluginsThatNeedOneAnother() {
        jar("hen")
                .transform("Hen", "hen")
                .attribute("Plugin-Dependencies", "egg")
                .write(folder.resolve("a.jar"));
        jar("egg")
                .transform("Egg", "egg")
                .attribute("Plugin-Dependencies", "hen")
                .write(folder.resolve("b.jar"));
        assertThat(discover().failures()).hasSize(2).allMatch(failure -> failure.contains("in a circle"));
    }

    @Test
    void loadsAPluginAfterTheOneThatItNeeds() {
        jar("user")
                .transform("User", "user-flip")
                .attribute("Plugin-Dependencies", "good@>=1.0")
                .write(folder.resolve("a.jar"));
        assertThat(report("user").status()).isEqualTo(PluginReport.Status.LOADED);
    }

    @Test
    void saysThatALibraryIsNoPlugin() {
        jar("x").without("Plugin-Id").without("Plugin-Version").write(folder.resolve("guava.jar"));
        assertThat(onlyError(report("guava.jar")).reason()).contains("no Plugin-Id");
    }

    @Test
    void reportsANameThatTwoPluginsOfferInBoth() {
        jar("rival").transform("Rival", "good-flip").write(folder.resolve("z-rival.jar"));
        plugins = Plugins.discover(List.of(folder));
        assertThat(plugins.catalog().plugins())
                .filteredOn(plugin -> List.of("good", "rival").contains(plugin.id()))
                .allSatisfy(plugin -> {
                    assertThat(onlyProblem(plugin).reason())
                            .isEqualTo("the name 'good-flip' is offered by the plugins 'good' and 'rival'");
                    assertThat(onlyProblem(plugin).remedy())
                            .isEqualTo("write good/good-flip or rival/good-flip in pipelines");
                });
        assertThat(plugins.catalog().named(Transform.class, "rival/good-flip")).hasSize(1);
    }

    @Test
    void leavesNothingInThePluginFolder() throws IOException {
        jar("zipped").transform("Zipped", "zip-flip").writeZip(folder.resolve("z.zip"));
        discover();
        plugins.close();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("m-good.jar", "z.zip");
        }
    }

    @Test
    void aJarThatWouldExpandToFarMoreThanItHoldsIsRefusedUnread() {
        jar("bomb").file("zeros.bin", new byte[64 << 20]).writeWithoutIndex(folder.resolve("bomb.jar"));

        assertThat(onlyError(report("bomb.jar")).reason()).contains("would expand to");
    }

    @Test
    void namesInBrokenJarsCannotSteerATerminal() {
        jar("loud")
                .file("META-INF/extensions.idx", "toys.\u001b[2JGone".getBytes(StandardCharsets.UTF_8))
                .writeWithoutIndex(folder.resolve("loud.jar"));

        assertThat(onlyError(report("loud")).reason()).contains("toys.\\x1b[2JGone");
    }

    /** A factory whose summary is what a class of a library of the program says about itself. */
    private PluginJars yamlUser(String id, String className) {
        return jar(id).extension(
                        className,
                        PluginJars.factorySource(className, id + "-flip", "")
                                .replace("\"A toy.\"", "String.valueOf(yaml)")
                                .replace(
                                        "public record Config() {}",
                                        "private final Object yaml = new org.yaml.snakeyaml.Yaml();"
                                                + " public record Config() {}"));
    }

    @Test
    void aLibraryOfTheProgramIsNotSeenByPluginsAndTheMessageSaysSo() {
        yamlUser("lender", "Lender").write(folder.resolve("lender.jar"));
        PluginProblem problem = onlyError(report("lender"));
        assertThat(problem.reason())
                .contains("toys.Lender needs the class org.yaml.snakeyaml.Yaml, which is missing")
                .contains("csc has it for itself and shares it with no plugin");
        assertThat(problem.remedy()).contains("put the missing library into the plugin", "org.scenecontexts.api.*");
    }

    @Test
    void aPluginThatBringsALibraryOfItsOwnGetsThatOne() {
        yamlUser("bringer", "Bringer")
                .source(
                        "Yaml",
                        "package org.yaml.snakeyaml; public class Yaml { public String toString() { return \"its own\"; } }")
                .write(folder.resolve("bringer.jar"));
        PluginReport bringer = report("bringer");
        assertThat(bringer.factories()).hasSize(1);
        assertThat(bringer.factories().getFirst().factory().summary()).isEqualTo("its own");
    }

    @Test
    void everyClassOfTheProgramThatIsNotPromisedIsWithheld() {
        String probe = """
                public String summary() {
                    StringBuilder seen = new StringBuilder();
                    for (String name : new String[] {
                        "picocli.CommandLine", "ch.qos.logback.classic.Logger", "com.fasterxml.jackson.databind.ObjectMapper",
                        "org.scenecontexts.runtime.plugin.Plugins", "org.scenecontexts.api.data.Scene",
                        "org.scenecontexts.io.cloud.PointCloud", "org.slf4j.Logger", "org.pf4j.Plugin",
                        "org.scenecontexts.kernels.tile.TileProducts", "java.sql.Connection",
                        "jdk.incubator.vector.FloatVector", "com.sun.source.tree.Tree"
                    }) {
                        try {
                            Class.forName(name, false, getClass().getClassLoader());
                            seen.append(name.substring(name.lastIndexOf('.') + 1)).append(' ');
                        } catch (ClassNotFoundException e) {
                            // Not seen.
                        }
                    }
                    return seen.toString();
                }
                """;
        jar("probe")
                .extension(
                        "Probe",
                        PluginJars.factorySource("Probe", "probe-flip", probe)
                                .replace("public String summary() { return \"A toy.\"; }", ""))
                .write(folder.resolve("probe.jar"));
        assertThat(report("probe").factories().getFirst().factory().summary())
                .isEqualTo("Scene PointCloud Logger Plugin TileProducts Connection FloatVector Tree ");
    }
}
