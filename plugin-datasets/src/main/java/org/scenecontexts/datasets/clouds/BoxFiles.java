package org.scenecontexts.datasets.clouds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.io.json.JsonFiles;

/**
 * Reads the boxes that people drew around the objects of their own clouds, one JSON file per cloud: as this program writes boxes
 * ({@code boxes} with class, centre, size, heading), or as labelCloud does ({@code objects} with centroid or vertices).
 */
final class BoxFiles {

    private final Path folder;
    private final PointCloudsFactory.Config config;
    private final List<String> classes;
    private final Consumer<String> warn;

    /** A box as a file says it, in the file's unit and axes. */
    record Drawn(String place, String name, double[] centre, double[] size, double heading) {}

    BoxFiles(Path folder, PointCloudsFactory.Config config, List<String> classes, Consumer<String> warn) {
        this.folder = folder;
        this.config = config;
        this.classes = classes;
        this.warn = warn;
    }

    /** The file of a cloud: its name with {@code .boxes.json} or {@code .json}. */
    static Optional<Path> of(Path folder, Path cloud) {
        String name = cloud.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return Stream.of(stem + ".boxes.json", stem + ".json")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The scene with the boxes of its cloud; without a file it is one without objects, which is said.
     *
     * @param scene scaled and turned
     */
    Scene boxed(Path cloud, Scene scene) {
        Optional<Path> file = of(folder, cloud);
        if (file.isEmpty()) {
            warn.accept(cloud + ": has no boxes in " + folder + " (NAME.boxes.json or NAME.json), so it is taken for a"
                    + " cloud without objects; if it has some, draw them, and save an empty list otherwise");
            return scene;
        }
        List<Box> boxes = new ArrayList<>();
        for (Drawn drawn : read(file.get())) {
            int label = label(drawn);
            if (label != Labels.IGNORE) {
                boxes.add(box(drawn, label, scene.origin()));
            }
        }
        return scene.withBoxes(boxes);
    }

    private List<Drawn> read(Path file) {
        JsonPlace root = new JsonPlace(file + ": ", JsonFiles.read(file));
        if (root.has("boxes")) {
            return root.at("boxes").items().stream()
                    .map(box -> new Drawn(
                            box.place(),
                            box.at("class").text(),
                            box.at("centre").triple(),
                            box.at("size").triple(),
                            box.has("heading") ? box.at("heading").number() : 0))
                    .toList();
        }
        if (!root.has("objects")) {
            throw new CloudException(
                    file + ": neither 'boxes' (as csc writes them) nor 'objects' (as labelCloud does) is"
                            + " there; 'boxes:' of point-clouds names the folder of such files");
        }
        List<Drawn> drawn = LabelCloud.read(root, folder, warn);
        if (config.up() != Up.Z) {
            throw new CloudException(file + ": labelCloud turns boxes about z, but 'up: " + config.up()
                    + "' turns its clouds; turn clouds and boxes before, so that z is up in the files");
        }
        return drawn.stream().map(this::scaled).toList();
    }

    /** labelCloud knows the unit of the file alone; our own files are in metres already. */
    private Drawn scaled(Drawn drawn) {
        double[] centre = drawn.centre().clone();
        double[] size = drawn.size().clone();
        for (int axis = 0; axis < 3; axis++) {
            centre[axis] *= config.scale();
            size[axis] *= config.scale();
        }
        return new Drawn(drawn.place(), drawn.name(), centre, size, drawn.heading());
    }

    private int label(Drawn drawn) {
        int label = classes.indexOf(drawn.name());
        if (label >= 0 || drawn.name().equals(LabelMap.IGNORE)) {
            return label < 0 ? Labels.IGNORE : label;
        }
        String message = drawn.place() + ": the class '" + drawn.name() + "' is not among the classes " + classes
                + "; add it to 'classes:', or set 'unmapped: ignore'";
        switch (config.unmapped()) {
            case ERROR -> throw new CloudException(message);
            case WARN -> warn.accept(message);
            case IGNORE -> {}
        }
        return Labels.IGNORE;
    }

    private static Box box(Drawn drawn, int label, Origin origin) {
        for (double length : drawn.size()) {
            if (!(length > 0)) {
                throw new CloudException(drawn.place() + ": three lengths above 0 are expected, found "
                        + java.util.Arrays.toString(drawn.size()));
            }
        }
        double heading = Math.IEEEremainder(drawn.heading(), 2 * Math.PI);
        return new Box(
                drawn.centre()[0] - origin.x(),
                drawn.centre()[1] - origin.y(),
                drawn.centre()[2] - origin.z(),
                drawn.size()[0],
                drawn.size()[1],
                drawn.size()[2],
                heading <= -Math.PI ? Math.PI : heading,
                label,
                Labels.NO_INSTANCE);
    }
}
