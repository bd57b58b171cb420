package org.scenecontexts.io.torch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/**
 * Reads and writes lists of labelled points: which points of which scene an annotator has looked at (REFERENCE 9.2).
 *
 * <p>A {@code .pth} file holds a dict from the scene's name to its indices, as arrays, tensors or lists; a {@code .npz}
 * archive one array per scene.
 *
 * @since 0.1
 */
public final class PointLists {

    private PointLists() {}

    /**
     * Reads a file.
     *
     * @return indices into the points of each scene, in the order of the file
     * @throws CloudException when the file is no such list
     */
    public static Map<String, int[]> read(Path file) {
        Map<String, int[]> lists = new LinkedHashMap<>();
        if (name(file).endsWith(".npz")) {
            Npz.readAll(file).forEach((scene, indices) -> lists.put(scene, whole(file, scene, indices::ints)));
            return lists;
        }
        TorchValue root = TorchFile.read(file).root();
        if (!(root instanceof TorchValue.Dict dict)) {
            throw new CloudException(file + ": expected a dict of scene names and point indices, found " + root
                    + "; write it with torch.save({scene: indices}, file)");
        }
        dict.entries().forEach((key, value) -> {
            if (!(key instanceof TorchValue.Text scene)) {
                throw new CloudException(file + ": expected the name of a scene, found the key " + key);
            }
            lists.put(scene.value(), indices(file, scene.value(), value));
        });
        return lists;
    }

    static int[] indices(Path file, String scene, TorchValue value) {
        return switch (value) {
            case TorchArray array -> whole(file, scene, () -> array.array().ints());
            case TorchTensor tensor ->
                whole(
                        file,
                        scene,
                        () -> NpArray.of(tensor.longs(), tensor.size()).ints());
            case TorchValue.Sequence list ->
                whole(
                        file,
                        scene,
                        () -> list.items().stream()
                                .mapToInt(item -> index(file, scene, item))
                                .toArray());
            default ->
                throw new CloudException(file + ": scene " + Shown.quoted(scene)
                        + ": expected an array, a tensor or a list of indices, found " + value);
        };
    }

    private static int[] whole(Path file, String scene, Supplier<int[]> values) {
        try {
            return values.get();
        } catch (IllegalStateException | ArithmeticException e) {
            throw new CloudException(
                    file + ": scene " + Shown.quoted(scene) + ": " + e.getMessage()
                            + "; indices are whole numbers from 0 to " + Integer.MAX_VALUE
                            + ": write them as int64",
                    e);
        }
    }

    private static int index(Path file, String scene, TorchValue item) {
        if (item instanceof TorchValue.Int number) {
            if (number.value() != (int) number.value()) {
                throw new ArithmeticException("index " + number.value() + " does not fit into 32 bits");
            }
            return (int) number.value();
        }
        if (item instanceof TorchArray array && array.shape().length == 0) {
            return array.array().scalarInt();
        }
        throw new CloudException(file + ": scene " + Shown.quoted(scene) + ": expected a whole number, found " + item);
    }

    /** Writes a file, by its extension: {@code .npz}, or else the published torch format. */
    public static void write(Path file, Map<String, long[]> lists) {
        if (name(file).endsWith(".npz")) {
            Map<String, NpArray> arrays = new LinkedHashMap<>();
            lists.forEach((scene, indices) -> arrays.put(scene, NpArray.of(indices, indices.length)));
            Npz.write(file, arrays);
            return;
        }
        Map<String, TorchValue> values = new LinkedHashMap<>();
        // Arrays rather than tensors, because that is what the published selection writes.
        lists.forEach((scene, indices) -> values.put(scene, TorchArray.of(NpArray.of(indices, indices.length))));
        TorchWriter.write(file, TorchValue.Dict.of(values));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** Scenes of a list, for messages. */
    public static String describe(Map<String, ?> lists) {
        List<String> names = List.copyOf(lists.keySet());
        return names.size() <= 5 ? names.toString() : names.subList(0, 5) + " and " + (names.size() - 5) + " more";
    }
}
