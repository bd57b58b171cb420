package org.scenecontexts.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.PluginWrapper;
import org.scenecontexts.runtime.guard.LinkFaults;

/**
 * Finds and loads plugins, and holds their class loaders as long as they are in use.
 *
 * <p>Plugins come from the class path and from folders. What is broken is reported in the catalog and harms nothing else.
 *
 * @since 0.1
 */
public final class Plugins implements AutoCloseable {

    private final CscPluginManager manager;
    private final Path work;
    private final PluginCatalog catalog;

    private Plugins(CscPluginManager manager, Path work, PluginCatalog catalog) {
        this.manager = manager;
        this.work = work;
        this.catalog = catalog;
    }

    /**
     * Finds and loads all plugins.
     *
     * @param folders plugin folders in the order of preference (of two plugins with the same id the first is used); those
     *     that do not exist are left out
     */
    public static Plugins discover(List<Path> folders) {
        return discover(folders, Plugins.class.getClassLoader());
    }

    /** The same with another class path. */
    static Plugins discover(List<Path> folders, ClassLoader classPath) {
        return discover(List.of(), folders, classPath);
    }

    /**
     * Finds and loads all plugins and one more, which is preferred to all in folders and looked at more closely: its report
     * also has what would show only later, such as classes that are nowhere.
     *
     * @param file a jar, a zip or a folder with {@code classes/}; a copy of it in the folders is left out
     * @since 0.2
     */
    public static Plugins check(Path file, List<Path> folders) {
        return discover(List.of(file.toAbsolutePath().normalize()), folders, Plugins.class.getClassLoader());
    }

