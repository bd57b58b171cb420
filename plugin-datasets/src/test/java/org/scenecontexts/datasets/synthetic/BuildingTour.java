package org.scenecontexts.datasets.synthetic;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.Seeds;

/**
 * Writes a building of any size as PLY, room by room, to measure what large clouds take: {@code main FILE ROOMS DENSITY
 * [PITCH]}. The rooms are those of {@code {type: synthetic-rooms, split: val, rooms: [office, living]}}, in order, side by side
 * or so many metres apart.
 */
final class BuildingTour {

    private static final double LONGEST = 4;

    private BuildingTour() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int rooms = Integer.parseInt(args[1]);
        double density = Double.parseDouble(args[2]);
        RoomSettings settings = new RoomSettings(List.of(RoomType.OFFICE, RoomType.LIVING), 2.8, LONGEST, false, 1);
        double pitch = args.length > 3 ? Double.parseDouble(args[3]) : LONGEST;
        Path body = file.resolveSibling(file.getFileName() + ".body");
        long points = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body), 1 << 20)) {
            for (int i = 0; i < rooms; i++) {
                long seed = Seeds.mix(0, Split.VAL.stream(), i);
                Room room = RoomGenerator.room(settings, settings.type(i), Seeds.mix(seed, 1));
                List<CameraPose> poses = RoomGenerator.poses(room, 6, Seeds.mix(seed, 2));
                Scene scene = RoomScanner.scan(
                        room, "room-" + i, new ArrayList<>(poses), ScanSettings.of(density, 1), Seeds.mix(seed, 3));
                double[] place = Buildings.place(i, rooms, pitch);
                write(out, Buildings.moved(scene, place[0], place[1]));
                points += scene.size();
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(("ply\nformat binary_little_endian 1.0\nelement vertex " + points
                            + "\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar"
                            + " green\nproperty uchar blue\nproperty uchar truth\nend_header\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Files.copy(body, out);
        }
        Files.delete(body);
        System.out.println(points + " points in " + file);
    }

    private static void write(OutputStream out, Scene scene) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 * scene.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < scene.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                bytes.putFloat(scene.positions()[3 * i + axis]);
            }
            for (int channel = 0; channel < 3; channel++) {
                bytes.put((byte) Math.clamp(Math.round(scene.colours()[3 * i + channel]), 0, 255));
            }
            bytes.put((byte) scene.labels()[i]);
        }
        out.write(bytes.array());
    }
}
