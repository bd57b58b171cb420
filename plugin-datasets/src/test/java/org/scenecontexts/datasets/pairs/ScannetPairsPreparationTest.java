package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** The prepared folders against those of the published scripts (goldens sens/). */
class ScannetPairsPreparationTest {

    private static final String SENS = "more/sens/";
    private static final String SCENE = "scene0811_00";

    /** What another JPEG decoder may change; with that of the JDK all colours are equal. */
    private static final int COLOUR_LEVELS = 1;

    @TempDir
    private Path target;

    private final List<String> warnings = new ArrayList<>();

    private Map<String, Double> prepare(String recording, int frameSkip, boolean images) {
        return new ScannetPairsPreparationFactory()
                .create(
                        new ScannetPairsPreparationFactory.Config(
                                TestFiles.golden(SENS + recording), target, frameSkip, images, 0.3),
                        PairContexts.context(warnings))
                .run(WorkProgress.none());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void framesEqualThePublishedOnes(int frameSkip) throws IOException {
        prepare("tiny.sens", frameSkip, true);
        Path expected = TestFiles.golden(SENS + "tiny_skip" + frameSkip);
        for (String file : files(expected)) {
            Path found = target.resolve("tiny").resolve(file);
            if (file.endsWith(".txt")) {
                assertThat(found).hasSameTextualContentAs(expected.resolve(file));
            } else {
                sameImage(found, expected.resolve(file), file.startsWith("depth") ? 0 : COLOUR_LEVELS);
            }
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static void sameImage(Path found, Path expected, int levels) throws IOException {
        BufferedImage a = ImageIO.read(found.toFile());
        BufferedImage b = ImageIO.read(expected.toFile());
        int[] x = a.getRaster().getPixels(0, 0, a.getWidth(), a.getHeight(), (int[]) null);
        int[] y = b.getRaster().getPixels(0, 0, b.getWidth(), b.getHeight(), (int[]) null);
        assertThat(x).as("%s", found).hasSameSizeAs(y);
        for (int i = 0; i < x.length; i++) {
            assertThat(x[i]).as("%s", found).isCloseTo(y[i], within(levels));
        }
    }

    @Test
    void aRecordingThatIsCutInTheMiddleOfAFrameIsNamedAndLeavesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(TestFiles.golden(SENS + "scene0811_00.sens"));
        Path recordings = Files.createDirectories(target.resolve("recordings"));
        Path cut = Files.write(recordings.resolve("cut.sens"), Arrays.copyOf(whole, whole.length - 1000));
        Path prepared = target.resolve("prepared");

        assertThatThrownBy(() -> new ScannetPairsPreparationFactory()
                        .create(
                                new ScannetPairsPreparationFactory.Config(recordings, prepared, 1, true, 0.3),
                                PairContexts.context(warnings))
                        .run(WorkProgress.none()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(cut.toString())
                .hasMessageContaining("of frame");
        assertThat(Files.exists(prepared) ? files(prepared) : List.of()).isEqualTo(List.of());
    }

    @Test
    void cloudsEqualThePublishedOnes() {
        prepare("scene0811_00.sens", 1, true);
        for (int frame = 0; frame < 5; frame++) {
            double[] found = cloud(target.resolve(SceneFolder.cloudName(SCENE, frame)));
            double[] expected = cloud(TestFiles.golden(SENS + "target/" + SceneFolder.cloudName(SCENE, frame)));
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                if (i % 7 < 3) {
                    assertThat(Double.valueOf(found[i])).isEqualTo(Double.valueOf(expected[i]));
                } else {
                    assertThat(found[i]).isCloseTo(expected[i], within((double) (i % 7 < 6 ? COLOUR_LEVELS : 0)));
                }
            }
        }
    }

    private static double[] cloud(Path file) {
        try (Npz npz = Npz.open(file)) {
            return npz.get("pcd").doubles();
        }
    }

    @Test
    void overlapsEqualThePublishedOnes() {
        prepare("scene0811_00.sens", 1, false);
        assertThat(byPair(target.resolve(SCENE + "/pcd/overlap.txt")))
                .isEqualTo(byPair(TestFiles.golden(SENS + "target/" + SCENE + "/pcd/overlap.txt")));
        assertThat(byPair(target.resolve("overlap30.txt")))
                .isEqualTo(byPair(TestFiles.golden(SENS + "target/overlap30.txt")));
    }

    /** Overlap by the unordered pair of cloud files. */
    private static Map<String, Double> byPair(Path list) {
        Map<String, Double> overlaps = new TreeMap<>();
        for (OverlapList.Pair pair : OverlapList.read(list).pairs()) {
            String a = pair.first().replaceFirst("^target/", "");
            String b = pair.second().replaceFirst("^target/", "");
            overlaps.put(a.compareTo(b) < 0 ? a + " " + b : b + " " + a, pair.overlap());
        }
        return overlaps;
    }

    @Test
    void everyOrderedPairEqualsABruteForceSearch() {
        try (Npz golden = Npz.open(TestFiles.golden(SENS + "overlap_brute.npz"))) {
            int[] frames = golden.get("frames").ints();
            double[] expected = golden.get("matrix").doubles();
            List<double[]> views = java.util.Arrays.stream(frames)
                    .mapToObj(frame -> VoxelAverages.of(
                            cloud(TestFiles.golden(SENS + "target/" + SceneFolder.cloudName(SCENE, frame))),
                            7,
                            Overlaps.VOXEL))
                    .toList();
            assertThat(views.stream().mapToInt(view -> view.length / 3).toArray())
                    .containsExactly(golden.get("down_counts").ints());
            double[][] found = Overlaps.fractions(views, Overlaps.RADIUS, PairContexts.threads(2));
            int n = frames.length;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (i != j) {
                        assertThat(found[i][j]).isEqualTo(expected[i * n + j]);
                    }
                }
            }
        }
    }

    @Test
    void framesWithoutAPoseAreCountedAndTakePartInNoPair() {
        Map<String, Double> figures = prepare("scene0811_00.sens", 1, false);
        assertThat(figures).containsEntry("clouds_made", 5.0).containsEntry("clouds_without_pose", 1.0);
        assertThat(warnings).singleElement().asString().contains("1 of 5 frames");
        assertThat(byPair(target.resolve("overlap30.txt")).keySet()).noneMatch(pair -> pair.contains("/2.npz"));
    }

    @Test
    void aSecondRunKeepsWhatIsCompleteAndMakesWhatIsMissing() throws IOException {
        prepare("scene0811_00.sens", 1, false);
        Path kept = target.resolve(SceneFolder.cloudName(SCENE, 1));
        Path lost = target.resolve(SceneFolder.cloudName(SCENE, 3));
        byte[] content = Files.readAllBytes(lost);
        FileTime before = Files.getLastModifiedTime(kept);
        Map<String, Double> overlaps = byPair(target.resolve(SCENE + "/pcd/overlap.txt"));
        Files.delete(lost);
        Files.delete(target.resolve("overlap30.txt"));

        assertThat(prepare("scene0811_00.sens", 1, false))
                .containsEntry("clouds_made", 1.0)
                .containsEntry("clouds_kept", 4.0);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(before);
        assertThat(lost).hasBinaryContent(content);
        assertThat(byPair(target.resolve(SCENE + "/pcd/overlap.txt"))).isEqualTo(overlaps);
        assertThat(target.resolve("overlap30.txt")).exists();
        assertThat(prepare("scene0811_00.sens", 1, false)).containsEntry("clouds_made", 0.0);
    }

    @Test
    void imagesAreLeftOutOnRequest() {
        prepare("scene0811_00.sens", 1, false);
        assertThat(target.resolve(SCENE + "/depth")).doesNotExist();
        assertThat(target.resolve(SCENE + "/color")).doesNotExist();
        assertThat(target.resolve(SCENE + "/pose/0.txt")).exists();
    }
}
