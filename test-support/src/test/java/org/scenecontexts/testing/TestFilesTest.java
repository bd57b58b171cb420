package org.scenecontexts.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class TestFilesTest {

    @TempDir
    Path folder;

    private Path root;
    private Path shared;
    private TestFiles files;

    @BeforeEach
    void lay() throws IOException {
        root = Files.createDirectories(folder.resolve("checkout"));
        shared = folder.resolve("shared");
        files = new TestFiles(root, shared);
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    @Test
    void figuresOfTheProjectComeBeforeThoseBesideIt() throws IOException {
        Path ours = write(root.resolve("goldens/a.npz"));
        write(shared.resolve("goldens/a.npz"));

        assertThat(files.findGolden("a.npz")).isEqualTo(ours);
    }

    @Test
    void figuresTooLargeForTheProjectAreFoundBesideIt() throws IOException {
        write(root.resolve("goldens/a.npz"));
        Path large = write(shared.resolve("goldens/more/b.npz"));

        assertThat(files.findGolden("more/b.npz")).isEqualTo(large);
    }

    @Test
    void anAbsentFileSkipsTheTestAndSaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> files.findGolden("more/b.npz"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("more/b.npz")
                .hasMessageContaining(root.resolve("goldens").toString())
                .hasMessageContaining(shared.resolve("goldens").toString())
                .hasMessageContaining("-Dcsc.shared");
    }

    @Test
    void realCloudsAreLookedForBesideTheProjectOnly() throws IOException {
        write(root.resolve("data/osd/learn0.pcd"));

        assertThatThrownBy(() -> files.findShared("data/osd")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void theRootIsTheNearestFolderWithTheWrapper() throws IOException {
        write(root.resolve("mvnw"));
        Path module = Files.createDirectories(root.resolve("cli/target"));

        assertThat(TestFiles.rootAbove(module)).isEqualTo(root);
    }

    @Test
    void theProjectBringsFiguresOfItsOwn() {
        assertThat(TestFiles.golden("README.md")).startsWith(TestFiles.root());
    }
}
