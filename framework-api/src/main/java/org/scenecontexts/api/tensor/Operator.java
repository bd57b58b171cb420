package org.scenecontexts.api.tensor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operator or a layer for the manual's page of operators and layers, and for the test that asks for a gradient check
 * of each.
 *
 * @since 0.2
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Operator {

    /** The formula, or one sentence; Markdown. */
    String says();

    /** Shapes of inputs and output; {@code ...} stands for any shape that is kept. */
    String shapes();
}
