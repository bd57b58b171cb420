package org.scenecontexts.votenet.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class BoxCodingTest {

    private static final double[][] CUBE = {{1, 1, 1}};
    private static final BoxCoding TWELVE = new BoxCoding(12, CUBE);

    private static Box turned(double heading) {
        return new Box(0, 0, 0, 1, 2, 3, heading, 0, -1);
    }

    @Test
    void directionsAreThePublishedOnesTurnedRound() {
        try (Npz golden = Npz.open(TestFiles.golden("more/sunrgbd_decode.npz"))) {
            double[] angles = golden.get("angle").doubles();
            int[] bins = golden.get("angle_class").ints();
            double[] residuals = golden.get("angle_residual").doubles();
            for (int i = 0; i < angles.length; i++) {
                BoxCoding.Heading heading = TWELVE.heading(turned(-angles[i]));
                assertThat(heading.bin()).as("angle %s", angles[i]).isEqualTo(bins[i]);
                assertThat(heading.residual()).isCloseTo(residuals[i], within(1e-12));
            }
            int[] classes = golden.get("heading_class").ints();
            double[] left = golden.get("heading_residual").doubles();
            double[] back = golden.get("class2angle").doubles();
            for (int i = 0; i < classes.length; i++) {
                assertThat(TWELVE.heading(classes[i], left[i])).isCloseTo(-back[i], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -0.1, 1.5, -1.5, 3.1, -3.1, Math.PI, -Math.PI, 2.879793265790644})
    void aHeadingComesBackFromItsCode(double angle) {
        BoxCoding.Heading code = TWELVE.heading(turned(angle));
        assertThat(code.bin()).isBetween(0, 11);
        double back = TWELVE.heading(code.bin(), code.residual());
        assertThat(Math.cos(back - angle)).isCloseTo(1, within(1e-12));
    }

    @Test
    void withOneDirectionBoxesStayAlongTheAxes() {
        BoxCoding one = new BoxCoding(1, CUBE);
        assertThat(one.heading(turned(1)).bin()).isZero();
        assertThat(one.heading(0, 0.7)).isZero();
    }

    @Test
    void theHeadHasTheWidthOfThePublishedOnes() {
        assertThat(HeadColumns.of(new BoxCoding(1, cubes(18)), 18).width())
                .as("ScanNet")
                .isEqualTo(97);
        assertThat(HeadColumns.of(new BoxCoding(12, cubes(10)), 10).width())
                .as("SUN RGB-D")
                .isEqualTo(79);
    }

    private static double[][] cubes(int count) {
        return Stream.generate(() -> new double[] {1, 1, 1}).limit(count).toArray(double[][]::new);
    }

    @Test
    void aTypicalSizeHasThreePositiveLengths() {
        assertThatThrownBy(() -> new BoxCoding(1, new double[][] {{1, 0, 1}})).hasMessageContaining("[1.0, 0.0, 1.0]");
    }
}
