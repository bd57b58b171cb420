package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;

/**
 * Groups as kernels are told of them.
 *
 * @param size rows of each; -1 where they differ
 * @param offsets first row of each and the number of rows where sizes differ, else anything
 */
record Extent(int size, Indices offsets) {

    /** @param nothing what kernels are given where they read nothing */
    static Extent of(Groups groups, Indices nothing) {
        return switch (groups) {
            case Groups.Equal equal -> new Extent(equal.size(), nothing);
            case Groups.Ragged ragged -> new Extent(-1, ragged.offsets());
        };
    }

    /** Items for so many rows of so many numbers. */
    static int numbers(int rows, int columns) {
        return Math.multiplyExact(rows, columns);
    }

    /** Groups of items for so many of them. */
    static DeviceProgram.Groups items(int n) {
        return DeviceProgram.Groups.of(n);
    }
}
