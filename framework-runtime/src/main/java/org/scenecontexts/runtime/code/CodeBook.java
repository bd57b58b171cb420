package org.scenecontexts.runtime.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.runtime.guard.GuardedFactory;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.plugin.PluginReport;

/**
 * Says which code the results of a stage depend on: the framework, the plugins that the stage uses with their libraries, and
 * plugins that they need or that bring kernels for them. A plugin that the stage does not use may change without a word.
 *
 * @since 0.1
 */
public final class CodeBook {

    private final Map<String, PluginReport> plugins = new LinkedHashMap<>();
    private final Map<String, List<CodePart>> parts = new HashMap<>();
    private final PluginCatalog catalog;

    /** @param catalog the plugins that the run was validated against; their files are read when they are first asked for */
    public CodeBook(PluginCatalog catalog) {
        this.catalog = catalog;
        catalog.plugins().forEach(plugin -> plugins.putIfAbsent(plugin.id(), plugin));
    }

    /** The id of the plugin that a factory comes from. */
    public String plugin(Factory<?, ?, ?> factory) {
        return catalog.factories().stream()
                .filter(registered -> registered.factory() == factory)
                .map(registered -> registered.plugin())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plugin offers " + factory.getClass()));
    }

    /** The ids of all plugins. */
    public Set<String> all() {
        return Set.copyOf(plugins.keySet());
    }

    /**
     * All code behind some plugins, the framework included, by name.
     *
     * @param used ids; those that are not installed count for nothing
     */
    public Map<String, CodePart> code(Collection<String> used) {
        Map<String, CodePart> code = new TreeMap<>();
        for (String id : withNeeded(withKernels(used))) {
            PluginReport plugin = plugins.get(id);
            if (plugin != null) {
                parts(plugin).forEach(part -> code.put(part.name(), part));
            }
        }
        FrameworkCode.parts().forEach(part -> code.put(part.name(), part));
        return code;
    }

    /** Adds plugins whose kernels serve an interface of the framework or of a plugin in use. */
    private Set<String> withKernels(Collection<String> used) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(CodeBook.class.getClassLoader());
        used.stream()
                .map(plugins::get)
                .filter(plugin -> plugin != null)
                .forEach(plugin ->
                        plugin.extensions().forEach(extension -> loaders.add(GuardedFactory.home(extension))));
        Set<String> all = new LinkedHashSet<>(used);
        for (PluginReport plugin : plugins.values()) {
            for (ExtensionPoint extension : plugin.extensions()) {
                if (extension instanceof KernelProvider<?> kernels
                        && loaders.contains(kernels.type().getClassLoader())) {
                    all.add(plugin.id());
                }
            }
        }
        return all;
    }

    /** Adds the plugins that others need, and those that these need. */
    private Set<String> withNeeded(Set<String> used) {
        Set<String> all = new LinkedHashSet<>();
        ArrayDeque<String> left = new ArrayDeque<>(used);
        while (!left.isEmpty()) {
            String id = left.remove();
            PluginReport plugin = plugins.get(id);
            if (plugin != null && all.add(id)) {
                left.addAll(needed(plugin));
            }
        }
        return all;
    }

    private List<CodePart> parts(PluginReport plugin) {
        return parts.computeIfAbsent(plugin.id(), id -> {
            List<CodePart> found = new ArrayList<>();
            found.add(CodePart.at(plugin.location(), id, plugin.version()));
            for (Path library : libraries(plugin.location())) {
                found.add(CodePart.at(library, id + "/" + library.getFileName(), "?"));
            }
            return found;
        });
    }

    /** What the manifest of a jar names as its class path; the libraries of a folder lie in it and count with it. */
    private static List<Path> libraries(Path jar) {
        List<Path> libraries = new ArrayList<>();
        String path = manifest(jar, Attributes.Name.CLASS_PATH.toString());
        for (String entry : path.strip().split(" +")) {
            Path library = jar.resolveSibling(entry).normalize();
            if (!entry.contains(":") && entry.endsWith(".jar") && Files.isRegularFile(library)) {
                libraries.add(library);
            }
        }
        return libraries;
    }

    /** Ids of the plugins that the manifest of a jar says it needs, as PF4J writes them: {@code a@1.0, b?@>=2}. */
    private static List<String> needed(PluginReport plugin) {
        List<String> ids = new ArrayList<>();
        for (String entry : manifest(plugin.location(), "Plugin-Dependencies").split(",")) {
            ids.add(entry.strip().replaceFirst("[?@].*", ""));
        }
        return ids;
    }

    /** A main attribute; empty where there is none, or no jar. */
    private static String manifest(Path jar, String attribute) {
        if (!Files.isRegularFile(jar) || !jar.toString().endsWith(".jar")) {
            return "";
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(attribute);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": cannot be read: " + e, e);
        }
    }

    /** The identities of code, for the record of a stage. */
    public static Map<String, String> identities(Map<String, CodePart> code) {
        Map<String, String> identities = new TreeMap<>();
        code.forEach((name, part) -> identities.put(name, part.identity()));
        return identities;
    }

    /**
     * What differs between the code on record and that of now, one line each; empty when nothing does.
     *
     * @param recorded identities by name
     */
    public static List<String> changes(Map<String, String> recorded, Map<String, CodePart> now) {
        if (recorded.isEmpty()) {
            return List.of("all of it may have: what made this stage did not write down its code");
        }
        List<String> changes = new ArrayList<>();
        now.forEach((name, part) -> {
            String before = recorded.get(name);
            if (before == null) {
                changes.add(name + " (" + part.file() + ") has come");
            } else if (!before.equals(part.identity())) {
                changes.add(name + " (" + part.file() + "): was " + CodePart.brief(before) + ", is "
                        + CodePart.brief(part.identity()));
            }
        });
        recorded.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> changes.add(name + " has gone"));
        return changes;
    }
}
