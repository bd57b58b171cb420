package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;

/** What the build assembled is what the launcher and the plugin manager expect to find. */
class DistributionIT {

    @Test
    void everyPluginJarDescribesItself() throws IOException {
        List<Path> jars = jars("plugins");
        assertThat(jars).hasSizeGreaterThanOrEqualTo(3);
        assertThat(jars).allSatisfy(jar -> {
            PluginDescriptor descriptor = new ManifestPluginDescriptorFinder().find(jar);
            assertThat(jar.getFileName().toString())
                    .isEqualTo(descriptor.getPluginId() + "-" + descriptor.getVersion() + ".jar");
            assertThat(descriptor.getRequires()).isEqualTo(">=0.2.0 & <0.3.0");
            assertThat(descriptor.getPluginDescription()).isNotBlank();
            assertThat(descriptor.getProvider()).isEqualTo("Scene Contexts");
        });
    }

    @Test
    void noPluginIsOnTheClassPathOfTheFramework() throws IOException {
        assertThat(names("lib")).noneMatch(name -> name.startsWith("plugin-"));
    }

    @Test
    void frameworkIsNotCopiedBesideThePlugins() throws IOException {
        assertThat(names("plugin-lib")).noneMatch(name -> name.startsWith("framework-") || name.startsWith("pf4j-"));
        assertThat(names("lib")).anyMatch(name -> name.startsWith("framework-api-"));
    }

    @Test
    void startsWithTheOptionsOfTheDistribution(@TempDir Path folder) throws IOException, InterruptedException {
        String out = new DistributionProcess(folder).csc(60, "--version").out();
        assertThat(out).startsWith("csc 0.").contains("Java " + Runtime.version());
    }

    @Test
    void runsAnExampleFromAnyFolderAlsoWhereItLiesAmongBlanksAndCannotBeWritten(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path home = unpacked(folder);
        Set<Path> before = files(home);
        setWritable(home, false);
        try {
            String said = quickstart(home, folder, Map.of("JAVA_HOME", System.getProperty("java.home")));
            assertThat(said).contains("'examples/quickstart.yaml' is taken from the distribution");
        } finally {
            setWritable(home, true);
        }
        // Whoever may write everywhere gets the cache of loaded classes there and nothing else.
        assertThat(files(home))
                .containsAll(before)
                .allMatch(file -> before.contains(file) || file.toString().endsWith(".jsa"));
    }

    @Test
    void runsAnExampleWithItsOwnJavaWhereThereIsNone(@TempDir Path folder) throws IOException, InterruptedException {
        Path home = unpacked(folder);
        Path java = Path.of(System.getProperty("java.home"));
        List<String> jlink = List.of(
                java.resolve("bin").resolve("jlink").toString(),
                "--add-modules",
                Files.readString(Path.of("src", "main", "image", "modules.txt")).strip(),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                home.resolve("runtime").toString());
        run(120, jlink, folder, Map.of());

        String said = quickstart(home, folder, Map.of("JAVA_HOME", "", "PATH", ""));

        assertThat(said).contains("runs/quickstart/report.html");
    }

    /** What the zip holds, in a folder with blanks. */
    private static Path unpacked(Path folder) throws IOException {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "bin/csc is for Unix shells");
        Path home = folder.resolve("my programs").resolve("csc here");
        for (Path file : files(DistributionProcess.DIST)) {
            if (!file.toString().endsWith(".jsa")) {
                Path copy = home.resolve(file.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(DistributionProcess.DIST.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return home;
    }

    /** The quickstart with two steps of training, called from a folder beside the distribution. */
    private static String quickstart(Path home, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("some where"));
        List<String> command = List.of(
                home.resolve("bin").resolve("csc").toString(),
                "run",
                "examples/quickstart.yaml",
                "--threads=1",
                "--set=train.iterations=2",
                "--set=train.data.scenes=2",
                "--set=eval.data.scenes=1");
        String said = run(120, command, elsewhere, environment);
        assertThat(elsewhere.resolve("runs/quickstart/report.html")).isRegularFile();
        assertThat(elsewhere.resolve("runs/quickstart/train/checkpoints")).isDirectory();
        return said;
    }

    private static String run(long seconds, List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("CSC_PLUGINS");
        Process process = builder.start();
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as("%s ends within %d seconds", command, seconds)
                .isTrue();
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** Paths of all files below a folder, relative to it. */
    private static Set<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize).collect(Collectors.toSet());
        }
    }

    private static void setWritable(Path folder, boolean writable) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                assertThat(path.toFile().setWritable(writable)).as("%s", path).isTrue();
            }
        }
    }

    private static List<String> names(String folder) throws IOException {
        return jars(folder).stream().map(jar -> jar.getFileName().toString()).toList();
    }

    private static List<Path> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(DistributionProcess.DIST.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
