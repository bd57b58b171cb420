package org.scenecontexts.api.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a kernel writes: a {@link Buffer} or {@link Indices} among the arguments of a kernel interface, or among the
 * components of a record that is one. Everything else is only read. Whoever passes calls on, such as the proxy that lets the
 * processor's kernels serve another device, brings back what is marked and nothing else.
 *
 * @since 0.2
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD, ElementType.FIELD})
public @interface Written {}
