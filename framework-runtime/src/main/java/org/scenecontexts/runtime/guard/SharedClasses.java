package org.scenecontexts.runtime.guard;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that plugins see of the program: its promised interfaces, what these are made of, and the JDK. Without it a plugin
 * could come to depend on a library that the program happens to use, and break when that changes; the model is the plugin
 * class loader of Trino.
 *
 * @since 0.1
 */
public final class SharedClasses extends ClassLoader {

    /** Packages that plugins share with the program, one copy per process. */
    static final List<String> PACKAGES = List.of(
            "org.scenecontexts.api.",
            "org.scenecontexts.io.",
            "org.scenecontexts.kernels.tile.",
            "org.slf4j.",
            "org.pf4j.");

    private static final List<String> FOLDERS =
            PACKAGES.stream().map(name -> name.replace('.', '/')).toList();

    /** Packages of the JDK's own tools (such as the compiler), which the platform class loader does not reach. */
    private static final Set<String> TOOLS = ModuleLayer.boot().modules().stream()
            .filter(module -> module.getClassLoader() == ClassLoader.getSystemClassLoader())
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader program;

    /** @param program where the shared classes come from */
    public SharedClasses(ClassLoader program) {
        super("csc-shared", ClassLoader.getPlatformClassLoader());
        this.program = program;
    }

    /** Whether a class always comes from the program, also where a plugin brings a copy. */
    public static boolean isShared(String className) {
        return PACKAGES.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) || isTool(name) ? program.loadClass(name) : super.loadClass(name, resolve);
    }

    private static boolean isTool(String className) {
        int dot = className.lastIndexOf('.');
        return dot > 0 && TOOLS.contains(className.substring(0, dot));
    }

    @Override
    public URL getResource(String name) {
        return isSharedResource(name) ? program.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isSharedResource(name) ? program.getResources(name) : super.getResources(name);
    }

    private static boolean isSharedResource(String name) {
        return FOLDERS.stream().anyMatch(name::startsWith);
    }

    /** Whether the program has a class for itself that plugins do not get. */
    static boolean isWithheld(String className) {
        if (isShared(className) || isTool(className)) {
            return false;
        }
        String file = className.replace('.', '/') + ".class";
        return SharedClasses.class.getClassLoader().getResource(file) != null
                && ClassLoader.getPlatformClassLoader().getResource(file) == null;
    }

    /** The packages, for messages. */
    static String described() {
        return PACKAGES.stream().map(name -> name + "*").collect(Collectors.joining(", "));
    }
}
