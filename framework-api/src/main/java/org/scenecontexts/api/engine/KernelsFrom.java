package org.scenecontexts.api.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which plugin comes with the processor's kernels for a contract of this API, so that an engine without them can name
 * what is missing.
 *
 * @since 0.2
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KernelsFrom {
    /** Id of the plugin. */
    String value();
}
