package org.scenecontexts.kernels.machine;

import org.scenecontexts.kernels.tile.ScalarTileProducts;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.kernels.tile.TileWorkspace;

/**
 * Compares small sums with plain Java before generated code is trusted on a machine where no one may have tried it.
 * Values are small whole numbers, so that sums are exact in any order.
 */
final class SelfCheck {

    private static final int LENGTH = 7;
    private static final int STRIDE = 101;

    private SelfCheck() {}

    /**
     * Tries every number of rows of a tile and every kind of edge.
     *
     * @throws UnsupportedOperationException if a sum is wrong
     */
    static void run(TileProducts products) {
        for (int rows = 1; rows <= 9; rows++) {
            for (int columns : new int[] {products.columns(), products.columns() / 2, 3, products.columns() + 1}) {
                for (boolean fresh : new boolean[] {true, false}) {
                    compare(products, rows, columns, fresh);
                }
            }
        }
    }

    private static void compare(TileProducts products, int rows, int columns, boolean fresh) {
        float[] left = numbers(STRIDE * 10, 13);
        float[] right = numbers(STRIDE * 10, 17);
        TileProducts scalar = new ScalarTileProducts();
        float[] found = numbers(STRIDE * 10, 7);
        float[] expected = found.clone();
        TileWorkspace ours = offsets(products);
        TileWorkspace theirs = offsets(scalar);
        products.bind(left, right, found).outer(ours, LENGTH, rows, columns, 3, STRIDE, fresh);
        scalar.bind(left, right, expected).outer(theirs, LENGTH, rows, columns, 3, STRIDE, fresh);
        refuse(products, "outer", rows, columns, found, expected);
        int panel = LENGTH * products.columns();
        products.bind(left, right, found).rows(ours, rows, 1, panel, columns, LENGTH, fresh);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = 1 + j / products.columns() * panel + j % products.columns();
                float sum = fresh ? 0 : expected[ours.result()[i] + j];
                for (int p = 0; p < LENGTH; p++) {
                    sum += left[ours.left()[i] + p] * right[at + p * products.columns()];
                }
                expected[ours.result()[i] + j] = sum;
            }
        }
        refuse(products, "rows", rows, columns, found, expected);
        products.give(ours);
    }

    private static TileWorkspace offsets(TileProducts products) {
        TileWorkspace workspace = products.take();
        for (int i = 0; i < 9; i++) {
            workspace.left()[i] = (i * 5 % 9) * STRIDE + i;
            workspace.right()[i] = (i * 4 % 9) * STRIDE + 2 * i;
            workspace.result()[i] = (i * 7 % 9) * STRIDE + 1;
        }
        return workspace;
    }

    private static float[] numbers(int count, int factor) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i * factor % 11 - 5;
        }
        return numbers;
    }

    private static void refuse(
            TileProducts products, String what, int rows, int columns, float[] found, float[] expected) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] != expected[i]) {
                throw new UnsupportedOperationException("generated code " + products.name() + " sums wrongly here ("
                        + what + ", " + rows + " x " + columns + ": value " + i + " is " + found[i] + ", expected "
                        + expected[i] + "); please report the processor");
            }
        }
    }
}
