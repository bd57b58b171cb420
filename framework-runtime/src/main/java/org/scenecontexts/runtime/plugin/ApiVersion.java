package org.scenecontexts.runtime.plugin;

/**
 * The version of {@code framework-api} that plugins' {@code Plugin-Requires} is compared with.
 *
 * @since 0.1
 */
public final class ApiVersion {

    /** Without {@code -SNAPSHOT}: a plugin that requires {@code >=0.2.0} works with snapshots of 0.2.0. */
    public static final String CURRENT = "0.2.0";

    private ApiVersion() {}
}
