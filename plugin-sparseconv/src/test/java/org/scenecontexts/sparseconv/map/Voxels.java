package org.scenecontexts.sparseconv.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes voxel coordinates for tests: bumpy surfaces and strays, around the origin so that some are negative. */
public final class Voxels {

    private Voxels() {}

    /** Exactly {@code rows} distinct voxels of a few batch items in random order, {@code [rows, 4]}. */
    public static int[] random(int rows, int batchItems, long seed) {
        Random random = new Random(seed);
        int half = Math.max(2, (int) Math.sqrt(rows / 2.0 / batchItems));
        Set<List<Integer>> voxels = new LinkedHashSet<>();
        while (voxels.size() < rows) {
            boolean stray = random.nextInt(20) == 0;
            int x = random.nextInt(2 * half) - half;
            int y = random.nextInt(2 * half) - half;
            int z = stray ? random.nextInt(40) - 20 : (int) Math.floor(2 * Math.sin(0.3 * x) + 2 * Math.cos(0.2 * y));
            voxels.add(List.of(random.nextInt(batchItems), x, y, stray ? z : z + random.nextInt(2)));
        }
        List<List<Integer>> shuffled = new ArrayList<>(voxels);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
