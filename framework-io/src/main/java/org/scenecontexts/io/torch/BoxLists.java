package org.scenecontexts.io.torch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;

/**
 * Reads and writes lists of annotated boxes: which boxes of which scene an annotator has drawn, and which objects they belong
 * to (REFERENCE 9.3). A file holds a dict from the scene's name to a pair of both, as arrays, tensors or lists.
 *
 * @since 0.2
 */
public final class BoxLists {

    private BoxLists() {}

    /**
     * What of a scene is annotated.
     *
     * @param rows of its boxes, in their order in the data
     * @param instances numbers of the objects whose points keep their labels
     */
    public record Kept(int[] rows, int[] instances) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kept kept
                    && Arrays.equals(rows, kept.rows)
                    && Arrays.equals(instances, kept.instances);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(rows) + Arrays.hashCode(instances);
        }

        @Override
        public String toString() {
            return "boxes " + Arrays.toString(rows) + " of objects " + Arrays.toString(instances);
        }
    }

    /**
     * Reads a file.
     *
     * @throws CloudException when it is no such list
     */
    public static Map<String, Kept> read(Path file) {
        TorchValue root = TorchFile.read(file).root();
        if (!(root instanceof TorchValue.Dict dict)) {
            throw new CloudException(file
                    + ": expected a dict from scene to (rows of its boxes, numbers of its objects), found " + root);
        }
        Map<String, Kept> lists = new LinkedHashMap<>();
        dict.entries().forEach((key, value) -> {
            if (!(key instanceof TorchValue.Text scene)
                    || !(value instanceof TorchValue.Sequence pair)
                    || pair.items().size() != 2) {
                throw new CloudException(
                        file + ": expected a scene with (rows of its boxes, numbers of its objects), found " + key
                                + " with " + value + "; a list of points goes under 'point-list'");
            }
            lists.put(
                    scene.value(),
                    new Kept(
                            PointLists.indices(file, scene.value(), pair.items().get(0)),
                            PointLists.indices(file, scene.value(), pair.items().get(1))));
        });
        return lists;
    }

    /** Writes a file in the published format. */
    public static void write(Path file, Map<String, Kept> lists) {
        Map<String, TorchValue> values = new LinkedHashMap<>();
        lists.forEach((scene, kept) -> values.put(
                scene,
                new TorchValue.Sequence(
                        TorchValue.Sequence.Kind.TUPLE, List.of(array(kept.rows()), array(kept.instances())))));
        TorchWriter.write(file, TorchValue.Dict.of(values));
    }

    private static TorchArray array(int[] numbers) {
        return TorchArray.of(NpArray.of(Arrays.stream(numbers).asLongStream().toArray(), numbers.length));
    }
}
