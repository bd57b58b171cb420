package org.scenecontexts.datasets.limited;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.torch.PointLists;

/**
 * Which points of each scene an annotator has labelled; hides the labels and objects of all others (REFERENCE 9.2).
 *
 * <p>Chosen points of a scene depend on the seed and the scene's name only, so they are the same in every epoch.
 */
final class LabelBudget implements UnaryOperator<Scene> {

    private final Optional<Path> file;
    private final Map<String, int[]> lists;
    private final int points;
    private final long seed;
    private final int hidden;

    private LabelBudget(Optional<Path> file, Map<String, int[]> lists, int points, long seed, boolean collide) {
        this.file = file;
        this.lists = lists;
        this.points = points;
        this.seed = seed;
        this.hidden = collide ? Labels.IGNORE : Labels.UNSEEN;
    }

    /**
     * Some points per scene.
     *
     * @param points drawn from the labelled points of a scene, without repetition
     * @param collide whether the other points count as labelled 'ignore', so that they spoil the labels of voxels that they
     *     share with labelled points, as published (REFERENCE 12.1 Q10)
     */
    static LabelBudget drawn(int points, long seed, boolean collide) {
        return new LabelBudget(Optional.empty(), Map.of(), points, seed, collide);
    }

    /**
     * Points named in a file, see {@link PointLists}.
     *
     * @throws CloudException when the file is no such list
     */
    static LabelBudget listed(Path file, boolean collide) {
        return new LabelBudget(Optional.of(file), PointLists.read(file), 0, 0, collide);
    }

    /**
     * The scene with all other labels and objects hidden.
     *
     * @throws CloudException when the list has no such scene, or names a point that the scene does not have
     */
    @Override
    public Scene apply(Scene scene) {
        if (scene.labels().length == 0 && scene.instances().length == 0) {
            return scene;
        }
        int[] kept = points(scene);
        return scene.withLabels(only(scene.labels(), kept, hidden))
                .withInstances(only(scene.instances(), kept, Labels.NO_INSTANCE));
    }

    /** The points of a scene that keep their labels. */
    int[] points(Scene scene) {
        return file.isPresent() ? listedPoints(scene) : drawnPoints(scene);
    }

    private int[] listedPoints(Scene scene) {
        int[] listed = lists.get(scene.id());
        if (listed == null) {
            throw new CloudException(file.orElseThrow() + ": has no scene '" + scene.id() + "'; it has "
                    + PointLists.describe(lists) + ". Select points of the same data first");
        }
        for (int point : listed) {
            if (point < 0 || point >= scene.size()) {
                throw new CloudException(file.orElseThrow() + ": names point " + point + " of scene '" + scene.id()
                        + "', which has " + scene.size()
                        + " points; the list belongs to other data, or an earlier transform"
                        + " has changed the points");
            }
        }
        return listed;
    }

    private int[] drawnPoints(Scene scene) {
        int[] labelled = IntStream.range(0, scene.size())
                .filter(i -> scene.labels().length == 0 || scene.labels()[i] >= 0)
                .toArray();
        return SceneChance.draw(seed, scene.id(), labelled, points);
    }

    static int[] only(int[] values, int[] kept, int hidden) {
        int[] result = new int[values.length];
        Arrays.fill(result, hidden);
        for (int i = 0; i < kept.length && values.length > 0; i++) {
            result[kept[i]] = values[kept[i]];
        }
        return result;
    }
}
