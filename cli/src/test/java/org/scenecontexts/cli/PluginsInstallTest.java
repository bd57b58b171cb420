package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import picocli.CommandLine;

/** A plugin's libraries are announced, fetched from a repository and checked; what breaks leaves nothing that looks whole. */
class PluginsInstallTest {

    @TempDir
    private Path folder;

    private Path plugins;
    private Path jar;
    private OptionalPlugin plugin;

    @BeforeEach
    void prepareARepository() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        jar = folder.resolve("plugin-made-up.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            entry(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nPlugin-Id: made-up\nPlugin-Version: 1.0.0\n");
            entry(zip, "org/made/up.txt", "here");
        }
        plugin = new OptionalPlugin("made-up", List.of(published("a/b/first.jar"), published("c/second.jar")));
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private OptionalPlugin.Library published(String path) throws Exception {
        byte[] content = ("content of " + path).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("repository").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return new OptionalPlugin.Library(content.length, sum, path);
    }

    private PluginInstaller installer() {
        String repository = folder.resolve("repository").toUri().toString();
        return new PluginInstaller(plugin, repository, plugins, new PrintWriter(new StringWriter()));
    }

    @Test
    void theFolderIsLaidOutAsPluginFoldersAre() throws IOException {
        installer().install(jar);
        Path made = plugins.resolve("plugin-made-up");
        assertThat(made.resolve("META-INF/MANIFEST.MF")).content().contains("Plugin-Id: made-up");
        assertThat(made.resolve("classes/org/made/up.txt")).hasContent("here");
        assertThat(made.resolve("lib/first.jar")).hasContent("content of a/b/first.jar");
        assertThat(made.resolve("lib/second.jar")).exists();
        assertThat(plugins).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileWithAnotherChecksumIsNotKeptAndTheOthersAreNotFetchedAgain() throws IOException {
        Path second = folder.resolve("repository/c/second.jar");
        byte[] right = Files.readAllBytes(second);
        byte[] wrong = right.clone();
        wrong[3]++;
        Files.write(second, wrong);
        assertThatThrownBy(() -> installer().install(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("c/second.jar")
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("repeat the command");
        assertThat(plugins.resolve("plugin-made-up")).doesNotExist();

        Files.write(second, right);
        Files.delete(folder.resolve("repository/a/b/first.jar"));
        assertThat(installer().missing())
                .extracting(OptionalPlugin.Library::fileName)
                .containsExactly("second.jar");
        installer().install(jar);
        assertThat(plugins.resolve("plugin-made-up/lib/first.jar")).exists();
    }

    @Test
    void aShortDownloadLeavesNothingBehind() throws IOException {
        Files.writeString(folder.resolve("repository/a/b/first.jar"), "content");
        assertThatThrownBy(() -> installer().install(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 7 bytes");
        assertThat(plugins.resolve("plugin-made-up")).doesNotExist();
        assertThat(plugins.resolve(".plugin-made-up.part/lib")).isEmptyDirectory();
    }

    @Test
    void installingAgainFetchesNothing() throws IOException {
        installer().install(jar);
        assertThat(installer().missing()).isEmpty();
        Files.delete(folder.resolve("repository/a/b/first.jar"));
        installer().install(jar);
        assertThat(plugins.resolve("plugin-made-up/lib/first.jar")).exists();
    }

    @Test
    void sizesAreStatedAndNothingIsFetchedUnasked() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = command(Optional.empty(), out, err, "plugins", "install", "nd4j", "--jar", jar.toString());
        assertThat(out.toString()).contains("26 libraries, 130.2 MB").contains("to be fetched: 26 files, 130.2 MB");
        assertThat(err.toString()).contains("--yes");
        assertThat(code).isEqualTo(2);
        assertThat(plugins).isEmptyDirectory();

        code = command(Optional.of("no"), out, err, "plugins", "install", "nd4j", "--cuda", "--jar", jar.toString());
        assertThat(out.toString()).contains("32 libraries, 738.6 MB").contains("nothing was fetched");
        assertThat(code).isEqualTo(1);
        assertThat(plugins).isEmptyDirectory();
    }

    /** The words that the refusal gives are typed as they stand: they must be a command that says sizes. */
    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "{type: nd4j, backend: cuda}", "plugin-nd4j/nd4j"})
    void aDeviceThatIsNotInstalledIsRefusedWithTheCommandThatInstallsIt(String device) {
        PluginCatalog none = PluginCatalog.empty();
        Problem refusal = catchThrowableOfType(InvalidConfigException.class, () -> DeviceOption.read(device, none))
                .problems()
                .getFirst();
        assertThat(refusal.message()).matches("the tensor engine '(plugin-nd4j/)?nd4j' is not installed");
        Matcher told = Pattern.compile("run 'csc (.*?)' \\(with --cuda .*available: none")
                .matcher(refusal.suggestion().orElseThrow());
        assertThat(told.lookingAt()).as(refusal.toString()).isTrue();

        StringWriter out = new StringWriter();
        List<String> words = new ArrayList<>(List.of(told.group(1).split(" ")));
        words.addAll(List.of("--jar", jar.toString()));
        assertThat(command(Optional.of("no"), out, new StringWriter(), words.toArray(String[]::new)))
                .isEqualTo(1);
        assertThat(out.toString()).contains("to be fetched: 26 files, 130.2 MB");
    }

    @Test
    void whatCannotBeInstalledIsRefusedWithWhatCan() {
        StringWriter err = new StringWriter();
        int code = command(Optional.empty(), new StringWriter(), err, "plugins", "install", "tensorflow");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("'tensorflow'").contains("nd4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "maven:central", "file:///my mirror"})
    void aRepositoryThatIsNoAddressIsRefusedBeforeAnythingIsMade(String repository) {
        StringWriter err = new StringWriter();
        int code = command(
                Optional.empty(),
                new StringWriter(),
                err,
                "plugins",
                "install",
                "nd4j",
                "--yes",
                "--jar",
                jar.toString(),
                "--repository",
                repository);
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--repository is the address", "found '" + repository + "'");
        assertThat(plugins).isEmptyDirectory();
    }

    private int command(Optional<String> answer, StringWriter out, StringWriter err, String... words) {
        Host host = new Host(
                Map.of(),
                List.of(plugins),
                () -> {
                    throw new IllegalStateException("nothing is run here");
                },
                question -> answer,
                Optional.empty());
        CommandLine line = Main.commandLine(host);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(words);
    }
}
