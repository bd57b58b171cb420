package org.scenecontexts.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promised to plugin authors: changes only with a new minor version, is named in the changelog, and appears in the reviewed list
 * {@code api.txt} of its module. Stands on a package for all its public types, or on a type that differs from its package.
 *
 * @since 0.2
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface Stable {}
