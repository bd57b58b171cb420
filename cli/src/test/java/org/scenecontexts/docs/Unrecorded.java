package org.scenecontexts.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.record.MarkedText;

/**
 * The list of what no record holds, under a heading of {@code docs/results/README.md}, and the figures that need to be on it.
 *
 * @param file a page
 * @param what the beginning of a table's row, a heading (with its {@code #}), or text around a figure
 * @param reason why
 */
record Unrecorded(String file, String what, String reason) {

    static final String PAGE = "docs/results/README.md";

    private static final Pattern ENTRY = Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| (.+) \\|$");
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w.])\\d+\\.\\d+(?![\\w.]*\\.\\d)");
    /** Settings stand in code; a link's target and comments are not read by anybody. */
    private static final Pattern ASIDE = Pattern.compile("`[^`\\n]*`|\\]\\([^)]*\\)|<!--.*?-->");

    /**
     * A figure with a decimal point that is written by hand.
     *
     * @param row the whole line
     * @param at where the figure begins in it
     * @param headings the headings it stands under, outermost first
     */
    record Figure(String file, int line, String row, int at, String text, List<String> headings) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + text + " in '" + row.strip() + "'";
        }
    }

    /** The list. */
    static List<Unrecorded> list(String page) {
        return ENTRY.matcher(page)
                .results()
                .map(entry -> new Unrecorded(entry.group(1), entry.group(2), entry.group(3)))
                .toList();
    }

    /** Every figure with a decimal point in a text that no mark renews, code apart. */
    static List<Figure> figures(ProjectText page) {
        List<Figure> figures = new ArrayList<>();
        List<String> headings = new ArrayList<>();
        String unmarked = new MarkedText(page.file(), page.text()).unmarked();
        int line = 0;
        boolean code = false;
        for (String row : unmarked.split("\n", -1)) {
            line++;
            code ^= row.strip().startsWith("```");
            if (code) {
                continue;
            }
            if (row.startsWith("#")) {
                int level = row.indexOf(' ');
                headings.removeIf(heading -> heading.indexOf(' ') >= level);
                headings.add(row.strip());
            }
            Matcher figure = FIGURE.matcher(blanked(row));
            while (figure.find()) {
                figures.add(new Figure(page.file(), line, row, figure.start(), figure.group(), List.copyOf(headings)));
            }
        }
        return figures;
    }

    private static String blanked(String row) {
        return ASIDE.matcher(row).replaceAll(aside -> " ".repeat(aside.group().length()));
    }

    /** Whether a figure is on the list by this entry. */
    boolean covers(Figure figure) {
        if (!figure.file().equals(file)) {
            return false;
        }
        if (what.startsWith("#")) {
            return figure.headings().contains(what);
        }
        if (figure.row().replaceFirst("^\\| *", "").startsWith(what)) {
            return true;
        }
        for (int at = figure.row().indexOf(what); at >= 0; at = figure.row().indexOf(what, at + 1)) {
            if (at <= figure.at() && figure.at() + figure.text().length() <= at + what.length()) {
                return true;
            }
        }
        return false;
    }
}
