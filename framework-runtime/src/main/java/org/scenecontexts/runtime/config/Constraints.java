package org.scenecontexts.runtime.config;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;

/**
 * What the value of a key must satisfy beyond its type. Bounds on a list, map or optional hold for what is in it.
 *
 * @since 0.1
 */
public record Constraints(OptionalDouble min, OptionalDouble max, boolean positive, boolean notEmpty) {

    /** The constraints that a record component is annotated with. */
    static Constraints of(AnnotatedElement element) {
        Min min = element.getAnnotation(Min.class);
        Max max = element.getAnnotation(Max.class);
        return new Constraints(
                min == null ? OptionalDouble.empty() : OptionalDouble.of(min.value()),
                max == null ? OptionalDouble.empty() : OptionalDouble.of(max.value()),
                element.isAnnotationPresent(Positive.class),
                element.isAnnotationPresent(NotEmpty.class));
    }

    /** In words, e.g. {@code greater than 0, at most 1}; empty when there are none. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        if (positive) {
            parts.add("greater than 0");
        }
        min.ifPresent(bound -> parts.add("at least " + plain(bound)));
        max.ifPresent(bound -> parts.add("at most " + plain(bound)));
        if (notEmpty) {
            parts.add("not empty");
        }
        return String.join(", ", parts);
    }

    /** What a number breaks, in words. */
    Optional<String> violation(double value) {
        boolean fits = (!positive || value > 0)
                && (min.isEmpty() || value >= min.getAsDouble())
                && (max.isEmpty() || value <= max.getAsDouble());
        return fits ? Optional.empty() : Optional.of("must be " + describe());
    }

    static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
