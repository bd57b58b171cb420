package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientTest {

    @Test
    void allParametersAreOneVectorWhoseDifferenceIsAShareOfTheExactOne() {
        Gradient exact = new Gradient(Map.of("a", new double[] {3}, "b", new double[] {0, 4}));
        Gradient rounded = new Gradient(Map.of("a", new double[] {3.03}, "b", new double[] {0, 4.04}));

        assertThat(rounded.relativeTo(exact)).isCloseTo(0.01, within(1e-12));
        assertThat(exact.relativeTo(exact)).isZero();
    }
}
