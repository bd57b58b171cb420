package org.scenecontexts.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Offered to plugin authors and still being shaped: may change with every version. The reviewed list {@code api.txt} of its module
 * shows each change. Stands on a package for all its public types, or on a type that differs from its package.
 *
 * @since 0.2
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface Incubating {}
