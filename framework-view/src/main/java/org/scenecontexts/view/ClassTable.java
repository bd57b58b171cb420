package org.scenecontexts.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.io.cloud.Paint;

/** The classes of all clouds of a page by the number that files have for them, so that one class has one colour everywhere. */
final class ClassTable {

    /** Comments of the clouds that csc writes; more digits are something else of another program. */
    private static final Pattern COMMENT = Pattern.compile("label (-?\\d{1,9}) (.+)");

    private static final int NONE = 0x5a5a5a;

    private final Map<Integer, Integer> rows = new LinkedHashMap<>();
    private final List<Optional<String>> names = new ArrayList<>();
    private final List<Optional<Integer>> colours = new ArrayList<>();

    /** The row of a class; the first time it is met it gets one. */
    int row(int value) {
        return rows.computeIfAbsent(value, number -> {
            names.add(Optional.empty());
            colours.add(Optional.empty());
            return names.size() - 1;
        });
    }

    int size() {
        return names.size();
    }

    /** Gives a class its name; the first one stays. */
    void name(int value, String name) {
        int row = row(value);
        if (names.get(row).isEmpty()) {
            names.set(row, Optional.of(name));
        }
    }

    /** Gives a class its colour, 0xRRGGBB; the first one stays. */
    void colour(int value, int colour) {
        int row = row(value);
        if (colours.get(row).isEmpty()) {
            colours.set(row, Optional.of(colour));
        }
    }

    /** Takes the names of classes from the comments of a cloud; returns whether there were any. */
    boolean names(List<String> comments) {
        boolean any = false;
        for (String comment : comments) {
            Matcher label = COMMENT.matcher(comment);
            if (label.matches()) {
                name(Integer.parseInt(label.group(1)), label.group(2));
                any = true;
            }
        }
        return any;
    }

    /** The table for the page, one entry per row. */
    List<Map<String, Object>> json() {
        List<Map<String, Object>> table = new ArrayList<>();
        rows.forEach((value, row) -> {
            int colour = colours.get(row).orElseGet(() -> value < 0 ? NONE : Paint.objects(new int[] {value})[0]);
            table.add(Map.of(
                    "value",
                    value,
                    "name",
                    names.get(row).orElse(value < 0 ? "no label" : String.valueOf(value)),
                    "colour",
                    "#%06x".formatted(colour)));
        });
        return table;
    }
}
