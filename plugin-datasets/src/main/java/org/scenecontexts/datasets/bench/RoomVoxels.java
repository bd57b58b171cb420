package org.scenecontexts.datasets.bench;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.datasets.synthetic.CameraPose;
import org.scenecontexts.datasets.synthetic.Room;
import org.scenecontexts.datasets.synthetic.RoomGenerator;
import org.scenecontexts.datasets.synthetic.RoomScanner;
import org.scenecontexts.datasets.synthetic.RoomSettings;
import org.scenecontexts.datasets.synthetic.ScanSettings;

/**
 * Rooms side by side, scanned densely, one point per voxel, cut off along x where there are enough voxels.
 *
 * <p>Surfaces are seen by an ideal sensor from many places: sensor noise would make them thicker than one voxel and
 * neighbourhoods fuller than those of real scans.
 */
final class RoomVoxels {

    private static final int CAMERAS = 24;

    private static final double DENSITY = 16;

    /** Metres between the middles of two rooms; the largest is 4 m wide. */
    private static final double APART = 4.5;

    private static final int CLASSES = 20;

    private record Voxel(int x, int y, int z) {}

    private RoomVoxels() {}

    static Scene room(RoomSize size) {
        Map<Voxel, Point> voxels = new HashMap<>();
        for (int i = 0; voxels.size() < size.voxels(); i++) {
            add(i, voxels);
        }
        List<Map.Entry<Voxel, Point>> kept = voxels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(Voxel::x)
                        .thenComparingInt(Voxel::y)
                        .thenComparingInt(Voxel::z)))
                .limit(size.voxels())
                .toList();
        return scene(size, kept);
    }

    private record Point(float red, float green, float blue, int label) {}

    private static void add(int index, Map<Voxel, Point> voxels) {
        RoomSettings settings = RoomSettings.defaults();
        Room room = RoomGenerator.room(settings, settings.type(index), index);
        List<CameraPose> poses = RoomGenerator.poses(room, CAMERAS, index);
        Scene scan = RoomScanner.scan(room, "bench-" + index, poses, ScanSettings.of(DENSITY, 0), index);
        float[] xyz = scan.positions();
        float[] rgb = scan.colours();
        for (int p = 0; p < scan.size(); p++) {
            Voxel voxel = new Voxel(cell(xyz[3 * p] + index * APART), cell(xyz[3 * p + 1]), cell(xyz[3 * p + 2]));
            int label = scan.labels()[p];
            voxels.putIfAbsent(
                    voxel,
                    new Point(rgb[3 * p], rgb[3 * p + 1], rgb[3 * p + 2], label < CLASSES ? label : Labels.IGNORE));
        }
    }

    private static int cell(double metres) {
        return (int) Math.floor(metres / RoomSize.SPACING);
    }

    private static Scene scene(RoomSize size, List<Map.Entry<Voxel, Point>> voxels) {
        int n = voxels.size();
        float[] positions = new float[3 * n];
        float[] colours = new float[3 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            Voxel voxel = voxels.get(i).getKey();
            Point point = voxels.get(i).getValue();
            int[] cell = {voxel.x(), voxel.y(), voxel.z()};
            float[] colour = {point.red(), point.green(), point.blue()};
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * i + axis] = (float) ((cell[axis] + 0.5) * RoomSize.SPACING);
                colours[3 * i + axis] = colour[axis];
            }
            labels[i] = point.label();
        }
        return new Scene("room" + size.label(), positions, colours, new float[0], labels, new int[0], List.of());
    }
}
