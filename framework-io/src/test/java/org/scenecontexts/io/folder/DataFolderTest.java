package org.scenecontexts.io.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void endingsMatchInAnyCase() throws IOException {
        files("SCAN1.PLY", "b.ply", "c.Ply", "d.las");
        assertThat(names(DataFolder.of(folder).matching("*.ply"))).containsExactly("SCAN1.PLY", "b.ply", "c.Ply");
        assertThat(names(DataFolder.of(folder).matching("*.{PLY,pcd}"))).hasSize(3);
        assertThat(names(DataFolder.of(folder).ending(List.of("ply")))).hasSize(3);
        assertThat(names(DataFolder.of(folder).matching("scan*.ply"))).isEmpty();
    }

    @Test
    void hiddenFilesAndFoldersArePassedOverAndCounted() throws IOException {
        files("a.ply", "._a.ply", ".x", ".cache/b.ply", "sub/._c.ply", "sub/c.ply");
        DataFolder.Taken taken = DataFolder.of(folder).matching("**.ply");
        assertThat(names(taken)).containsExactly("a.ply", "sub/c.ply");
        assertThat(taken.skipped()).containsExactly("._a.ply", ".cache/", ".x", "sub/._c.ply");
        assertThat(taken.told(List.of()))
                .startsWith("4 hidden or unreadable ones are passed over (._a.ply, .cache/, .x, ...)");
    }

    @Test
    void aFolderWhoseOwnNameIsHiddenIsRead() throws IOException {
        files(".data/a.ply");
        assertThat(names(DataFolder.of(folder.resolve(".data")).matching("*.ply")))
                .hasSize(1);
    }

    @Test
    void whatIsNotTakenIsCountedAndNamed() throws IOException {
        files("a.ply", "a.las", "b.laz", "c.md", "sub/d.ply");
        List<String> clouds = List.of("ply", "las", "laz");
        assertThat(DataFolder.of(folder).matching("*.md").told(clouds))
                .isEqualTo("4 other files are not read (a.las, a.ply, b.laz, ...)");
        assertThat(DataFolder.of(folder).matching("**.{ply,laz}").told(clouds))
                .isEqualTo("1 other file is not read (a.las)");
        assertThat(DataFolder.of(folder).matching("**.{ply,la?}").told(clouds)).isEmpty();
        assertThat(DataFolder.flat(folder).matching("*.{ply,las,laz}").told(clouds))
                .isEmpty();
    }

    @Test
    void linksAreFollowed() throws IOException {
        files("real/a.ply", "elsewhere/b.ply");
        Path data = Files.createDirectory(folder.resolve("data"));
        link(data.resolve("rooms"), folder.resolve("real"));
        link(data.resolve("c.ply"), folder.resolve("elsewhere/b.ply"));
        assertThat(names(data, DataFolder.of(data).matching("**.ply"))).containsExactly("c.ply", "rooms/a.ply");
        Path entry = folder.resolve("entry");
        link(entry, data);
        assertThat(DataFolder.of(entry).files()).hasSize(2);
    }

    @Test
    void circlesOfLinksEndAndBrokenOnesAreNamed() throws IOException {
        files("a/1.ply", "b/2.ply");
        link(folder.resolve("a/up"), folder);
        link(folder.resolve("a/b"), folder.resolve("b"));
        link(folder.resolve("b/a"), folder.resolve("a"));
        link(folder.resolve("self"), folder.resolve("self"));
        link(folder.resolve("gone.ply"), folder.resolve("nowhere.ply"));
        DataFolder.Taken taken = DataFolder.of(folder).matching("**.ply");
        assertThat(names(taken)).contains("a/1.ply", "b/2.ply").doesNotContain("gone.ply");
        assertThat(taken.skipped()).contains("a/up", "gone.ply", "self");
    }

    @Test
    void theOrderIsThatOfNumbers() throws IOException {
        files("learn14.ply", "learn4.ply", "learn04b.ply", "learn.ply");
        assertThat(names(DataFolder.of(folder).matching("*")))
                .containsExactly("learn.ply", "learn4.ply", "learn04b.ply", "learn14.ply");
    }

    @Test
    void whatIsNoFolderOrNoGlobIsRefused() throws IOException {
        files("a.ply");
        assertThatThrownBy(() -> DataFolder.of(folder.resolve("none"))).hasMessageContaining("no such folder");
        assertThatThrownBy(() -> DataFolder.of(folder.resolve("a.ply"))).hasMessageContaining("is no folder");
        assertThatThrownBy(() -> DataFolder.of(folder).matching("*.{ply"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("is no glob");
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1 2 3\n");
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            abort("this system gives no symbolic links: " + e);
        }
    }

    private List<String> names(DataFolder.Taken taken) {
        return names(folder, taken);
    }

    private static List<String> names(Path root, DataFolder.Taken taken) {
        return taken.files().stream()
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .toList();
    }
}
