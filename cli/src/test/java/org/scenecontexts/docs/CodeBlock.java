package org.scenecontexts.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param file page, from the project's root
 * @param line number of its first line of text
 * @param language what stands behind the fence; may be empty
 * @param before the line before the fence
 * @param text without the common indentation
 */
record CodeBlock(String file, int line, String language, String before, String text) {

    private static final Pattern FENCE = Pattern.compile("(?m)^( *)```(\\w*)\\n(.*?)^ *```", Pattern.DOTALL);

    static List<CodeBlock> of(ProjectText page) {
        List<CodeBlock> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(page.text());
        while (fence.find()) {
            String above = page.text().substring(0, fence.start()).stripTrailing();
            int line = (int) page.text()
                            .substring(0, fence.start(3))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            blocks.add(new CodeBlock(
                    page.file(),
                    line,
                    fence.group(2),
                    above.substring(above.lastIndexOf('\n') + 1),
                    fence.group(3).stripTrailing().stripIndent() + "\n"));
        }
        return blocks;
    }

    /** Where it stands, for messages. */
    String place() {
        return file + ":" + line;
    }
}
