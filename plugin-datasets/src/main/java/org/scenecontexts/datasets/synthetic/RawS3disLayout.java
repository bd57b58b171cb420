package org.scenecontexts.datasets.synthetic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.raw.SceneOutput;

/** Rooms as the Stanford data set has them: {@code Area_k/<room>/Annotations/<class>_<n>.txt}, and all points in one text. */
final class RawS3disLayout implements RawLayout {

    private static final int[] TRAIN_AREAS = {1, 2, 3, 4, 6};
    private static final int VAL_AREA = 5;

    private static final Map<RoomClass, String> NAMES = Map.ofEntries(
            Map.entry(RoomClass.WALL, "wall"),
            Map.entry(RoomClass.FLOOR, "floor"),
            Map.entry(RoomClass.CEILING, "ceiling"),
            Map.entry(RoomClass.DOOR, "door"),
            Map.entry(RoomClass.WINDOW, "window"),
            Map.entry(RoomClass.TABLE, "table"),
            Map.entry(RoomClass.DESK, "table"),
            Map.entry(RoomClass.CHAIR, "chair"),
            Map.entry(RoomClass.SOFA, "sofa"),
            Map.entry(RoomClass.BOOKSHELF, "bookcase"),
            Map.entry(RoomClass.PICTURE, "board"));

    /** Area and room, such as {@code Area_1/office_1}. */
    @Override
    public String name(RawRoomsFactory.Room room) {
        boolean train = room.split() == Split.TRAIN;
        int area = train ? TRAIN_AREAS[room.index() % TRAIN_AREAS.length] : VAL_AREA;
        int number = 1 + (train ? room.index() / TRAIN_AREAS.length : room.index());
        return String.format(Locale.ROOT, "Area_%d/office_%d", area, number);
    }

    /** The published name of a class; everything without one is clutter. */
    static String className(RoomClass type) {
        return NAMES.getOrDefault(type, "clutter");
    }

    @Override
    public void write(RawRoomsFactory.RawRooms rooms, RawRoomsFactory.Room room, SceneOutput to) {
        Scene scene = rooms.scene(room);
        // Files of one object each, those of a class numbered from 1; walls and floors are one object here.
        Map<List<Integer>, StringBuilder> objects = new TreeMap<>(
                java.util.Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparing(List::getLast));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < scene.size(); i++) {
            String line = line(scene, i);
            all.append(line);
            objects.computeIfAbsent(List.of(scene.labels()[i], scene.instances()[i]), key -> new StringBuilder())
                    .append(line);
        }
        String name = name(room);
        String folder = name + "/Annotations/";
        Map<String, Integer> numbers = new TreeMap<>();
        List<Runnable> files = new ArrayList<>();
        objects.forEach((key, text) -> {
            String type = key.getFirst() < 0 ? "clutter" : className(RoomClass.values()[key.getFirst()]);
            int number = numbers.merge(type, 1, Integer::sum);
            files.add(() -> to.bytes(
                    folder + type + "_" + number + ".txt", text.toString().getBytes(StandardCharsets.US_ASCII)));
        });
        files.forEach(Runnable::run);
        to.bytes(
                name + "/" + name.substring(name.indexOf('/') + 1) + ".txt",
                all.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(Scene scene, int i) {
        return scene.positions()[3 * i] + " " + scene.positions()[3 * i + 1] + " " + scene.positions()[3 * i + 2] + " "
                + Math.round(scene.colours()[3 * i]) + " " + Math.round(scene.colours()[3 * i + 1]) + " "
                + Math.round(scene.colours()[3 * i + 2]) + "\n";
    }

    @Override
    public void finish(RawRoomsFactory.RawRooms rooms, Path target) {
        // There is nothing about all rooms in the release.
    }
}
