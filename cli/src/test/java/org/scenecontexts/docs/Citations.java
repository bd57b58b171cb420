package org.scenecontexts.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a text cites of {@code docs/published-system.md}, as ids: {@code 5.4}, {@code 1.7 item 6}, {@code 12.1 Q10},
 * {@code 4.4 a}.
 */
final class Citations {

    private static final String SECTION = "\\d{1,2}(?:\\.\\d{1,2})?";
    private static final String NEXT = "(?:, | and | to )";
    /** Items of a section, a quirk, or one of two variants; a number with a dot is the next section. */
    private static final String PART = "(?: (?:items? \\d+(?:" + NEXT + "\\d+(?![.\\d]))*|Q\\d+|[ab](?!\\w)))?";

    private static final String QUIRK = "Q\\d+";
    private static final String ONE = "(?:" + SECTION + PART + "|" + QUIRK + ")";
    private static final String MANY = ONE + "(?:" + NEXT + ONE + ")*";

    private static final Pattern NAMED = Pattern.compile("REFERENCE (" + MANY + ")");
    private static final Pattern BRACKETED = Pattern.compile("\\[(" + MANY + ")]");
    private static final Pattern QUIRKS = Pattern.compile("\\bquirks? (" + MANY + ")|\\((" + QUIRK + ")\\)");
    private static final Pattern PLACE = Pattern.compile("(" + SECTION + ")(" + PART + ")|(" + QUIRK + ")");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** The end of a line with what begins the next one inside a comment. */
    private static final Pattern NEW_LINE = Pattern.compile("\\s*\\R[ \\t]*(?:\\*(?!/)|//|#)?[ \\t]*");

    private static final Pattern COMMENT = Pattern.compile("(?m)#.*$");

    private Citations() {}

    /** What is cited as {@code REFERENCE ...} or as a quirk, over the ends of lines too. */
    static List<String> named(String text) {
        String joined = NEW_LINE.matcher(text).replaceAll(" ");
        List<String> ids = find(NAMED, joined);
        ids.addAll(find(QUIRKS, joined));
        return ids;
    }

    /** What the comments of a published pipeline cite as {@code [...]}. */
    static List<String> bracketed(String yaml) {
        List<String> ids = new ArrayList<>();
        COMMENT.matcher(yaml).results().forEach(comment -> ids.addAll(find(BRACKETED, comment.group())));
        return ids;
    }

    private static List<String> find(Pattern pattern, String text) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    ids.addAll(places(matcher.group(group)));
                }
            }
        }
        return ids;
    }

    private static List<String> places(String many) {
        List<String> ids = new ArrayList<>();
        Matcher place = PLACE.matcher(many);
        while (place.find()) {
            if (place.group(3) != null) {
                ids.add("12.1 " + place.group(3));
                continue;
            }
            String section = place.group(1);
            String part = place.group(2).trim();
            if (part.startsWith("item")) {
                NUMBER.matcher(part).results().forEach(number -> ids.add(section + " item " + number.group()));
            } else {
                ids.add(part.isEmpty() ? section : section + " " + part);
            }
        }
        return ids;
    }
}
