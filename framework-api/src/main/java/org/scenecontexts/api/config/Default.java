package org.scenecontexts.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a configuration key that the pipeline leaves out, written as it would be in YAML (`"0.1"`, `"[1, 2]"`, `"{type: sgd}"`). A key without it is required unless its type is {@link java.util.Optional}.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value, in YAML syntax. */
    String value();
}
