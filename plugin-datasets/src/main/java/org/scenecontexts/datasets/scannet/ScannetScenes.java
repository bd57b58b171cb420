package org.scenecontexts.datasets.scannet;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.prepared.PreparedArrays;
import org.scenecontexts.io.cloud.LocalPositions;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchValue;

/** Reads prepared scenes: a tuple of points, colours, NYU40 labels and object numbers (REFERENCE 5.1). */
final class ScannetScenes {

    private static final int PARTS = 4;

    private static final int POINTGROUP_NONE = -100;

    private final Path root;
    private final Optional<Map<String, int[]>> labelled;
    private final boolean[] stuff;
    private final LabelSet labelSet;
    private final Consumer<String> warnings;

    ScannetScenes(
            Path root,
            Optional<Map<String, int[]>> labelled,
            List<String> stuff,
            LabelSet labelSet,
            Consumer<String> warnings) {
        this.root = root;
        this.labelled = labelled;
        this.warnings = warnings;
        this.labelSet = labelSet;
        List<String> names = labelSet.classes().names();
        this.stuff = new boolean[names.size()];
        stuff.forEach(name -> this.stuff[names.indexOf(name)] = true);
    }

    static Path file(Path root, String scene) {
        return root.resolve(scene + ".pth");
    }

    Example load(String scene) {
        Path file = file(root, scene);
        TorchValue saved = TorchFile.read(file).root();
        if (!(saved instanceof TorchValue.Sequence tuple) || tuple.items().size() != PARTS) {
            throw new CloudException(file + ": expected a tuple of " + PARTS
                    + " arrays (points, colours, labels, objects), found "
                    + (saved instanceof TorchValue.Sequence other
                            ? other.items().size() + " items"
                            : saved)
                    + "; prepare the scene from ScanNet's release with 'prepare: {type: scannet}'");
        }
        double[] points = PreparedArrays.table(file, "points", tuple.items().get(0), 3);
        double[] colours = PreparedArrays.table(file, "colours", tuple.items().get(1), 3);
        int n = points.length / 3;
        if (colours.length != points.length) {
            throw new CloudException(
                    file + ": " + n + " points, but " + colours.length / 3 + " colours; prepare the scene again");
        }
        double[] numbers = PreparedArrays.column(file, "labels", tuple.items().get(2), n);
        double[] objects = PreparedArrays.column(file, "objects", tuple.items().get(3), n);
        requireOwnKind(file, colours, numbers);
        int[] labels = labels(numbers);
        labelled.map(all -> all.get(scene)).ifPresent(kept -> hideOthers(scene, labels, kept));
        LocalPositions local = PreparedArrays.positions(file, points, warnings);
        return Example.of(new Scene(
                scene,
                local.positions(),
                PreparedArrays.floats(colours, 3, 0, 3),
                new float[0],
                labels,
                instances(objects, labels),
                List.of(),
                local.origin()));
    }

    /** PointGroup and its successors save tuples of the same shape, with colours of -1 to 1 and -100 for points without a class. */
    private static void requireOwnKind(Path file, double[] colours, double[] numbers) {
        if (Arrays.stream(colours).anyMatch(colour -> colour < 0)
                || Arrays.stream(numbers).anyMatch(number -> number == POINTGROUP_NONE)) {
            throw new CloudException(file + ": has colours below 0, or labels of " + POINTGROUP_NONE
                    + ", as the scenes that PointGroup, SoftGroup and others prepare, whose positions are centred;"
                    + " they are not read: prepare ScanNet's release with 'prepare: {type: scannet}'");
        }
    }

    private int[] labels(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToInt(number -> labelSet.of((long) number))
                .toArray();
    }

    private static void hideOthers(String scene, int[] labels, int[] kept) {
        boolean[] shown = new boolean[labels.length];
        for (int point : kept) {
            if (point < 0 || point >= labels.length) {
                throw new CloudException("points-list: scene '" + scene + "': point " + point
                        + " is not among its points 0 .. " + (labels.length - 1)
                        + "; the list belongs to another preparation of the scene");
            }
            shown[point] = true;
        }
        for (int i = 0; i < labels.length; i++) {
            if (!shown[i]) {
                labels[i] = Labels.IGNORE;
            }
        }
    }

    /**
     * A point without a class, for whatever reason, belongs to no object; a point with a class does, whatever its number: the
     * class decides, not the 0 of points that no annotator grouped (REFERENCE 7.2).
     */
    private int[] instances(double[] objects, int[] labels) {
        int[] instances = new int[labels.length];
        for (int i = 0; i < instances.length; i++) {
            boolean thing = labels[i] != Labels.IGNORE && !stuff[labels[i]] && objects[i] >= 0;
            instances[i] = thing ? (int) objects[i] : Labels.NO_INSTANCE;
        }
        return instances;
    }
}
