package org.scenecontexts.api.engine;

/**
 * Says whether kernels may use the Vector API: the module is incubating, so that Java has to be started with it.
 *
 * <p>Classes that use it have to be loaded only after {@link #isUsable()} has said so.
 *
 * @since 0.1
 */
public final class VectorApi {

    /** System property that chooses kernels: {@code machine}, {@code vector}, {@code scalar} or {@code auto}. */
    public static final String PROPERTY = "csc.simd";

    /** The module's name, for {@code --add-modules}. */
    public static final String MODULE = "jdk.incubator.vector";

    private VectorApi() {}

    /** Whether Java was started with the module. */
    public static boolean isPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** Whether the module is there and {@code -Dcsc.simd=scalar} does not forbid it. */
    public static boolean isUsable() {
        return isPresent() && !System.getProperty(PROPERTY, "").equals("scalar");
    }
}
