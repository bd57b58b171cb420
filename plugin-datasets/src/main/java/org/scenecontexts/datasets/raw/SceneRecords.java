package org.scenecontexts.datasets.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.FileNames;

/**
 * Remembers which scenes are done, and from what: {@code .prepared/<scene>.txt} in the target folder. The record is written
 * after the scene's last file, so that a scene without one is made again.
 *
 * <p>The first line describes the settings, one line each the sources with size and time of change, and the files made with
 * size and checksum.
 */
record SceneRecords(Path target, String settings) {

    private static final String VERSION = "prepared 1";

    private Path file(RawScene scene) {
        return target.resolve(".prepared").resolve(FileNames.plain(scene.name()) + ".txt");
    }

    /** Whether the scene was made of the same sources with the same settings, and its files are still there. */
    boolean done(RawScene scene) {
        Path file = file(scene);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            String head = head(scene);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (!text.startsWith(head)) {
                return false;
            }
            for (String line : text.substring(head.length()).lines().toList()) {
                String[] parts = line.split("\t");
                Path made = target.resolve(parts[1]);
                long size = Long.parseLong(parts[2].substring(0, parts[2].indexOf(' ')));
                if (!Files.isRegularFile(made) || Files.size(made) != size) {
                    return false;
                }
            }
            return true;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // A record that cannot be understood says nothing; the scene is made again.
            return false;
        }
    }

    void write(RawScene scene, Map<String, String> made) {
        StringBuilder text = new StringBuilder(head(scene));
        made.forEach((name, what) ->
                text.append("made\t").append(name).append('\t').append(what).append('\n'));
        AtomicFile.write(file(scene), out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private String head(RawScene scene) {
        StringBuilder text = new StringBuilder(VERSION + "\n" + settings.replace('\n', ' ') + "\n");
        for (Path source : scene.sources()) {
            try {
                text.append("source\t")
                        .append(source.getFileName())
                        .append('\t')
                        .append(Files.size(source))
                        .append(' ')
                        .append(Files.getLastModifiedTime(source).toMillis())
                        .append('\n');
            } catch (IOException e) {
                throw new CloudException(source + ": cannot be looked at: " + e, e);
            }
        }
        return text.toString();
    }

    /** The sources of all scenes that are not there. */
    static List<Path> missing(List<RawScene> scenes) {
        return scenes.stream()
                .flatMap(scene -> scene.sources().stream())
                .filter(source -> !Files.isRegularFile(source))
                .distinct()
                .toList();
    }
}
