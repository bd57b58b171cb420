package org.scenecontexts.runtime.plugin;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Finds the plugins on the class path: what {@code META-INF/services} (the files of {@link java.util.ServiceLoader}) and
 * PF4J's {@code META-INF/extensions.idx} list, grouped by the jar or folder that they are in.
 */
final class ClassPathPlugins {

    private static final String INDEX = "META-INF/extensions.idx";

    private ClassPathPlugins() {}

    static List<PluginReport> find(ClassLoader loader) {
        Map<Path, Set<String>> classNames = new TreeMap<>();
        List<String> indexes = new ArrayList<>(List.of(INDEX));
        ExtensionPoints.services().forEach(service -> indexes.add("META-INF/services/" + service.getName()));
        for (String index : indexes) {
            try {
                for (URL url : Collections.list(loader.getResources(index))) {
                    Path location = location(url, index);
                    classNames
                            .computeIfAbsent(location, key -> new LinkedHashSet<>())
                            .addAll(ExtensionLoader.names(url));
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + index + " on the class path: " + e.getMessage(), e);
            }
        }
        List<PluginReport> reports = new ArrayList<>();
        classNames.forEach((location, names) -> reports.add(report(location, names, loader)));
        reports.sort(java.util.Comparator.comparing(PluginReport::id));
        return reports;
    }

    private static PluginReport report(Path location, Set<String> names, ClassLoader loader) {
        ExtensionLoader extensions = new ExtensionLoader(loader);
        names.stream().sorted().forEach(extensions::load);
        Attributes manifest = manifest(location);
        String id = manifest.getValue("Plugin-Id");
        List<String> needs = PluginNeeds.of(manifest);
        List<PluginProblem> problems = new ArrayList<>(extensions.problems());
        PluginNeeds.fault(needs).ifPresent(problems::add);
        String version = manifest.getValue("Plugin-Version");
        String description = manifest.getValue("Plugin-Description");
        return new PluginReport(
                id == null ? idOf(location) : id,
                version == null ? ApiVersion.CURRENT : version,
                description == null ? "" : description,
                location,
                PluginReport.Origin.CLASS_PATH,
                extensions.extensions(),
                problems,
                needs);
    }

    /** {@code framework-runtime} for {@code framework-runtime-0.1.0.jar} and {@code framework-runtime/target/classes}. */
    private static String idOf(Path location) {
        String name = String.valueOf(location.getFileName());
        if (name.endsWith(".jar")) {
            return name.replaceFirst("\\.jar$", "").replaceFirst("-\\d.*$", "");
        }
        for (Path at = location; at.getParent() != null; at = at.getParent()) {
            if (at.getFileName().toString().equals("target") && at.getParent().getFileName() != null) {
                return at.getParent().getFileName() + (name.equals("test-classes") ? "-tests" : "");
            }
        }
        return name;
    }

    /** The main attributes of the manifest of a jar, or of a folder of classes; none where it has none. */
    static Attributes manifest(Path location) {
        try {
            if (Files.isRegularFile(location)) {
                try (JarFile jar = new JarFile(location.toFile())) {
                    return jar.getManifest() == null
                            ? new Attributes()
                            : jar.getManifest().getMainAttributes();
                }
            }
            Path file = location.resolve("META-INF/MANIFEST.MF");
            if (Files.isRegularFile(file)) {
                try (var in = Files.newInputStream(file)) {
                    return new Manifest(in).getMainAttributes();
                }
            }
            return new Attributes();
        } catch (IOException e) {
            return new Attributes();
        }
    }

    private static Path location(URL url, String index) {
        String text = url.toString();
        String container = text.substring(0, text.length() - index.length());
        if (container.startsWith("jar:")) {
            container = container.substring("jar:".length()).replaceFirst("!/$", "");
        }
        try {
            return Path.of(new URI(container));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return Path.of(container.replaceFirst("^[a-z]+:/*", ""));
        }
    }
}
