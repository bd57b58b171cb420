package org.scenecontexts.datasets.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;
import org.scenecontexts.datasets.synthetic.RoomType;
import org.scenecontexts.datasets.synthetic.Split;
import org.scenecontexts.datasets.synthetic.SyntheticRoomsFactory;

/** Raw trees of synthetic rooms, and the rooms that they were made of. */
public final class RawTree {

    private static final double DENSITY = 0.2;
    private static final int CAMERAS = 3;

    private RawTree() {}

    /** Writes a tree of three training rooms and two others. */
    public static Path write(Path target, RawRoomsFactory.Layout layout, int frames) {
        run(new RawRoomsFactory()
                .create(
                        new RawRoomsFactory.Config(target, layout, 3, 1, 1, 7, CAMERAS, DENSITY, frames),
                        new TestContext()));
        return target;
    }

    public static Map<String, Double> run(Preparation work) {
        return work.run(WorkProgress.none());
    }

    /** The room that a tree holds, as the data set of synthetic rooms gives it. */
    public static Scene room(Split split, int index) {
        Dataset rooms = new SyntheticRoomsFactory()
                .create(
                        new SyntheticRoomsFactory.Config(
                                split,
                                index + 1,
                                1,
                                7,
                                java.util.List.of(RoomType.values()),
                                CAMERAS,
                                DENSITY,
                                1,
                                2.8,
                                4,
                                false,
                                1,
                                false),
                        new TestContext());
        return rooms.load(index).scene();
    }

    /** The example of a name. */
    public static Scene scene(Dataset data, String id) {
        for (int i = 0; i < data.size(); i++) {
            if (data.id(i).equals(id)) {
                return data.load(i).scene();
            }
        }
        throw new AssertionError("no scene " + id);
    }

    /** All files below a folder by relative name, with their bytes as text. */
    public static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
