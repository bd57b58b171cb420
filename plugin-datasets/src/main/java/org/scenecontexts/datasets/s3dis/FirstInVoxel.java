package org.scenecontexts.datasets.s3dis;

import java.util.Arrays;

/**
 * The published sub-sampling of rooms: of each small cube the first point, and no label where the points of a cube disagree
 * (REFERENCE 1.7 item 12, 5.3). Divisions are in single precision, as published.
 */
final class FirstInVoxel {

    /** Stored where labels disagree. */
    static final int CONTESTED = 255;

    private final float size;
    private int[] table;
    private int[] kept = new int[1 << 12];
    private int[] labels = new int[1 << 12];
    private int count;

    /** @param size edge of a cube, metres */
    FirstInVoxel(double size) {
        this.size = (float) size;
    }

    /**
     * Finds the points to keep, ascending.
     *
     * @param positions {@code [N, 3]}, metres
     */
    void sample(float[] positions, int points, int[] labelOf) {
        table = new int[Math.max(16, Integer.highestOneBit(Math.max(1, points)) << 2)];
        Arrays.fill(table, -1);
        int mask = table.length - 1;
        for (int i = 0; i < points; i++) {
            int x = cell(positions[3 * i]);
            int y = cell(positions[3 * i + 1]);
            int z = cell(positions[3 * i + 2]);
            int slot = hash(x, y, z) & mask;
            while (table[slot] >= 0 && !same(positions, kept[table[slot]], x, y, z)) {
                slot = slot + 1 & mask;
            }
            if (table[slot] < 0) {
                table[slot] = add(i, labelOf[i]);
            } else if (labels[table[slot]] != labelOf[i]) {
                labels[table[slot]] = CONTESTED;
            }
        }
    }

    private int add(int point, int label) {
        if (count == kept.length) {
            kept = Arrays.copyOf(kept, 2 * count);
            labels = Arrays.copyOf(labels, 2 * count);
        }
        kept[count] = point;
        labels[count] = label;
        return count++;
    }

    private int cell(float value) {
        return (int) Math.floor(value / size);
    }

    private boolean same(float[] positions, int point, int x, int y, int z) {
        return cell(positions[3 * point]) == x
                && cell(positions[3 * point + 1]) == y
                && cell(positions[3 * point + 2]) == z;
    }

    private static int hash(int x, int y, int z) {
        long h = x * 0x9E3779B97F4A7C15L ^ y * 0xC2B2AE3D27D4EB4FL ^ z * 0x165667B19E3779F9L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h >>> 32);
    }

    int count() {
        return count;
    }

    /** Index of a kept point. */
    int point(int index) {
        return kept[index];
    }

    /** Its label, or {@link #CONTESTED}. */
    int label(int index) {
        return labels[index];
    }
}
