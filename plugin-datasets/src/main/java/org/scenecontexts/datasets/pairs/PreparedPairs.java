package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.CloudChecks;
import org.scenecontexts.io.cloud.LocalPositions;

/** Pairs of clouds from a list, one example per line (REFERENCE 4.1 item 1). */
final class PreparedPairs implements Dataset {

    private final Path root;
    private final List<OverlapList.Pair> pairs;
    private final Consumer<String> warnings;

    /** @param root absolute */
    PreparedPairs(Path root, List<OverlapList.Pair> pairs, Consumer<String> warnings) {
        this.root = root;
        this.pairs = List.copyOf(pairs);
        this.warnings = warnings;
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
        Scene first = view(pair.first(), Optional.empty());
        return new Example(id(index), List.of(first, view(pair.second(), Optional.of(first.origin()))));
    }

    /** @param common the origin of the pair, once its first view is known */
    private Scene view(String written, Optional<Origin> common) {
        Path file = CloudPath.find(root, written);
        try (Npz npz = Npz.open(file)) {
            NpArray array = npz.get(SceneFolder.ARRAY);
            int[] shape = array.shape();
            if (shape.length != 2 || shape[1] < 6) {
                throw new CloudException(file + ": expected an array '" + SceneFolder.ARRAY
                        + "' of shape [N, 7] (x y z r g b label), found " + array);
            }
            CloudChecks.upright(file + " (array '" + SceneFolder.ARRAY + "')", shape[0], shape[1]);
            double[] values = array.doubles();
            int n = shape[0];
            double[] points = new double[3 * n];
            for (int i = 0; i < points.length; i++) {
                points[i] = values[i / 3 * shape[1] + i % 3];
            }
            LocalPositions local = LocalPositions.of(file.toString(), points, 1, common);
            local.warnings().forEach(warnings);
            float[] colours = new float[local.positions().length];
            for (int i = 0; i < colours.length; i++) {
                colours[i] = (float) values[local.kept()[i / 3] * shape[1] + 3 + i % 3];
            }
            return Scene.ofPositions(name(written), local.positions())
                    .withColours(colours)
                    .withOrigin(local.origin());
        }
    }
}
