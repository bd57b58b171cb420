package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.VectorApi;
import org.scenecontexts.pointnet2.kernel.vector.VectorBallScan;

/**
 * The innermost loop of ball queries, apart from them so that a machine with vectors can test several points at a time.
 *
 * @since 0.1
 */
public interface BallScan {

    /**
     * Finds the points of a run that lie in a ball: those whose squared distance, in float32 and summed in the order x, y,
     * z, is below a limit. What is not a number is not below.
     *
     * @param points where they are
     * @param from first place of the run
     * @param to place behind the run, at most the number of points
     * @param limit squared radius
     * @param hits written: the places of the points found, ascending, from {@code hits[count]} on; has room for
     *     {@code to - from + 1} more
     * @param count how many hits there are before
     * @return how many there are now
     */
    int find(Axes points, int from, int to, float x, float y, float z, float limit, int[] hits, int count);

    /** The fast one on this machine; {@code -Dcsc.simd=scalar} forbids vectors. */
    static BallScan best() {
        // The class that needs the module is loaded only where it is made.
        return VectorApi.isUsable() ? new VectorBallScan() : new ScalarBallScan();
    }
}
