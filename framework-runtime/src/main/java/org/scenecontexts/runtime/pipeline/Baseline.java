package org.scenecontexts.runtime.pipeline;

import java.util.List;
import org.scenecontexts.runtime.config.Position;

/**
 * The values of an axis that the others are held against ({@code matrix: {baseline: {init: scratch}, ...}}).
 *
 * @param axis of the matrix
 * @param values the names of one or more of its values; each is held against those before it too
 * @param position where it is written
 * @since 0.2
 */
public record Baseline(String axis, List<String> values, Position position) {

    /** The column that names the baseline of a row where there are several; no axis may be called so then. */
    public static final String COLUMN = "against";

    /** Copies the list. */
    public Baseline {
        values = List.copyOf(values);
    }

    /** Whether a value of the axis is compared with a baseline: every other one, but each two only once. */
    public boolean isHeldAgainst(String value, String baseline) {
        int at = values.indexOf(value);
        return !value.equals(baseline) && (at < 0 || at > values.indexOf(baseline));
    }
}
