package org.scenecontexts.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * The clouds of a measurement: recorded ones from a folder, or those that a plugin makes.
 *
 * @since 0.1
 */
public final class Rooms {

    private static final int CLASSES = 20;

    private final WorkloadClouds clouds;
    private final Map<RoomSize, Scene> made = new EnumMap<>(RoomSize.class);

    /** Clouds of any origin; each is made once. */
    public Rooms(WorkloadClouds clouds) {
        this.clouds = clouds;
    }

    /**
     * The recorded clouds where the folder has them, else those of the first plugin that makes any; with neither, only
     * workloads without a cloud can run.
     *
     * @param folder with {@code room3k.npz} to {@code room150k.npz}: {@code coords [N, 4]} (batch, x, y, z in voxels) and
     *     {@code labels [N]}
     */
    public static Rooms find(Path folder, PluginCatalog plugins) {
        boolean all = List.of(RoomSize.values()).stream().allMatch(size -> Files.isRegularFile(file(folder, size)));
        if (all) {
            return new Rooms(new Recorded(folder));
        }
        return plugins.plugins().stream()
                .flatMap(plugin -> plugin.extensions().stream())
                .filter(WorkloadClouds.class::isInstance)
                .map(WorkloadClouds.class::cast)
                .findFirst()
                .map(Rooms::new)
                .orElseGet(() -> new Rooms(new Missing(folder)));
    }

    /** What the clouds are, for the heading of a table. */
    public String description() {
        return clouds.description();
    }

    /**
     * A cloud, made at the first call.
     *
     * @throws IllegalStateException when there are neither recorded clouds nor a plugin that makes any
     */
    public Scene room(RoomSize size) {
        return made.computeIfAbsent(size, clouds::room);
    }

    private static Path file(Path folder, RoomSize size) {
        return folder.resolve("room" + size.label() + ".npz");
    }

    private record Missing(Path folder) implements WorkloadClouds {
        @Override
        public String description() {
            return "none";
        }

        @Override
        public Scene room(RoomSize size) {
            throw new IllegalStateException("there are no clouds to measure on: no room*.npz in "
                    + folder.toAbsolutePath().normalize() + ", and no plugin makes any (plugin-datasets does);"
                    + " 'csc plugins list' shows what is there");
        }
    }

    private record Recorded(Path folder) implements WorkloadClouds {
        @Override
        public String description() {
            return "recorded synthetic rooms at 2 cm";
        }

        @Override
        public Scene room(RoomSize size) {
            try (Npz npz = Npz.open(file(folder, size))) {
                NpArray coords = npz.get("coords");
                int[] grid = coords.ints();
                int[] labels = npz.get("labels").ints();
                return scene("room" + size.label(), grid, labels);
            }
        }

        private static Scene scene(String id, int[] grid, int[] labels) {
            int n = labels.length;
            Random random = new Random(n);
            float[] positions = new float[3 * n];
            float[] colours = new float[3 * n];
            for (int i = 0; i < n; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    positions[3 * i + axis] = (float) ((grid[4 * i + 1 + axis] + 0.5) * RoomSize.SPACING);
                    colours[3 * i + axis] = random.nextInt(256);
                }
                labels[i] = labels[i] < CLASSES ? labels[i] : Labels.IGNORE;
            }
            return new Scene(id, positions, colours, new float[0], labels, new int[0], List.of());
        }
    }
}
