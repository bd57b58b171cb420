package org.scenecontexts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the project cites of the published system stands in {@code docs/published-system.md}. */
class CitationsTest {

    private static final String PAGE = "docs/published-system.md";
    private static final Pattern HEADING = Pattern.compile("#{2,3} (\\d+(?:\\.\\d+)?) .*");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern ITEM = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern QUIRK = Pattern.compile("- (Q\\d+) .*");
    private static final Pattern VARIANT = Pattern.compile("\\(([ab])\\) .*");

    private static String page() {
        return ProjectText.all("published-system.md").stream()
                .filter(text -> text.file().equals(PAGE))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** What can be cited: sections, their numbered items, quirks, and variants a and b. */
    private static Set<String> ids(String page) {
        Set<String> ids = new LinkedHashSet<>();
        String section = "";
        for (String line : page.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
                ids.add(section);
            } else if (line.startsWith("#")) {
                section = "";
            } else if (!section.isEmpty()) {
                part(line, section).ifPresent(ids::add);
            }
        }
        return ids;
    }

    private static Optional<String> part(String line, String section) {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
            return Optional.of(section + " item " + item.group(1));
        }
        Matcher quirk = QUIRK.matcher(line);
        if (quirk.matches()) {
            return Optional.of(section + " " + quirk.group(1));
        }
        Matcher variant = VARIANT.matcher(line);
        return variant.matches() ? Optional.of(section + " " + variant.group(1)) : Optional.empty();
    }

    @Test
    void everythingThatIsCitedStandsInThePage() {
        Set<String> ids = ids(page());
        List<String> absent = new ArrayList<>();
        int cited = 0;
        for (ProjectText text : ProjectText.all(".java", ".md", ".yaml", ".xml", ".cl", ".sh")) {
            List<String> found = new ArrayList<>(Citations.named(text.text()));
            if (text.file().startsWith("pipelines/")) {
                found.addAll(Citations.bracketed(text.text()));
            }
            // What this test reads as examples cites nothing.
            if (text.file().endsWith("/CitationsTest.java")) {
                continue;
            }
            cited += found.size();
            found.stream().filter(id -> !ids.contains(id)).forEach(id -> absent.add(text.file() + " cites " + id));
        }
        assertThat(absent).as("citations of what %s does not say", PAGE).isEmpty();
        assertThat(cited).as("citations found").isGreaterThan(150);
    }

    @Test
    void everySectionCanBeLinkedTo() {
        List<String> lines = page().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher heading = HEADING.matcher(lines.get(i));
            if (heading.matches()) {
                Matcher anchor = ANCHOR.matcher(lines.get(i - 2));
                assertThat(anchor.matches())
                        .as("anchor above '%s'", lines.get(i))
                        .isTrue();
                assertThat(anchor.group(1)).isEqualTo(heading.group(1));
            }
        }
    }

    @Test
    void sectionsAreInOrderAndOnce() {
        List<String> sections =
                ids(page()).stream().filter(id -> id.matches("[\\d.]+")).toList();
        List<Double> order = sections.stream().map(CitationsTest::rank).toList();
        assertThat(order).isSorted().doesNotHaveDuplicates();
        assertThat(sections).contains("0", "1.7", "5.10", "9.4", "13");
    }

    private static double rank(String section) {
        String[] numbers = section.split("\\.");
        return Integer.parseInt(numbers[0]) + (numbers.length > 1 ? Integer.parseInt(numbers[1]) / 100.0 : 0);
    }

    @Test
    void nothingNamesNotesThatAReaderCannotOpen() {
        Pattern notes = Pattern.compile("\\bFACTS-[A-Z]+|\\b(?:REFERENCE|DESIGN|LIBRARIES|ANCHORS)\\.md");
        for (ProjectText text : ProjectText.all(".java", ".md", ".yaml", ".xml")) {
            if (!text.file().endsWith("/CitationsTest.java")) {
                assertThat(notes.matcher(text.text()).results().map(match -> match.group()))
                        .as(text.file())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(REFERENCE 5.4)                            | 5.4",
                "(REFERENCE 6, 10.2): SGD                   | 6; 10.2",
                "REFERENCE 1.7 items 3, 4 and 6).           | 1.7 item 3; 1.7 item 4; 1.7 item 6",
                "(REFERENCE 5.6, 1.7 item 12)               | 5.6; 1.7 item 12",
                "REFERENCE 4.3 items 2 and 3                | 4.3 item 2; 4.3 item 3",
                "REFERENCE 13 item 6.                       | 13 item 6",
                "(REFERENCE 6.1, 13 item 5)                 | 6.1; 13 item 5",
                "as published (REFERENCE 12.1 Q10)          | 12.1 Q10",
                "REFERENCE 4.4 b as it is written           | 4.4 b",
                "(the published code stops, quirk Q8)       | 12.1 Q8",
                "they end in ReLU (Q4)                      | 12.1 Q4",
                "REFERENCE 5.4 to 5.7                       | 5.4; 5.7"
            })
    void readsCitationsAsTheyAreWritten(String text, String ids) {
        assertThat(Citations.named(text)).containsExactly(ids.split("; "));
    }

    @Test
    void readsCitationsOverTheEndOfALine() {
        assertThat(Citations.named("     * shared by all contexts (REFERENCE\n     * 4.3 item 6)."))
                .containsExactly("4.3 item 6");
    }

    @Test
    void readsWhatPipelinesCite() {
        assertThat(Citations.bracketed("x: [1, 2]\ny: 4 # per GPU [4.1 items 5 and 6, 10.1]\nz: 1 # bins [4.4, Q9].\n"))
                .containsExactly("4.1 item 5", "4.1 item 6", "10.1", "4.4", "12.1 Q9");
    }

    @Test
    void knowsWhatAPageOffers() {
        assertThat(ids("## 4 Loss\n\n### 4.4 Parts\n\n(a) fast\n\n1. one\n   more\n\n## Left out\n\n1. no\n- Q1 no\n"))
                .containsExactly("4", "4.4", "4.4 a", "4.4 item 1");
    }
}
