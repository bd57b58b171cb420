package org.scenecontexts.datasets.limited;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.torch.BoxLists;
import org.scenecontexts.io.torch.PointLists;

/**
 * Which objects of each scene an annotator has drawn boxes around; hides all other boxes, and labels and objects of all points
 * that do not belong to one of them (REFERENCE 9.3).
 *
 * <p>Where a scene has no boxes but objects, those are drawn from.
 */
final class BoxBudget implements UnaryOperator<Scene> {

    private final Optional<Path> file;
    private final Map<String, BoxLists.Kept> lists;
    private final int boxes;
    private final long seed;
    private final boolean legacy;

    private BoxBudget(Optional<Path> file, Map<String, BoxLists.Kept> lists, int boxes, long seed, boolean legacy) {
        this.file = file;
        this.lists = lists;
        this.boxes = boxes;
        this.seed = seed;
        this.legacy = legacy;
    }

    /**
     * Some boxes per scene.
     *
     * @param boxes drawn from those of a scene, without repetition
     * @param legacy whether the other points count as labelled 'ignore', so that they spoil the labels of voxels
     */
    static BoxBudget drawn(int boxes, long seed, boolean legacy) {
        return new BoxBudget(Optional.empty(), Map.of(), boxes, seed, legacy);
    }

    /**
     * Boxes named in a file.
     *
     * @param legacy whether a scene that the list leaves out keeps all of its boxes and labels, as published (REFERENCE 12.1
     *     Q19), instead of being an error
     * @throws CloudException when the file is no such list
     */
    static BoxBudget listed(Path file, boolean legacy) {
        return new BoxBudget(Optional.of(file), BoxLists.read(file), 0, 0, legacy);
    }

    /**
     * The scene with all other boxes, labels and objects hidden.
     *
     * @throws CloudException when the list has no such scene, or names a box that the scene does not have
     */
    @Override
    public Scene apply(Scene scene) {
        if (legacy && file.isPresent() && !lists.containsKey(scene.id())) {
            return scene;
        }
        BoxLists.Kept kept = kept(scene);
        List<Box> left = IntStream.of(kept.rows()).mapToObj(scene.boxes()::get).toList();
        int[] instances = kept.instances().clone();
        Arrays.sort(instances);
        int[] points = IntStream.range(0, scene.instances().length)
                .filter(i -> scene.instances()[i] >= 0 && Arrays.binarySearch(instances, scene.instances()[i]) >= 0)
                .toArray();
        int hidden = legacy ? Labels.IGNORE : Labels.UNSEEN;
        return scene.withBoxes(left)
                .withLabels(LabelBudget.only(scene.labels(), points, hidden))
                .withInstances(LabelBudget.only(scene.instances(), points, Labels.NO_INSTANCE));
    }

    /** What of a scene stays. */
    BoxLists.Kept kept(Scene scene) {
        return file.isPresent() ? listed(scene) : drawn(scene);
    }

    private BoxLists.Kept drawn(Scene scene) {
        if (scene.boxes().isEmpty()) {
            int[] objects = Arrays.stream(scene.instances())
                    .filter(instance -> instance >= 0)
                    .distinct()
                    .sorted()
                    .toArray();
            return new BoxLists.Kept(new int[0], SceneChance.draw(seed, scene.id(), objects, boxes));
        }
        int[] candidates = IntStream.range(0, scene.boxes().size())
                .filter(row -> scene.boxes().get(row).label() >= 0)
                .toArray();
        int[] rows = SceneChance.draw(seed, scene.id(), candidates, boxes);
        Arrays.sort(rows);
        return new BoxLists.Kept(
                rows,
                IntStream.of(rows)
                        .map(row -> scene.boxes().get(row).instance())
                        .filter(instance -> instance >= 0)
                        .toArray());
    }

    private BoxLists.Kept listed(Scene scene) {
        BoxLists.Kept kept = lists.get(scene.id());
        if (kept == null) {
            throw new CloudException(file.orElseThrow() + ": has no scene '" + scene.id() + "'; it has "
                    + PointLists.describe(lists)
                    + ". Name a list of all scenes, or say 'legacy: true' to keep all boxes"
                    + " of those that it leaves out, as published");
        }
        for (int row : kept.rows()) {
            if (row < 0 || row >= scene.boxes().size()) {
                throw new CloudException(file.orElseThrow() + ": names box " + row + " of scene '" + scene.id()
                        + "', which has " + scene.boxes().size()
                        + " boxes; the list belongs to other data, or an earlier transform has dropped boxes");
            }
        }
        return kept;
    }
}
