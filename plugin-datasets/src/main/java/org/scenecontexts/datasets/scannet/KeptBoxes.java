package org.scenecontexts.datasets.scannet;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.torch.TorchArray;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.io.torch.TorchValue;

/** Reads the published lists of limited boxes: for each scan rows of its boxes and numbers of its objects (REFERENCE 9.3). */
final class KeptBoxes {

    private KeptBoxes() {}

    /**
     * What of a scan is kept.
     *
     * @param rows of its boxes
     * @param objects whose points keep their labels
     */
    record Kept(int[] rows, int[] objects) {}

    /** @throws CloudException when the file is no such list */
    static Map<String, Kept> read(Path file) {
        if (!(TorchFile.read(file).root() instanceof TorchValue.Dict dict)) {
            throw new CloudException(file + ": expected a dict from scan to (rows of boxes, numbers of objects), found "
                    + TorchFile.read(file).root());
        }
        Map<String, Kept> lists = new LinkedHashMap<>();
        dict.entries().forEach((key, value) -> {
            if (!(key instanceof TorchValue.Text scan)
                    || !(value instanceof TorchValue.Sequence pair)
                    || pair.items().size() != 2) {
                throw new CloudException(
                        file + ": key " + key + ": expected (rows of boxes, numbers of objects), found " + value);
            }
            String place = file + ": scan '" + scan.value() + "'";
            lists.put(
                    scan.value(),
                    new Kept(
                            whole(place + ", rows", pair.items().get(0)),
                            whole(place + ", objects", pair.items().get(1))));
        });
        return lists;
    }

    private static int[] whole(String place, TorchValue value) {
        return switch (value) {
            case TorchArray array -> array.array().ints();
            case TorchTensor tensor ->
                java.util.Arrays.stream(tensor.longs())
                        .mapToInt(Math::toIntExact)
                        .toArray();
            case TorchValue.Sequence list -> items(place, list.items());
            default -> throw new CloudException(place + ": expected whole numbers, found " + value);
        };
    }

    private static int[] items(String place, List<TorchValue> items) {
        return items.stream().mapToInt(item -> index(place, item)).toArray();
    }

    private static int index(String place, TorchValue item) {
        if (item instanceof TorchValue.Int number) {
            return Math.toIntExact(number.value());
        }
        if (item instanceof TorchArray array && array.shape().length == 0) {
            return array.array().scalarInt();
        }
        throw new CloudException(place + ": expected a whole number, found " + item);
    }
}
