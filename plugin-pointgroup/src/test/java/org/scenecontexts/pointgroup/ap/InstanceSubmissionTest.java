package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.pointgroup.cluster.Proposal;
import org.scenecontexts.pointgroup.cluster.ProposalSettings;
import org.scenecontexts.pointgroup.cluster.Proposals;
import org.scenecontexts.testing.TestFiles;

/** The published benchmark run on one scene, from scores and offsets to the files for the server (REFERENCE 7.4, 7.6). */
class InstanceSubmissionTest {

    /** The numbers that ScanNet's server has for the twenty classes (REFERENCE 5.2). */
    private static final List<Integer> NYU40 =
            List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39);

    private static final Set<Integer> STUFF = Set.of(0, 1);
    private static final Set<Integer> FLAT = Set.of(NYU40.indexOf(10), NYU40.indexOf(12), NYU40.indexOf(16));

    @TempDir
    Path folder;

    private final Npz golden = Npz.open(TestFiles.golden("more/benchmark_instance.npz"));

    private Proposals proposals(String positions, ProposalSettings settings) {
        return Proposals.find(
                golden.get(positions).floats(),
                golden.get("scores").floats(),
                NYU40.size(),
                STUFF,
                settings,
                Parallel.sequential());
    }

    private Proposals merged() {
        return Proposals.merge(
                proposals("vertices_shifted", ProposalSettings.publishedVertices()),
                proposals("vertices", ProposalSettings.publishedUnshiftedVertices()),
                FLAT);
    }

    private void compare(String set, Proposals found) {
        double[] confidence = golden.get(set + "_conf").doubles();
        long[] label = golden.get(set + "_label").longs();
        int[] bits = golden.get(set + "_mask").ints();
        int width = bits.length / label.length;
        assertThat(found.found()).hasSize(label.length);
        for (int p = 0; p < label.length; p++) {
            int row = p * width;
            Proposal proposal = found.found().get(p);
            assertThat(proposal.points())
                    .isEqualTo(IntStream.range(0, 8 * width)
                            .filter(i -> (bits[row + i / 8] >> 7 - i % 8 & 1) != 0)
                            .toArray());
            assertThat((long) NYU40.get(proposal.label())).isEqualTo(label[p]);
            assertThat(proposal.confidence()).isCloseTo(confidence[p], within(1e-5));
        }
    }

    @Test
    void theRecordedSetsAndTheirMergeComeOut() {
        compare("shifted", proposals("vertices_shifted", ProposalSettings.publishedVertices()));
        compare("unshifted", proposals("vertices", ProposalSettings.publishedUnshiftedVertices()));
        compare("merged", merged());
    }

    @Test
    void everyPointOfAMergedObjectCarriesItsNumber() {
        Proposals merged = merged();
        for (int k = 0; k < merged.found().size(); k++) {
            for (int point : merged.found().get(k).points()) {
                if (merged.labels()[point] == merged.found().get(k).label()) {
                    assertThat(merged.fates()[point]).isEqualTo(k);
                }
            }
        }
    }

    @Test
    void theFilesForTheServerAreThoseOfThePublishedProgram() throws IOException {
        String name = golden.get("scene").scalarText();
        float[] positions = golden.get("vertices").floats();
        List<ScenePrediction.Instance> instances = new ArrayList<>();
        for (Proposal proposal : merged().found()) {
            instances.add(new ScenePrediction.Instance(
                    proposal.label(), (float) proposal.confidence(), new int[0], proposal.points()));
        }
        int n = positions.length / 3;
        ScenePrediction prediction = ScenePrediction.semantic(new int[n], new float[n], new float[0], new int[0])
                .withInstances(instances);
        SceneClasses classes =
                SceneClasses.of(NYU40.stream().map(id -> "class " + id).toList());

        new InstanceExport(folder, classes, NYU40).submission(name, Scene.ofPositions(name, positions), prediction);

        Map<String, String> expected = published();
        Map<String, String> written = written();
        assertThat(written.keySet()).isEqualTo(expected.keySet());
        written.forEach((file, text) -> {
            if (file.contains("predicted_masks")) {
                assertThat(text).as(file).isEqualTo(expected.get(file));
            } else {
                compareLists(text, expected.get(file));
            }
        });
    }

    /** Sums in another order may round the fourth decimal of a confidence the other way. */
    private static void compareLists(String found, String expected) {
        String[] lines = found.split("\n", -1);
        String[] published = expected.split("\n", -1);
        assertThat(lines).hasSameSizeAs(published);
        for (int i = 0; i < lines.length; i++) {
            String[] words = lines[i].split(" ");
            String[] others = published[i].split(" ");
            assertThat(Arrays.copyOf(words, 2)).isEqualTo(Arrays.copyOf(others, 2));
            assertThat(words[2]).matches("\\d\\.\\d{4}");
            assertThat(Double.parseDouble(words[2])).isCloseTo(Double.parseDouble(others[2]), within(1.01e-4));
        }
    }

    private Map<String, String> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString().replace('\\', '/'),
                            InstanceSubmissionTest::text,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> published() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(TestFiles.golden("more/benchmark_instance.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.US_ASCII));
                }
            }
        }
        return files;
    }
}
