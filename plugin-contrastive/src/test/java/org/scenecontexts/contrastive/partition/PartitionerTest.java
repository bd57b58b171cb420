package org.scenecontexts.contrastive.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts of single points around an anchor at the origin (REFERENCE 13 item 3), r1 = 2, r2 = 20. */
class PartitionerTest {

    @ParameterizedTest(name = "({0}, {1}, {2}) -> fast {3}, 2x2 {4}")
    @CsvSource({
        "5,0,0,-1,0",
        "5,1,1,0,0",
        "-5,1,1,0,0",
        "5,-1,1,0,3",
        "5,1,-1,1,1",
        "5,-1,-1,1,2",
        "1,1,1,-1,-1",
        "30,3,4,2,4",
        "30,3,-4,3,5",
        "30,-3,4,2,7",
        "30,-3,-4,3,6",
        "0,5,0,-1,1",
        // Exactly on a border the recorded figures of the published code decide (REFERENCE derives 2 from exact
        // angles).
        "-5,0,0,-1,0"
    })
    void aPointFallsIntoTheContextOfTheSpecification(float x, float y, float z, int fast, int full) {
        Positions points = new Positions(new float[] {0, x}, new float[] {0, y}, new float[] {0, z});
        assertThat(context(new HalfSpaces(2, 20), points)).isEqualTo(fast);
        assertThat(context(new AngularBins(2, 20, 2, 2), points)).isEqualTo(full);
    }

    @ParameterizedTest(name = "({0}, {1}, {2})")
    @CsvSource({"5,1,1", "-5,1,-3", "5,-1,1", "-2,-3,-4", "0,5,0", "-5,0,0", "3,0,-2", "1,-7,0"})
    void theSignTestsOfTwoBinsAgreeWithTheAnglesOfTheGeneralRule(float x, float y, float z) {
        // Four bins in place of two: halves of the same sectors.
        Positions points = new Positions(new float[] {0, x}, new float[] {0, y}, new float[] {0, z});
        int coarse = context(new AngularBins(0, 100, 2, 2), points);
        int fine = context(new AngularBins(0, 100, 4, 4), points);
        assertThat(fine / 4 / 2 * 2 + fine % 4 / 2).isEqualTo(coarse);
    }

    private static int context(Partitioner partitioner, Positions points) {
        int[] contexts = new int[2];
        partitioner.contexts(0, points, contexts);
        return contexts[1];
    }
}
