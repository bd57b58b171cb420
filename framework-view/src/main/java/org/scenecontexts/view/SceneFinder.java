package org.scenecontexts.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.folder.DataFolder;

/** Finds what there is to see: a cloud, the clouds of a folder, or what the stages of a run wrote about their scenes. */
final class SceneFinder {

    /** The folders of a stage in which clouds with predictions lie. */
    private static final List<String> WRITTEN = List.of("predictions", "exports");

    private static final int DEEPEST = 5;

    /** What tells the folder of a stage from one that only has a folder of the same name. */
    private static final String STAGE = "stage.yaml";

    private final List<CloudReader> readers;

    SceneFinder(List<CloudReader> readers) {
        this.readers = readers;
    }

    /**
     * The clouds by name.
     *
     * @param what a file or a folder
     * @throws CloudException when there is none
     */
    Map<String, Path> find(Path what) {
        if (!Files.isDirectory(what)) {
            return Map.of(String.valueOf(what.getFileName()), what);
        }
        Map<String, Path> written = written(what);
        if (!written.isEmpty()) {
            return written;
        }
        List<Path> files = plain(what);
        if (files.isEmpty()) {
            throw new CloudException(what + ": holds no clouds to look at; a run has some where a 'predict:' stage, or"
                    + " 'export: true' of an 'evaluate:' stage, writes them");
        }
        return named(what, files);
    }

    private static Map<String, Path> named(Path what, List<Path> files) {
        boolean together = files.stream().map(Path::getParent).distinct().count() == 1;
        Map<String, List<Path>> same = new LinkedHashMap<>();
        files.forEach(file -> same.computeIfAbsent(name(what, file, together), name -> new ArrayList<>())
                .add(file));
        Map<String, Path> named = new LinkedHashMap<>();
        same.forEach((name, those) -> {
            // Such as room.ply and room.pcd: each is a scene, told apart by its place in the folder.
            for (Path file : those) {
                named.put(those.size() == 1 ? name : what.relativize(file).toString(), file);
            }
        });
        return named;
    }

    /** The clouds that the stages of a run have written, by name; none where there are none. */
    Map<String, Path> written(Path run) {
        try (Stream<Path> all = Files.walk(run, DEEPEST)) {
            List<Path> files = all.filter(file -> isWritten(
                            run.toAbsolutePath().normalize(),
                            file.toAbsolutePath().normalize()))
                    .filter(Files::isRegularFile)
                    .sorted((a, b) -> DataFolder.compareNaturally(a.toString(), b.toString()))
                    .toList();
            return named(run, files);
        } catch (IOException e) {
            throw new UncheckedIOException(run + ": cannot be read: " + e, e);
        }
    }

    /** Whether a file is a cloud below a stage's folder of predictions or exports, the named one too, and nothing that was replaced. */
    private static boolean isWritten(Path run, Path file) {
        if (!file.toString().endsWith(".ply") || ViewBox.isBoxFile(file)) {
            return false;
        }
        boolean hidden = false;
        for (Path part : run.relativize(file)) {
            hidden |= part.toString().startsWith(".");
        }
        boolean below = false;
        for (Path folder = file.getParent(); folder != null && folder.getFileName() != null; ) {
            Path parent = folder.getParent();
            below |= WRITTEN.contains(folder.getFileName().toString())
                    && parent != null
                    && Files.isRegularFile(parent.resolve(STAGE));
            folder = parent;
        }
        return below && !hidden;
    }

    private List<Path> plain(Path folder) {
        List<String> endings = Stream.concat(
                        CloudFiles.EXTENSIONS.stream(),
                        readers.stream().flatMap(reader -> reader.extensions().stream()))
                .distinct()
                .toList();
        return DataFolder.flat(folder).ending(endings).files().stream()
                .filter(file -> !ViewBox.isBoxFile(file))
                .toList();
    }

    private static String name(Path root, Path file, boolean together) {
        String stem = file.getFileName().toString();
        stem = stem.contains(".") ? stem.substring(0, stem.lastIndexOf('.')) : stem;
        if (together) {
            return stem;
        }
        List<String> parts = new ArrayList<>();
        for (Path part : root.relativize(file.getParent())) {
            if (!WRITTEN.contains(part.toString())) {
                parts.add(part.toString());
            }
        }
        parts.add(stem);
        return String.join("/", parts);
    }
}
