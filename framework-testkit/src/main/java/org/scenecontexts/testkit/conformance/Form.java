package org.scenecontexts.testkit.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;

/**
 * The sizes of one check: a matrix, and how its rows fall into groups.
 *
 * @param offsets first row of each group, and the number of rows at the end
 * @param equal rows per group where they are all of one size, else 0
 */
record Form(int rows, int columns, int[] offsets, int equal, long seed) {

    /** One row, one column, nothing but empty groups, and random ones, all small enough for every difference to be taken. */
    static List<Form> small() {
        List<Form> forms = new ArrayList<>(List.of(
                ragged(1, 1, 1, 1),
                ragged(1, 1, 7, 1),
                ragged(2, 5, 1, 5),
                ragged(3, 4, 3, 0, 4, 0),
                ragged(4, 6, 5, 2, 3, 0, 1, 0),
                equal(5, 3, 4, 5),
                equal(6, 4, 1, 9)));
        Random random = new Random(11);
        for (int i = 0; i < 4; i++) {
            int[] sizes = new int[1 + random.nextInt(5)];
            for (int g = 0; g < sizes.length; g++) {
                sizes[g] = Math.max(0, random.nextInt(7) - 1);
            }
            sizes[random.nextInt(sizes.length)]++;
            int rows = Arrays.stream(sizes).sum();
            forms.add(ragged(20 + i, rows, 1 + random.nextInt(19), sizes));
        }
        return forms;
    }

    /** No rows at all. */
    static List<Form> empty() {
        return List.of(ragged(7, 0, 3, 0, 0), ragged(8, 0, 1));
    }

    /** Large enough for several pieces of work, with groups smaller and larger than a piece. */
    static List<Form> large() {
        return List.of(
                equal(31, 100, 16, 24), ragged(32, 3001, 24, 3, 0, 2000, 997, 1, 0), ragged(33, 40_001, 1, 40_001));
    }

    static Form ragged(long seed, int rows, int columns, int... sizes) {
        int[] offsets = new int[sizes.length + 1];
        for (int g = 0; g < sizes.length; g++) {
            offsets[g + 1] = offsets[g] + sizes[g];
        }
        if (offsets[sizes.length] != rows) {
            throw new IllegalArgumentException(Arrays.toString(sizes) + " are not " + rows);
        }
        return new Form(rows, columns, offsets, 0, seed);
    }

    static Form equal(long seed, int count, int size, int columns) {
        int[] offsets = new int[count + 1];
        for (int g = 0; g <= count; g++) {
            offsets[g] = g * size;
        }
        return new Form(count * size, columns, offsets, size, seed);
    }

    int groups() {
        return offsets.length - 1;
    }

    Groups on(TensorEngine engine) {
        return equal > 0 ? new Groups.Equal(groups(), equal) : Groups.ragged(engine, offsets.clone());
    }

    /** The group of a row. */
    int of(int row) {
        if (equal > 0) {
            return row / equal;
        }
        int g = 0;
        while (offsets[g + 1] <= row) {
            g++;
        }
        return g;
    }

    int[] matrix() {
        return new int[] {rows, columns};
    }

    int[] perGroup() {
        return new int[] {groups(), columns};
    }

    @Override
    public String toString() {
        return "[" + rows + ", " + columns + "] in " + groups()
                + (equal > 0 ? " groups of " + equal : " ragged groups");
    }
}
