package org.scenecontexts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.scenecontexts.testing.TestFiles;

/** Every link between pages of the project leads to a file, and to a place in it. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    @Test
    void everyLinkLeadsSomewhere() {
        List<ProjectText> pages = ProjectText.all(".md");
        Map<Path, Set<String>> places = new HashMap<>();
        Path root = TestFiles.root();
        pages.forEach(page -> places.put(root.resolve(page.file()), places(page.text())));
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (ProjectText page : pages) {
            Matcher link = LINK.matcher(CODE.matcher(page.text()).replaceAll(""));
            while (link.find()) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                links++;
                if (!leadsSomewhere(root.resolve(page.file()), target, places)) {
                    broken.add(page.file() + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static boolean leadsSomewhere(Path page, String target, Map<Path, Set<String>> places) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path path = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
        if (!Files.exists(path)) {
            return false;
        }
        return hash < 0 || places.getOrDefault(path, Set.of()).contains(target.substring(hash + 1));
    }

    /** Where links may lead within a page: its anchors, and its headings as GitHub names them. */
    private static Set<String> places(String text) {
        Set<String> places = new HashSet<>();
        ANCHOR.matcher(text).results().forEach(anchor -> places.add(anchor.group(1)));
        HEADING.matcher(text)
                .results()
                .forEach(heading -> places.add(heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-')));
        return places;
    }
}
