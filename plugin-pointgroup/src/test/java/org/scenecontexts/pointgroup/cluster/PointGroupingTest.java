package org.scenecontexts.pointgroup.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.WorkerPool;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class PointGroupingTest {

    private static Set<Set<Integer>> sets(Clusters clusters) {
        return IntStream.range(0, clusters.count())
                .mapToObj(k -> Arrays.stream(clusters.points(k)).boxed().collect(Collectors.toCollection(TreeSet::new)))
                .collect(Collectors.toSet());
    }

    /** The published search, word by word: neighbour lists by index, then breadth first. */
    private static Set<Set<Integer>> naive(float[] positions, int[] labels, float radius, int cap) {
        List<List<Integer>> near = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            List<Integer> own = new ArrayList<>();
            for (int j = 0; j < labels.length && labels[i] >= 0 && (cap == 0 || own.size() < cap); j++) {
                float dx = positions[3 * i] - positions[3 * j];
                float dy = positions[3 * i + 1] - positions[3 * j + 1];
                float dz = positions[3 * i + 2] - positions[3 * j + 2];
                if (labels[j] >= 0 && dx * dx + dy * dy + dz * dz < radius * radius) {
                    own.add(j);
                }
            }
            near.add(own);
        }
        Set<Set<Integer>> found = new java.util.HashSet<>();
        boolean[] visited = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || visited[i]) {
                continue;
            }
            Set<Integer> cluster = new TreeSet<>();
            ArrayDeque<Integer> open = new ArrayDeque<>(List.of(i));
            visited[i] = true;
            while (!open.isEmpty()) {
                int at = open.poll();
                cluster.add(at);
                for (int other : near.get(at)) {
                    if (!visited[other] && labels[other] == labels[at]) {
                        visited[other] = true;
                        open.add(other);
                    }
                }
            }
            found.add(cluster);
        }
        return found;
    }

    /** Clumps of different density, on a lattice half of the time so that distances equal the radius. */
    private static float[] cloud(Random random, int n) {
        float[] positions = new float[3 * n];
        boolean lattice = random.nextBoolean();
        for (int i = 0; i < n; i++) {
            double spread = random.nextInt(4) == 0 ? 3 : 0.05;
            int clump = random.nextInt(5);
            for (int axis = 0; axis < 3; axis++) {
                double value = Math.sin(clump * 3 + axis) + spread * random.nextGaussian();
                positions[3 * i + axis] = (float) (lattice ? Math.rint(value * 20) / 20 : value);
            }
        }
        return positions;
    }

    @ParameterizedTest(name = "radius {0}, at most {1} neighbours")
    @CsvSource({"0.05, 0", "0.2, 0", "1, 0", "0.1, 1000", "0.1, 1", "0.2, 7", "0.2, 60", "1, 100"})
    void groupsAreThoseOfTheSearchAsPublished(float radius, int cap) {
        Random random = new Random(7);
        for (int round = 0; round < 12; round++) {
            int n = 1 + random.nextInt(500);
            float[] positions = cloud(random, n);
            int[] labels = random.ints(n, -1, 3).toArray();

            Clusters found = PointGrouping.find(positions, labels, radius, cap, Parallel.sequential());

            assertThat(sets(found)).isEqualTo(naive(positions, labels, radius, cap));
        }
    }

    @Test
    void threadsDoNotChangeGroupsOrTheirOrder() {
        Random random = new Random(3);
        float[] positions = cloud(random, 30_000);
        int[] labels = random.ints(30_000, 0, 4).toArray();
        Clusters one = PointGrouping.find(positions, labels, 0.05f, 40, Parallel.sequential());
        try (WorkerPool pool = new WorkerPool(3)) {
            Clusters three = PointGrouping.find(positions, labels, 0.05f, 40, pool);

            assertThat(three.count()).isEqualTo(one.count());
            for (int k = 0; k < one.count(); k++) {
                assertThat(three.points(k)).isEqualTo(one.points(k));
            }
        }
    }

    @Test
    void groupsComeInTheOrderOfTheirLowestPoint() {
        Clusters found = PointGrouping.find(
                new float[] {9, 0, 0, 0, 0, 0, 9, 0, 0.1f, 0, 0, 0.1f}, new int[4], 0.2f, 0, Parallel.sequential());

        assertThat(found.points(0)).containsExactly(0, 2);
        assertThat(found.points(1)).containsExactly(1, 3);
    }

    @Test
    void noPointsGiveNoGroups() {
        assertThat(PointGrouping.find(new float[0], new int[0], 1, 0, Parallel.sequential())
                        .count())
                .isZero();
        assertThat(PointGrouping.find(new float[3], new int[] {-1}, 1, 1000, Parallel.sequential())
                        .count())
                .isZero();
    }

    @Test
    void aPositionThatIsNotFiniteIsNamed() {
        assertThatThrownBy(() -> PointGrouping.find(
                        new float[] {0, 0, 0, 0, Float.NaN, 0}, new int[2], 1, 0, Parallel.sequential()))
                .hasMessageContaining("point 1")
                .hasMessageContaining("axis y");
    }

    @Test
    void unitsThatCannotBeRightAreRefused() {
        assertThatThrownBy(() -> PointGrouping.find(
                        new float[] {0, 0, 0, 1e9f, 1e9f, 1e9f}, new int[2], 0.03f, 0, Parallel.sequential()))
                .hasMessageContaining("same unit");
    }

    @Test
    void theRecordedClustersAndProposalsComeOut() {
        Npz golden = Npz.open(TestFiles.golden("pointgroup_cluster_voxel.npz"));
        int[] entries = golden.get("cluster_idxs").ints();
        int[] offsets = golden.get("cluster_offsets").ints();
        Set<Set<Integer>> recorded = new java.util.HashSet<>();
        for (int k = 0; k + 1 < offsets.length; k++) {
            Set<Integer> members = new TreeSet<>();
            for (int e = offsets[k]; e < offsets[k + 1]; e++) {
                members.add(entries[2 * e + 1]);
            }
            recorded.add(members);
        }

        Clusters found = PointGrouping.find(
                golden.get("sub_vertices").floats(),
                golden.get("sub_labels").ints(),
                golden.get("thresh").floats()[0],
                1000,
                Parallel.sequential());

        assertThat(sets(found).stream().filter(set -> set.size() >= 50).collect(Collectors.toSet()))
                .isEqualTo(recorded);
        compareProposals(golden);
    }

    private static void compareProposals(Npz golden) {
        float[] scores = golden.get("scores").floats();
        long[] mapping = golden.get("class_mapping").longs();
        Set<Integer> ignored = new TreeSet<>();
        for (long id : golden.get("ignored").longs()) {
            for (int c = 0; c < mapping.length; c++) {
                if (mapping[c] == id) {
                    ignored.add(c);
                }
            }
        }
        Proposals proposals = Proposals.find(
                golden.get("vertices").floats(),
                scores,
                mapping.length,
                ignored,
                ProposalSettings.publishedVoxels(),
                Parallel.sequential());

        double[] confidence = golden.get("inst_conf").doubles();
        long[] label = golden.get("inst_label_id").longs();
        int[] bits = golden.get("inst_mask").ints();
        int width = bits.length / label.length;
        assertThat(proposals.found()).hasSize(label.length);
        for (int p = 0; p < label.length; p++) {
            int row = p * width;
            int[] points = IntStream.range(0, 8 * width)
                    .filter(i -> (bits[row + i / 8] >> 7 - i % 8 & 1) != 0)
                    .toArray();
            Proposal same = proposals.found().stream()
                    .filter(found -> Arrays.equals(found.points(), points))
                    .findAny()
                    .orElseThrow();
            assertThat(mapping[same.label()]).isEqualTo(label[p]);
            assertThat(same.confidence()).isCloseTo(confidence[p], org.assertj.core.data.Offset.offset(1e-5));
        }
    }
}
