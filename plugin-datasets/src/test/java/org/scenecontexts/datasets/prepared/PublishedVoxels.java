package org.scenecontexts.datasets.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.NpArray;

/**
 * Compares a scene with what the published data set classes return for its voxels: first point of a voxel, common label
 * or ignore (REFERENCE 5.6). Voxels are formed here as the published code does, because samplers are another plugin's.
 */
public final class PublishedVoxels {

    private static final int IGNORE = 255;

    private PublishedVoxels() {}

    /** Points, colours and voxels with their mapped labels are those of a recorded item. */
    public static void expect(Scene scene, Map<String, NpArray> golden, String item, double voxel) {
        assertThat(scene.positions()).isEqualTo(golden.get(item + "/raw_coords").floats());
        assertThat(scene.colours()).isEqualTo(golden.get(item + "/raw_feats").floats());
        assertThat(voxels(scene, scene.labels(), voxel))
                .isEqualTo(recorded(golden, item, golden.get(item + "/labels").ints()));
    }

    /** Voxel to label and colour. */
    private static Map<String, String> voxels(Scene scene, int[] labels, double voxel) {
        long[] cells = cells(scene.positions(), voxel);
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> merged = new HashMap<>();
        for (int i = 0; i < scene.size(); i++) {
            String cell = Arrays.toString(Arrays.copyOfRange(cells, 3 * i, 3 * i + 3));
            first.putIfAbsent(cell, i);
            int label = labels[i];
            merged.merge(cell, label, (one, other) -> one.equals(other) ? one : Integer.valueOf(Labels.IGNORE));
        }
        Map<String, String> voxels = new HashMap<>();
        first.forEach((cell, i) -> {
            int label = merged.get(cell) == Labels.IGNORE ? IGNORE : merged.get(cell);
            float[] colour = Arrays.copyOfRange(scene.colours(), 3 * i, 3 * i + 3);
            voxels.put(cell, label + " " + Arrays.toString(colour));
        });
        return voxels;
    }

    private static long[] cells(float[] positions, double voxel) {
        long[] cells = new long[positions.length];
        long[] min = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (long) Math.floor(positions[i] * (1 / voxel));
            min[i % 3] = Math.min(min[i % 3], cells[i]);
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] -= min[i % 3];
        }
        return cells;
    }

    private static Map<String, String> recorded(Map<String, NpArray> golden, String item, int[] labels) {
        long[] cells = golden.get(item + "/coords").longs();
        float[] colours = golden.get(item + "/feats").floats();
        Map<String, String> voxels = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            voxels.put(
                    Arrays.toString(Arrays.copyOfRange(cells, 3 * i, 3 * i + 3)),
                    labels[i] + " " + Arrays.toString(Arrays.copyOfRange(colours, 3 * i, 3 * i + 3)));
        }
        return voxels;
    }

    /** Every object of a recorded item is in the scene, with its number, at the same voxels' points. */
    public static void expectObjects(Scene scene, Map<String, NpArray> golden, String item) {
        int[] raw = golden.get(item + "/raw_instances").ints();
        List<Integer> recorded = Arrays.stream(
                        golden.get(item + "/instance_ids").ints())
                .filter(id -> id >= 0)
                .distinct()
                .sorted()
                .boxed()
                .toList();
        assertThat(recorded).isNotEmpty();
        assertThat(Arrays.stream(scene.instances()).distinct().boxed()).containsAll(recorded);
        for (int i = 0; i < raw.length; i++) {
            assertThat(scene.instances()[i]).isIn(raw[i], Labels.NO_INSTANCE);
        }
    }
}
