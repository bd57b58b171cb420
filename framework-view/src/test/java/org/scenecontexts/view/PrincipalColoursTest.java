package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Features as colours. */
class PrincipalColoursTest {

    @Test
    void findsTheDirectionsOfAMatrixThatIsKnown() {
        double[][] found = PrincipalColours.directions(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 5}}, 3);
        double half = Math.sqrt(0.5);
        double[][] expected = {{0, 0, 1}, {half, half, 0}, {half, half, 0}};
        for (int k = 0; k < 2; k++) {
            assertThat(found[k]).containsExactly(expected[k], Offset.offset(1e-12));
        }
        // The sign of the last one is that of its largest number, of which there are two here.
        assertThat(Math.abs(found[2][0])).isCloseTo(half, Offset.offset(1e-12));
        assertThat(found[2][0] + found[2][1]).isCloseTo(0, Offset.offset(1e-12));
    }

    @Test
    void directionsOfAnySymmetricMatrixAreThoseThatItOnlyStretches() {
        Random random = new Random(3);
        for (int width : new int[] {1, 2, 16, 96}) {
            double[][] matrix = new double[width][width];
            for (int a = 0; a < width; a++) {
                for (int b = 0; b <= a; b++) {
                    matrix[a][b] = random.nextGaussian();
                    matrix[b][a] = matrix[a][b];
                }
            }
            double[][] copy = new double[width][];
            for (int a = 0; a < width; a++) {
                copy[a] = matrix[a].clone();
            }
            int count = Math.min(3, width);
            double[][] found = PrincipalColours.directions(copy, count);
            double before = Double.MAX_VALUE;
            for (int k = 0; k < count; k++) {
                double stretch = 0;
                double length = 0;
                double[] image = new double[width];
                for (int a = 0; a < width; a++) {
                    for (int b = 0; b < width; b++) {
                        image[a] += matrix[a][b] * found[k][b];
                    }
                    stretch += image[a] * found[k][a];
                    length += found[k][a] * found[k][a];
                }
                assertThat(length).isCloseTo(1, Offset.offset(1e-12));
                for (int a = 0; a < width; a++) {
                    // Rotations round by parts of 1e-16 of the largest number each; there are a few ten thousand of
                    // them.
                    assertThat(image[a] - stretch * found[k][a]).isCloseTo(0, Offset.offset(1e-10));
                }
                assertThat(stretch).isLessThanOrEqualTo(before);
                before = stretch;
            }
        }
    }

    @Test
    void likeFeaturesHaveOneColourAndUnlikeOnesDiffer() {
        float[][] rows = new float[300][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 2 : 0, i % 3 == 2 ? 3 : 0, 7};
        }
        int[] colours = PrincipalColours.of(rows);
        for (int i = 3; i < colours.length; i++) {
            assertThat(colours[i]).isEqualTo(colours[i - 3]);
        }
        assertThat(new int[] {colours[0], colours[1], colours[2]}).doesNotHaveDuplicates();
    }

    @Test
    void whatDoesNotVaryIsGreyAndNothingHasNoColours() {
        assertThat(PrincipalColours.of(new float[][] {{1, 1}, {1, 1}})).containsOnly(0x878787);
        assertThat(PrincipalColours.of(new float[0][])).isEmpty();
    }
}
