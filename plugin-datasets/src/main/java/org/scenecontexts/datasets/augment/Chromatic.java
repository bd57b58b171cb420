package org.scenecontexts.datasets.augment;

import java.util.function.UnaryOperator;
import org.scenecontexts.api.data.SampledPoints;

/** What the changes of colour have in common. */
final class Chromatic {

    private Chromatic() {}

    /** Changes the colours of points that have any. */
    static SampledPoints recolour(SampledPoints points, UnaryOperator<float[]> change) {
        float[] colours = points.scene().colours();
        if (colours.length == 0) {
            return points;
        }
        return points.withScene(points.scene().withColours(change.apply(colours)));
    }

    static float clip(double value) {
        return (float) Math.clamp(value, 0.0, 255.0);
    }
}
