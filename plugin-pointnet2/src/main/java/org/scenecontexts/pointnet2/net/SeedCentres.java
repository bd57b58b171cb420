package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The first centres of a level of each scene, which are its seeds: kept with the batch, where the engine has found them, so that
 * nobody waits for their rows.
 *
 * @param places where they are
 * @param steps rows of the batch, then rows among those, and so on
 * @param own what has to be given back: nothing where all centres are seeds
 */
record SeedCentres(Points places, List<Indices> steps, List<Runnable> own) implements AutoCloseable {

    /** Index of the level whose centres are the seeds. */
    static final int LEVEL = 1;

    /** @param count of each scene, at most as many as there are centres */
    static SeedCentres of(TensorEngine engine, Geometry geometry, int count) {
        Level level = geometry.levels().get(LEVEL);
        Points centres = new Points(
                Tensor.over(engine, level.points().xyz(), level.points().rows(), 3),
                level.points().offsets());
        List<Indices> steps = new ArrayList<>();
        geometry.levels().subList(0, LEVEL + 1).forEach(each -> steps.add(each.rows()));
        int scenes = centres.scenes();
        int available = centres.rows().rows() / scenes;
        if (count == available) {
            return new SeedCentres(centres, List.copyOf(steps), List.of());
        }
        int[] first = new int[scenes * count];
        Arrays.setAll(first, i -> i / count * available + i % count);
        int[] offsets = new int[scenes + 1];
        Arrays.setAll(offsets, b -> b * count);
        Indices chosen = engine.indices(first, scenes * available);
        steps.add(chosen);
        Points places = centres.select(new Points.Picks(chosen, offsets));
        return new SeedCentres(
                places,
                List.copyOf(steps),
                List.of(chosen::release, () -> places.rows().release()));
    }

    /** Gives back what is not the geometry's; done when the batch is closed. */
    @Override
    public void close() {
        own.forEach(Runnable::run);
    }
}
