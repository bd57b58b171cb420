package org.scenecontexts.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a file of a configuration that its plugin looks for in further places, so that a pipeline is not refused because
 * the file is not where its name points to. Every other file must exist before a pipeline starts, unless an earlier stage
 * makes it or it is {@link WritesFile}.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Searched {}
