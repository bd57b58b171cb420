package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/** Pairs of clouds from a list, one example per line (REFERENCE 4.1 item 1). */
final class PreparedPairs implements Dataset {

    private final Path root;
    private final List<OverlapList.Pair> pairs;

    /** @param root absolute */
    PreparedPairs(Path root, List<OverlapList.Pair> pairs) {
        this.root = root;
        this.pairs = List.copyOf(pairs);
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public SceneClasses classes() {
        return SceneClasses.none();
    }

    @Override
    public String id(int index) {
        OverlapList.Pair pair = pairs.get(index);
        return name(pair.first()) + "+" + name(pair.second());
    }

    /** {@code scene0000_00-25} for {@code .../scene0000_00/pcd/25.npz}. */
    private static String name(String written) {
        Path path = Path.of(written);
        String stem = path.getFileName().toString().replaceFirst("\\.npz$", "");
        int names = path.getNameCount();
        return names >= 3 ? path.getName(names - 3) + "-" + stem : stem;
    }

    @Override
    public int views() {
        return 2;
    }

    @Override
    public Example load(int index) {
        OverlapList.Pair pair = pairs.get(index);
        return new Example(id(index), List.of(view(pair.first()), view(pair.second())));
    }

    private Scene view(String written) {
        Path file = CloudPath.find(root, written);
        try (Npz npz = Npz.open(file)) {
            NpArray array = npz.get(SceneFolder.ARRAY);
            int[] shape = array.shape();
            if (shape.length != 2 || shape[1] < 6) {
                throw new CloudException(file + ": expected an array '" + SceneFolder.ARRAY
                        + "' of shape [N, 7] (x y z r g b label), found " + array);
            }
            double[] values = array.doubles();
            int n = shape[0];
            float[] positions = new float[3 * n];
            float[] colours = new float[3 * n];
            for (int i = 0; i < n; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    positions[3 * i + axis] = (float) values[i * shape[1] + axis];
                    colours[3 * i + axis] = (float) values[i * shape[1] + 3 + axis];
                }
            }
            return Scene.ofPositions(name(written), positions).withColours(colours);
        }
    }
}
