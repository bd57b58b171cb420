package org.scenecontexts.datasets.stored;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.folders.FolderKind;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The scenes of a folder in their order: {@code scenes.txt}, a line for each with the name of the scene, a tab, and the name of its file. It
 * is written last, so that a folder without one is known to be unfinished.
 */
record StoredList(List<Item> items) {

    static final String FILE = "scenes.txt";

    /** One scene. */
    record Item(String id, String file) {}

    void write(Path folder) {
        StringBuilder text = new StringBuilder();
        items.forEach(
                item -> text.append(item.id()).append('\t').append(item.file()).append('\n'));
        AtomicFile.write(folder.resolve(FILE), out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Marks a folder as unfinished. */
    static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw new CloudException(folder.resolve(FILE) + ": cannot be removed: " + e, e);
        }
    }

    /** @throws CloudException when there is none, it is damaged, or names files that are not there */
    static StoredList read(Path folder) {
        Path list = folder.resolve(FILE);
        if (!Files.isRegularFile(list)) {
            throw new CloudException(list + ": no such file" + FolderKind.instead(folder, FolderKind.STORED)
                    + "; a preparation that was stopped has written none yet: run 'prepare: {type: scenes}' again");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(list, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CloudException(list + ": cannot be read as text: " + e, e);
        }
        List<Item> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t");
            if (parts.length != 2 || !isName(parts[1])) {
                throw new CloudException(list + ", line " + (i + 1)
                        + ": expected the name of a scene, a tab, and the name of its file; prepare the scenes again");
            }
            if (!Files.isRegularFile(folder.resolve(parts[1]))) {
                throw new CloudException(folder.resolve(parts[1]) + ": no such file, but " + FILE + ", line " + (i + 1)
                        + ", names it; copy it there, or prepare the scenes again");
            }
            if (!seen.add(parts[0])) {
                throw new CloudException(list + ", line " + (i + 1) + ": names the scene '" + parts[0]
                        + "' again; take the line out, or prepare the scenes again");
            }
            items.add(new Item(parts[0], parts[1]));
        }
        if (items.isEmpty()) {
            throw new CloudException(list + ": names no scene; prepare the scenes again");
        }
        return new StoredList(items);
    }

    /** Whether a text is the name of a file in the folder itself. */
    private static boolean isName(String text) {
        return text.endsWith(SceneFile.ENDING)
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
