package org.scenecontexts.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.scenecontexts.testing.TestFiles;

/**
 * The texts that a reader of the project opens, so that tests of docs look at all of them and need no list.
 *
 * @param file path from the project's root, with slashes
 * @param text the whole text
 */
record ProjectText(String file, String text) {

    /** Built, recorded or run, not written. */
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode", "runs");

    /** Texts whose names end so, e.g. {@code .md}, in the order of their paths. */
    static List<ProjectText> all(String... endings) {
        Path root = TestFiles.root();
        List<ProjectText> texts = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(root)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    for (String ending : endings) {
                        if (file.toString().endsWith(ending)) {
                            String name = root.relativize(file).toString().replace('\\', '/');
                            texts.add(new ProjectText(name, Files.readString(file)));
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        texts.sort((a, b) -> a.file().compareTo(b.file()));
        return texts;
    }
}