    private static Plugins discover(List<Path> files, List<Path> folders, ClassLoader classPath) {
        try {
            Path work = WorkFolder.make();
            CscPluginManager manager = new CscPluginManager(work);
            return new Plugins(manager, work, catalog(manager, work, files, folders, classPath));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write to the folder for temporary files (" + System.getProperty("java.io.tmpdir") + "): "
                            + e.getMessage(),
                    e);
        }
    }

    /** What was found. */
    public PluginCatalog catalog() {
        return catalog;
    }

    /** Stops the plugins; their classes cannot be used any more. */
    @Override
    public void close() {
        for (PluginWrapper plugin : List.copyOf(manager.getPlugins())) {
            try {
                manager.unloadPlugin(plugin.getPluginId());
            } catch (RuntimeException | LinkageError e) {
                // A plugin that cannot be stopped must not keep the program from ending.
            }
        }
        WorkFolder.remove(work);
    }

    private static PluginCatalog catalog(
            CscPluginManager manager, Path work, List<Path> files, List<Path> folders, ClassLoader classPath)
            throws IOException {
        List<PluginReport> reports = new ArrayList<>(ClassPathPlugins.find(classPath));
        Map<String, PluginReport> taken = new LinkedHashMap<>();
        reports.forEach(report -> taken.put(report.id(), report));
        PluginFolder scan = new PluginFolder(manager, work);
        files.forEach(scan::file);
        new LinkedHashSet<>(folders.stream()
                        .map(Path::toAbsolutePath)
                        .map(Path::normalize)
                        .toList())
                .forEach(scan::scan);
        Requirements requirements = new Requirements(manager.getVersionManager(), scan.candidates(), taken);
        List<PluginReport> found = new ArrayList<>(scan.broken());
        requirements.inOrder().forEach(candidate -> found.add(load(manager, candidate)));
        found.addAll(requirements.refused());
        for (Path file : files) {
            checked(manager, file, scan.candidates(), found);
        }
        List<Path> order =
                folders.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
        found.sort(Comparator.comparing(
                        (PluginReport report) -> order.indexOf(report.location().getParent()))
                .thenComparing(report -> report.location().toString()));
        reports.addAll(found);
        return new PluginCatalog(reports);
    }

    /** Adds what a close look at one of the files finds to its report. */
    private static void checked(
            CscPluginManager manager, Path file, List<Candidate> candidates, List<PluginReport> found)
            throws IOException {
        for (Candidate candidate : candidates) {
            if (candidate.location().equals(file)) {
                PluginReport report = found.stream()
                        .filter(each -> each.location().equals(file))
                        .findFirst()
                        .orElseThrow();
                PluginWrapper loaded = manager.getPlugin(candidate.id());
                boolean own = loaded != null && loaded.getPluginPath().equals(candidate.root());
                PluginReport more = report;
                for (PluginReport other : found) {
                    if (other.id().equals(report.id()) && !other.location().equals(file)) {
                        more = more.with(PluginProblem.warning(
                                "version " + other.version() + " of it lies in " + other.location(),
                                "replace that file: of two plugins with one id csc uses the first"));
                    }
                }
                for (PluginProblem problem : PluginCheck.of(
                        candidate,
                        report,
                        own ? loaded.getPluginClassLoader() : ClassLoader.getPlatformClassLoader())) {
                    more = more.with(problem);
                }
                found.set(found.indexOf(report), more);
            }
        }
    }

    private static PluginReport load(CscPluginManager manager, Candidate candidate) {
        ClassLoader loader;
        try {
            manager.loadPlugin(candidate.root());
            manager.startPlugin(candidate.id());
            PluginWrapper wrapper = manager.getPlugin(candidate.id());
            if (wrapper.getFailedException() != null) {
                return candidate.failed(failure(wrapper.getFailedException()));
            }
            loader = wrapper.getPluginClassLoader();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return candidate.failed(failure(e));
        }
        ExtensionLoader extensions = new ExtensionLoader(loader);
        List<PluginProblem> problems = new ArrayList<>(candidate.problems());
        try {
            Set<String> names = extensionNames(loader, candidate.contents());
            names.forEach(extensions::load);
            if (names.isEmpty()) {
                problems.add(noExtensions(candidate.contents()));
            }
        } catch (IOException e) {
            problems.add(
                    PluginProblem.error("its index of extensions cannot be read: " + e.getMessage(), "build it again"));
        }
        problems.addAll(extensions.problems());
        return new PluginReport(
                candidate.id(),
                candidate.version(),
                candidate.description(),
                candidate.location(),
                PluginReport.Origin.FOLDER,
                extensions.extensions(),
                problems,
                candidate.needs());
    }

    private static PluginProblem failure(Throwable failure) {
        Throwable cause = failure.getCause() instanceof LinkageError ? failure.getCause() : failure;
        String reason = cause instanceof IllegalStateException && cause.getMessage() != null
                ? cause.getMessage()
                : LinkFaults.explain("its plugin class", cause);
        return PluginProblem.error(reason, LinkFaults.remedy(cause));
    }

    private static PluginProblem noExtensions(ArchiveContents contents) {
        if (!contents.annotated().isEmpty()) {
            return PluginProblem.error(
                    "META-INF/extensions.idx is missing although "
                            + contents.annotated().iterator().next()
                            + " is annotated with @Extension: PF4J's annotation processor did not run",
                    "set <proc>full</proc> in the compiler plugin (off by default since JDK 23), and build from clean");
        }
        return PluginProblem.error(
                "it offers no extension: neither META-INF/extensions.idx nor META-INF/services lists any of its "
                        + contents.entries() + " files",
                "annotate its factories with @Extension");
    }

    /** The classes that a plugin lists itself, not those of the program or of plugins that it needs. */
    static Set<String> extensionNames(ClassLoader loader, ArchiveContents contents) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        if (!(loader instanceof URLClassLoader own)) {
            return names;
        }
        for (URL index : Collections.list(own.findResources("META-INF/extensions.idx"))) {
            names.addAll(ExtensionLoader.names(index));
        }
        List<String> known =
                ExtensionPoints.services().stream().map(Class::getName).toList();
        for (String service : contents.services()) {
            if (known.contains(service)) {
                for (URL index : Collections.list(own.findResources("META-INF/services/" + service))) {
                    names.addAll(ExtensionLoader.names(index));
                }
            }
        }
        return names;
    }
}
