package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Scenes;

/** The sampled rows of all parts, each once, as if the whole scene had been sampled. */
final class JoinedRows {

    private final Scene scene;
    private final List<Scene> pieces = new ArrayList<>();
    private final List<int[]> sources = new ArrayList<>();
    private final int[] inverse;
    private double spacing;
    private int rows;

    JoinedRows(Scene scene) {
        this.scene = scene;
        this.inverse = new int[scene.size()];
        Arrays.fill(inverse, -1);
    }

    /**
     * Takes the rows that stand for some points of a part and have none yet.
     *
     * @param part what was sampled of the part
     * @param points for each original point of the part its number in the scene
     * @param own which of them the rows are wanted for
     */
    void take(SampledPoints part, int[] points, boolean[] own) {
        int[] numbers = new int[part.size()];
        Arrays.fill(numbers, -1);
        int[] chosen = new int[part.size()];
        int count = 0;
        for (int i = 0; i < points.length; i++) {
            int row = part.inverse()[i];
            if (row < 0 || !own[i] || inverse[points[i]] >= 0) {
                continue;
            }
            if (numbers[row] < 0) {
                chosen[count] = row;
                numbers[row] = rows + count++;
            }
            inverse[points[i]] = numbers[row];
        }
        if (count == 0) {
            return;
        }
        chosen = Arrays.copyOf(chosen, count);
        int[] source = new int[count];
        for (int k = 0; k < count; k++) {
            source[k] = points[part.source()[chosen[k]]];
        }
        // Labels as the sampler merged them; places as they are in the scene, whatever the part went through.
        Scene seen = part.scene().select(chosen);
        Scene places = scene.select(source);
        pieces.add(seen.withPositions(places.positions())
                .withNormals(places.normals())
                .withBoxes(List.of()));
        sources.add(source);
        spacing = part.spacing();
        rows += count;
    }

    int rows() {
        return rows;
    }

    /** For each point of the scene its row, or -1, {@code [N]}. */
    int[] inverse() {
        return inverse;
    }

    SampledPoints points() {
        if (rows == 0) {
            return new SampledPoints(scene.select(new int[0]), new int[0], 0, new int[0], inverse);
        }
        Scene all = Scenes.stacked(scene.id(), pieces).withBoxes(scene.boxes()).withOrigin(scene.origin());
        // Numbers of objects are those of the scene; stacking would count them anew for each piece.
        int[] source = sources.stream().flatMapToInt(Arrays::stream).toArray();
        if (scene.hasInstances()) {
            all = all.withInstances(instances());
        }
        int[] grid = new int[spacing > 0 ? 3 * rows : 0];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (int) Math.floor(all.positions()[i] * (1 / spacing));
        }
        return new SampledPoints(all, grid, spacing, source, inverse);
    }

    private int[] instances() {
        return pieces.stream()
                .flatMapToInt(piece -> Arrays.stream(piece.instances()))
                .toArray();
    }
}
