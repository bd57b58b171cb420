package org.scenecontexts.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a configuration record of which exactly one of some keys must be given, such as {@code iterations} or {@code epochs}.
 * Their components are {@link java.util.Optional}.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ExactlyOne {
    /** The keys, as written in YAML; the usual one first. */
    String[] value();
}
