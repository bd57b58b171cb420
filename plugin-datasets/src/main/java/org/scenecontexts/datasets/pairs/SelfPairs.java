package org.scenecontexts.datasets.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.datasets.DistinctDraws;
import org.scenecontexts.datasets.Seeds;

/** Two views cut from each scene: each lacks what lies beyond a vertical plane, and half of the points, others in each. */
final class SelfPairs implements Dataset {

    private final Dataset scenes;
    private final int pairsPerScene;
    private final Cut cut;
    private final long seed;

    /**
     * What a view has.
     *
     * @param keep part of the scene's points before the plane
     * @param density share of those that the view has
     */
    record Cut(double keep, double density) {}

    SelfPairs(Dataset scenes, int pairsPerScene, Cut cut, long seed) {
        this.scenes = scenes;
        this.pairsPerScene = pairsPerScene;
        this.cut = cut;
        this.seed = seed;
    }

    @Override
    public int size() {
        return Math.multiplyExact(scenes.size(), pairsPerScene);
    }

    @Override
    public SceneClasses classes() {
        return scenes.classes();
    }

    @Override
    public String id(int index) {
        return scenes.id(scene(index)) + "+" + index % pairsPerScene;
    }

    private int scene(int index) {
        return index / pairsPerScene;
    }

    @Override
    public int views() {
        return 2;
    }

    @Override
    public String origin() {
        return scenes.origin();
    }

    @Override
    public Example load(int index) {
        Scene whole = scenes.load(scene(index)).scene();
        return new Example(id(index), List.of(view(whole, index, 0), view(whole, index, 1)));
    }

    /** The points on one side of a vertical plane whose direction is chance, thinned out. */
    private Scene view(Scene whole, int index, int side) {
        SplittableRandom chance = new SplittableRandom(Seeds.mix(seed, index, side));
        int n = whole.size();
        double angle = chance.nextDouble(2 * Math.PI);
        double[] along = new double[n];
        for (int i = 0; i < n; i++) {
            along[i] = Math.cos(angle) * whole.positions()[3 * i] + Math.sin(angle) * whole.positions()[3 * i + 1];
        }
        double[] sorted = along.clone();
        Arrays.sort(sorted);
        int kept = (int) Math.ceil(cut.keep() * n);
        double border = n == 0 ? 0 : sorted[kept - 1];
        int[] near = new int[n];
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (along[i] <= border) {
                near[found++] = i;
            }
        }
        int[] drawn = DistinctDraws.some(found, (int) Math.ceil(cut.density() * found), chance);
        Arrays.sort(drawn);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = near[drawn[i]];
        }
        return whole.select(drawn);
    }
}
