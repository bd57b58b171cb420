package org.scenecontexts.pointnet2.kernel.opencl;

import java.util.Arrays;
import java.util.Objects;

/**
 * Who uses each row, in order; so that a device can add without atomics, in an order that never changes.
 *
 * @param start first user of each row, and the number of users
 * @param user places in the index
 */
record Users(int[] start, int[] user) {

    static Users of(int count, int rows, int[] index) {
        int[] start = new int[rows + 1];
        for (int i = 0; i < count; i++) {
            start[Objects.checkIndex(index[i], rows) + 1]++;
        }
        for (int r = 0; r < rows; r++) {
            start[r + 1] += start[r];
        }
        int[] next = Arrays.copyOf(start, rows);
        int[] user = new int[Math.max(1, count)];
        for (int i = 0; i < count; i++) {
            user[next[index[i]]++] = i;
        }
        return new Users(start, user);
    }
}
