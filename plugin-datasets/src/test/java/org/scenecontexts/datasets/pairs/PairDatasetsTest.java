package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.testing.TestFiles;

/** Folders of pairs as data sets. */
class PairDatasetsTest {

    @TempDir
    private Path folder;

    private static Dataset scannet(Path path) {
        return new ScannetPairsFactory()
                .create(new ScannetPairsFactory.Config(path, Optional.empty(), 0.3), PairContexts.context());
    }

    @Test
    void aFolderOfThePublishedScriptsIsRead() {
        Dataset data = scannet(TestFiles.golden("more/pairs"));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.views()).isEqualTo(2);
        Example example = data.load(0);
        assertThat(example.id()).isEqualTo("scene0001_00-0+scene0001_00-25");
        try (Npz npz = Npz.open(TestFiles.golden("more/pairs/scene0001_00/pcd/25.npz"))) {
            double[] expected = npz.get("pcd").doubles();
            assertThat(example.views().get(1).size()).isEqualTo(expected.length / 7);
            assertThat(example.views().get(1).positions()[5]).isEqualTo((float) expected[9]);
            assertThat(example.views().get(1).colours()[4]).isEqualTo((float) expected[11]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scene/pcd/%d.npz",
                "%s/scene/pcd/%d.npz",
                "pairs/scene/pcd/%d.npz",
                "data/pairs/scene/pcd/%d.npz",
                "/another/machine/pairs/scene/pcd/%d.npz"
            })
    void pathsOfListsAreFoundHoweverTheyWereWritten(String form) throws IOException {
        Path root = folder.resolve("data/pairs");
        for (int i = 0; i < 2; i++) {
            cloud(root.resolve("scene/pcd/" + i + ".npz"));
        }
        String absolute = form.replace("%s", root.toString());
        Files.writeString(
                root.resolve("overlap30.txt"), absolute.formatted(0) + " " + absolute.formatted(1) + " 0.5\n");
        assertThat(scannet(root).load(0).views()).hasSize(2);
    }

    private static void cloud(Path file) {
        Npz.write(file, Map.of("pcd", NpArray.of(new double[] {1, 2, 3, 10, 20, 30, 0}, 1, 7)));
    }

    @Test
    void aPathThatIsNowhereIsReportedWithAllPlaces() throws IOException {
        Files.writeString(folder.resolve("overlap30.txt"), "scene/pcd/0.npz scene/pcd/1.npz 0.5\n");
        assertThatThrownBy(() -> scannet(folder))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene/pcd/0.npz")
                .hasMessageContaining(folder.resolve("scene").toString());
    }

    @Test
    void consecutiveKinectViewsAreFoundByTheirOverlap() {
        Path captures = TestFiles.shared("data/pairs");
        Dataset data = new CloudPairsFactory()
                .create(
                        new CloudPairsFactory.Config(
                                captures, 0.5, 0.05, CloudPairsFactory.Candidates.ALL, 1, Up.MINUS_Y),
                        PairContexts.context());
        assertThat(java.util.stream.IntStream.range(0, data.size()).mapToObj(data::id))
                .contains("capture0001+capture0002")
                .doesNotContain("room_scan1+room_scan2");
        Example example = data.load(0);
        assertThat(example.views()).hasSize(2);
    }

    @Test
    void farCloudsOfOneFrameShareAnOriginAndStillOverlap() throws IOException {
        StringBuilder one = new StringBuilder();
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            double x = i % 20 * 0.1;
            double y = i / 20 * 0.1;
            one.append(500_000 + x).append(' ').append(5_400_000 + y).append(" 1\n");
            other.append(500_000.5 + x).append(' ').append(5_400_001 + y).append(" 1\n");
        }
        Files.writeString(folder.resolve("a.XYZ"), one);
        Files.writeString(folder.resolve("b.xyz"), other);
        Files.writeString(folder.resolve("._b.xyz"), "no cloud");
        Example example = new CloudPairsFactory()
                .create(
                        new CloudPairsFactory.Config(folder, 0.3, 0.05, CloudPairsFactory.Candidates.ALL, 1, Up.Z),
                        new TestContext())
                .load(0);
        Scene first = example.views().get(0);
        Scene second = example.views().get(1);
        assertThat(first.origin()).isEqualTo(second.origin()).isNotEqualTo(Origin.ZERO);
        assertThat(second.positions()[0] - first.positions()[0]).isCloseTo(0.5f, within(1e-5f));
        assertThat(second.positions()[1] - first.positions()[1]).isCloseTo(1f, within(1e-5f));
    }

    @Test
    void preparedPairsFarAwayShareAnOriginToo() throws IOException {
        double[] first = {500_000.25, 5_400_000.5, 3, 10, 20, 30, 0};
        double[] second = {500_001.5, 5_400_002.5, 3, 10, 20, 30, 0};
        Npz.write(folder.resolve("scene/pcd/0.npz"), Map.of("pcd", NpArray.of(first, 1, 7)));
        Npz.write(folder.resolve("scene/pcd/1.npz"), Map.of("pcd", NpArray.of(second, 1, 7)));
        Files.writeString(folder.resolve("overlap30.txt"), "scene/pcd/0.npz scene/pcd/1.npz 0.5\n");
        Example example = scannet(folder).load(0);
        assertThat(example.views().get(1).origin()).isEqualTo(new Origin(500_000, 5_400_000, 0));
        assertThat(example.views().get(0).positions()).containsExactly(0.25f, 0.5f, 3);
        assertThat(example.views().get(1).positions()).containsExactly(1.5f, 2.5f, 3);
    }

    @Test
    void preparedCloudsOnTheirSideAreRefused() throws IOException {
        Npz.write(folder.resolve("scene/pcd/0.npz"), Map.of("pcd", NpArray.of(new double[7 * 100], 7, 100)));
        Files.writeString(folder.resolve("overlap30.txt"), "scene/pcd/0.npz scene/pcd/0.npz 0.5\n");
        assertThatThrownBy(() -> scannet(folder).load(0))
                .hasMessageContaining("[7, 100]")
                .hasMessageContaining("transpose");
    }

    @Test
    void cloudsThatDoNotOverlapAreReportedWithTheLargestOverlap() throws IOException {
        Files.writeString(folder.resolve("a.xyz"), "0 0 0\n0.01 0 0\n");
        Files.writeString(folder.resolve("b.xyz"), "5 0 0\n5.01 0 0\n");
        assertThatThrownBy(() -> new CloudPairsFactory()
                        .create(
                                new CloudPairsFactory.Config(
                                        folder, 0.3, 0.05, CloudPairsFactory.Candidates.ALL, 1, Up.Z),
                                PairContexts.context()))
                .hasMessageContaining("the largest overlap is 0.00");
    }
}
