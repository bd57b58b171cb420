package org.scenecontexts.datasets.limited;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.scenecontexts.datasets.DistinctDraws;

/** Draws from what a scene has, by the seed and the scene's name only, so that the draw is the same in every epoch. */
final class SceneChance {

    private static final long PRIME = 0x100000001B3L;

    private SceneChance() {}

    /** Some of the candidates, without repetition; all where there are no more. */
    static int[] draw(long seed, String scene, int[] candidates, int count) {
        long hash = seed;
        for (char c : scene.toCharArray()) {
            hash = (hash ^ c) * PRIME;
        }
        int drawn = Math.min(count, candidates.length);
        int[] places = DistinctDraws.some(candidates.length, drawn, new SplittableRandom(hash));
        return Arrays.stream(places).map(place -> candidates[place]).toArray();
    }
}
