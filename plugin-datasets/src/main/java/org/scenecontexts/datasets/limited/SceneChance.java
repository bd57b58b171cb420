package org.scenecontexts.datasets.limited;

import java.util.Arrays;
import java.util.SplittableRandom;

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
        SplittableRandom random = new SplittableRandom(hash);
        int[] drawn = candidates.clone();
        int kept = Math.min(count, drawn.length);
        for (int i = 0; i < kept; i++) {
            int j = random.nextInt(i, drawn.length);
            int swap = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swap;
        }
        return Arrays.copyOf(drawn, kept);
    }
}
