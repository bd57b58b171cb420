package org.scenecontexts.runtime.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a figure lies over the scenes of a training, taken one after the other so that no scene need be kept (Welford 1962).
 *
 * @param count scenes so far
 * @param mean their mean; 0 without any
 * @param squares sum of their squared differences from the mean
 * @param least the smallest; 0 without any
 * @param most the largest; 0 without any
 * @since 0.1
 */
public record SceneSpread(long count, double mean, double squares, double least, double most) {

    /** Of no scene. */
    public static final SceneSpread NONE = new SceneSpread(0, 0, 0, 0, 0);

    /** With one more; unchanged by what is not finite. */
    SceneSpread plus(double value) {
        if (!Double.isFinite(value)) {
            return this;
        }
        if (count == 0) {
            return new SceneSpread(1, value, 0, value, value);
        }
        double away = value - mean;
        double newMean = mean + away / (count + 1);
        return new SceneSpread(
                count + 1, newMean, squares + away * (value - newMean), Math.min(least, value), Math.max(most, value));
    }

    /** Standard deviation over the scenes. */
    double deviation() {
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    Map<String, Object> written() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", count);
        values.put("mean", mean);
        values.put("squares", squares);
        values.put("least", least);
        values.put("most", most);
        return values;
    }

    static Optional<SceneSpread> read(Object written) {
        if (written instanceof Map<?, ?> values
                && values.get("count") instanceof Number count
                && values.get("mean") instanceof Number mean
                && values.get("squares") instanceof Number squares
                && values.get("least") instanceof Number least
                && values.get("most") instanceof Number most) {
            return Optional.of(new SceneSpread(
                    count.longValue(),
                    mean.doubleValue(),
                    squares.doubleValue(),
                    least.doubleValue(),
                    most.doubleValue()));
        }
        return Optional.empty();
    }
}
