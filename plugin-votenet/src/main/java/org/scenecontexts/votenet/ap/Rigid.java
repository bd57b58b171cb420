package org.scenecontexts.votenet.ap;

import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;

/** Leads points back from a frame into which a matrix has led them. */
final class Rigid {

    private static final double SINGULAR = 1e-6;

    private Rigid() {}

    /**
     * The way back, 3 x 4 row by row.
     *
     * @param there row-major 4 x 4
     * @param scene for messages; its origin is added first, as matrices speak of the frame of the data
     */
    static double[] inverse(float[] there, Scene scene) {
        double[][] m = new double[3][3];
        double[] shift = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                m[i][j] = there[4 * i + j];
            }
            shift[i] = scene.origin().at(i) - there[4 * i + 3];
        }
        double determinant = 0;
        for (int j = 0; j < 3; j++) {
            determinant += m[0][j] * cofactor(m, 0, j);
        }
        if (!(Math.abs(determinant) > SINGULAR)) {
            throw new CloudException("scene '" + scene.id() + "': the attribute '" + BoxSubmission.ALIGNMENT
                    + "' is no rotation (its determinant is " + determinant + "); prepare the scene again");
        }
        double[] back = new double[12];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                back[4 * i + j] = cofactor(m, j, i) / determinant;
                back[4 * i + 3] += back[4 * i + j] * shift[j];
            }
        }
        return back;
    }

    private static double cofactor(double[][] m, int row, int column) {
        int a = (row + 1) % 3;
        int b = (row + 2) % 3;
        int c = (column + 1) % 3;
        int d = (column + 2) % 3;
        return m[a][c] * m[b][d] - m[a][d] * m[b][c];
    }

    static double[] moved(double[] matrix, double[] point) {
        double[] moved = new double[3];
        for (int i = 0; i < 3; i++) {
            moved[i] = matrix[4 * i] * point[0]
                    + matrix[4 * i + 1] * point[1]
                    + matrix[4 * i + 2] * point[2]
                    + matrix[4 * i + 3];
        }
        return moved;
    }
}
