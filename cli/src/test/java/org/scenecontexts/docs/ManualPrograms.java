package org.scenecontexts.docs;

import java.util.List;

/** The programs that a page of the manual shows whole, so that they can be run. */
public final class ManualPrograms {

    private ManualPrograms() {}

    /** The one block of Java of a page. */
    public static String java(String file) {
        List<CodeBlock> blocks = ProjectText.all(".md").stream()
                .filter(page -> page.file().equals(file))
                .flatMap(page -> CodeBlock.of(page).stream())
                .filter(block -> block.language().equals("java"))
                .toList();
        if (blocks.size() != 1) {
            throw new IllegalStateException(file + " should have one block of Java, found " + blocks.size());
        }
        return blocks.getFirst().text();
    }
}
