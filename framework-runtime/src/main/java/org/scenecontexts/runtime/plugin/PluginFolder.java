package org.scenecontexts.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.PluginDescriptor;

/** Looks at every file of a plugin folder before PF4J does, and says what is wrong with those that are no plugins. */
final class PluginFolder {

    private final CscPluginManager manager;
    private final Path work;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<PluginReport> broken = new ArrayList<>();
    private final Set<Path> given = new HashSet<>();

    /** @param work an empty folder to expand archives into */
    PluginFolder(CscPluginManager manager, Path work) {
        this.manager = manager;
        this.work = work;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    List<PluginReport> broken() {
        return broken;
    }

    /** Looks through a folder; one that does not exist holds nothing. */
    void scan(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            reject(folder, "the folder cannot be read: " + e.getMessage(), "check its permissions");
            return;
        }
        for (Path file : files) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            // ._plugin.jar is what macOS leaves beside plugin.jar.
            if (!name.startsWith(".") && !given.contains(real(file))) {
                entry(file, name);
            }
        }
    }

    private boolean entry(Path file, String name) {
        if (Files.isDirectory(file) && looksLikePlugin(file)) {
            folder(file, file);
        } else if (name.endsWith(".jar")) {
            jar(file);
        } else if (name.endsWith(".zip")) {
            zip(file);
        } else {
            return false;
        }
        return true;
    }

    /** Looks at one file, wherever it lies; {@link #scan} then passes it by. */
    void file(Path file) {
        given.add(real(file));
        if (!entry(file, file.getFileName().toString().toLowerCase(Locale.ROOT))) {
            reject(
                    file,
                    "it is neither a .jar nor a .zip nor a folder with 'classes/' or 'lib/'",
                    "name the file that goes into the plugin folder, for example target/NAME-1.0.0.jar");
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static boolean looksLikePlugin(Path folder) {
        return !folder.getFileName().toString().startsWith(".")
                && (Files.isDirectory(folder.resolve("classes"))
                        || Files.isDirectory(folder.resolve("lib"))
                        || Files.exists(folder.resolve("plugin.properties"))
                        || Files.exists(folder.resolve("META-INF/MANIFEST.MF")));
    }

    private void jar(Path file) {
        contents(file).ifPresent(contents -> describe(file, file, contents));
    }

    private void zip(Path file) {
        if (contents(file).isEmpty()) {
            return;
        }
        Path expanded = work.resolve("plugin-" + candidates.size());
        try {
            Files.createDirectories(expanded);
            ArchiveContents.expand(file, expanded);
        } catch (IOException e) {
            reject(file, "the archive cannot be expanded: " + e.getMessage(), "build it again");
            return;
        }
        folder(file, expanded);
    }

    private void folder(Path location, Path root) {
        if (!Files.isDirectory(root.resolve("classes")) && !Files.isDirectory(root.resolve("lib"))) {
            reject(
                    location,
                    "it holds neither 'classes/' nor 'lib/'",
                    "lay it out as PF4J plugins are (META-INF/MANIFEST.MF, classes/, lib/), or drop in the plain jar");
            return;
        }
        try {
            describe(location, root, ArchiveContents.ofFolder(root));
        } catch (IOException e) {
            reject(location, "it is damaged: " + e.getMessage(), "build or copy it again");
        }
    }

    private Optional<ArchiveContents> contents(Path file) {
        try {
            return Optional.of(ArchiveContents.ofArchive(file));
        } catch (IOException e) {
            reject(
                    file,
                    "the file is damaged or no zip archive (" + e.getMessage() + ", " + size(file) + " bytes)",
                    "build or copy it again");
            return Optional.empty();
        }
    }

    private static String size(Path file) {
        try {
            return Long.toString(Files.size(file));
        } catch (IOException e) {
            return "?";
        }
    }

    private void describe(Path location, Path root, ArchiveContents contents) {
        PluginDescriptor descriptor;
        try {
            descriptor = manager.descriptor(root);
        } catch (RuntimeException e) {
            reject(location, "its description cannot be read: " + e.getMessage(), manifestRemedy());
            return;
        }
        if (descriptor == null
                || descriptor.getPluginId() == null
                || descriptor.getPluginId().isBlank()) {
            reject(
                    location,
                    "its META-INF/MANIFEST.MF has no Plugin-Id, so it is a library and no plugin",
                    manifestRemedy());
            return;
        }
        if (descriptor.getVersion() == null || descriptor.getVersion().isBlank()) {
            reject(location, "its META-INF/MANIFEST.MF has no Plugin-Version", manifestRemedy());
            return;
        }
        List<PluginProblem> problems = new ArrayList<>();
        if (contents.bundledApi()) {
            problems.add(PluginProblem.warning(
                    "it contains a copy of framework-api, which is ignored",
                    "give framework-api the scope 'provided' in the plugin's build"));
        }
        candidates.add(new Candidate(location, root, descriptor, contents, problems));
    }

    private static String manifestRemedy() {
        return "add Plugin-Id and Plugin-Version to the manifest of the jar; examples/third-party-plugin shows how";
    }

    private void reject(Path location, String reason, String remedy) {
        broken.add(new PluginReport(
                String.valueOf(location.getFileName()),
                "?",
                "",
                location,
                PluginReport.Origin.FOLDER,
                List.of(),
                List.of(PluginProblem.error(reason, remedy))));
    }
}
