package org.scenecontexts.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.WeightFiles;

/** Pointers and web pages under the name of a data file, for every kind of file that is read. */
class StandInsTest {

    private static final String LFS =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab".repeat(32) + "\nsize 151234567\n";

    @TempDir
    Path folder;

    private interface Reader {
        Object read(Path file);
    }

    private static Reader reader(String name) {
        return switch (name.substring(name.indexOf('.') + 1)) {
            case "safetensors" -> SafetensorsFile::open;
            case "pth" -> TorchFile::read;
            case "weights.pth", "weights.safetensors" -> WeightFiles::read;
            case "list.npz", "list.pth" -> PointLists::read;
            case "array.npy" -> Npy::read;
            case "array.npz" -> Npz::open;
            default -> CloudFiles::read;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.ply",
                "a.pcd",
                "a.txt",
                "a.csv",
                "a.xyz",
                "a.npy",
                "a.npz",
                "a.array.npy",
                "a.array.npz",
                "a.safetensors",
                "a.pth",
                "a.weights.pth",
                "a.weights.safetensors",
                "a.list.npz",
                "a.list.pth"
            })
    void pointersOfGitLfsAreNamedWithTheRemedy(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), LFS);
        assertThatThrownBy(() -> reader(name).read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is a Git LFS pointer")
                .hasMessageContaining("151,234,567 bytes")
                .hasMessageContaining("git lfs pull");
    }

    @Test
    void pointersOfGitAnnexAndWebPagesAreNamedToo() throws IOException {
        Path annex = Files.writeString(
                folder.resolve("a.ply"), "../.git/annex/objects/Kj/0m/MD5E-s17--ab.ply/MD5E-s17--ab.ply\n");
        assertThat(StandIns.what(annex))
                .hasValueSatisfying(what -> assertThat(what).contains("git annex get"));
        for (String page :
                new String[] {"<!DOCTYPE html><html>", "\n<HTML lang=en>", "<?xml version=\"1.0\"?>\n<!doctype html>"
                }) {
            Path file = Files.writeString(folder.resolve("b.pth"), page + "<title>Sign in</title>");
            assertThatThrownBy(() -> WeightFiles.read(file)).hasMessageContaining("is a web page");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ply\nformat ascii 1.0\n",
                "1 2 3\n",
                "version 2\n",
                "/annex/objects of a scan\n1 2 3\n",
                "",
                "<cloud/>"
            })
    void dataIsLeftToItsReader(String text) throws IOException {
        assertThat(StandIns.what(Files.writeString(folder.resolve("a.txt"), text)))
                .isEmpty();
        assertThat(StandIns.what(folder.resolve("missing"))).isEmpty();
    }
}
