package org.scenecontexts.datasets.clouds;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.data.Labels;

/** Turns the label values of files into class numbers, as a pipeline's {@code labels:} says. */
final class LabelMap {

    /** The class name that means: takes no part. */
    static final String IGNORE = "ignore";

    /** Returned for values that the map does not have. */
    static final int UNMAPPED = Integer.MIN_VALUE;

    private static final Pattern KEY = Pattern.compile("(-?\\d+)(?:(\\+)|\\s*(?:-|\\.\\.)\\s*(-?\\d+))?");

    private record Range(long from, long to, int label) {}

    private final List<Range> ranges = new ArrayList<>();
    private final List<String> names;

    /**
     * @param labels file value ({@code 3}), range ({@code 1-9}) or open range ({@code 20+}) to class name
     * @param classes class names in order; empty to take them from the map
     * @throws IllegalArgumentException when a key is no number or range, ranges overlap, or a class is not listed
     */
    LabelMap(Map<String, String> labels, List<String> classes) {
        Set<String> found = new LinkedHashSet<>(classes);
        if (classes.isEmpty()) {
            labels.values().stream().filter(name -> !name.equals(IGNORE)).forEach(found::add);
        }
        names = List.copyOf(found);
        for (Map.Entry<String, String> entry : labels.entrySet()) {
            add(entry.getKey().strip(), entry.getValue().strip());
        }
        if (labels.isEmpty()) {
            for (int k = 0; k < names.size(); k++) {
                ranges.add(new Range(k, k, k));
            }
        }
    }

    private void add(String key, String name) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("labels: '" + key
                    + "' is no label value; a whole number (3), a range (1-9) or an open range (20+) is expected");
        }
        int label = name.equals(IGNORE) ? Labels.IGNORE : names.indexOf(name);
        if (label < 0 && !name.equals(IGNORE)) {
            throw new IllegalArgumentException(
                    "labels: class '" + name + "' of '" + key + "' is not among the classes " + names);
        }
        Range range;
        try {
            long from = Long.parseLong(matcher.group(1));
            long to = matcher.group(2) != null
                    ? Long.MAX_VALUE
                    : matcher.group(3) != null ? Long.parseLong(matcher.group(3)) : from;
            range = new Range(from, to, label);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("labels: '" + key + "' is larger than 64-bit labels can be", e);
        }
        if (range.to() < range.from()) {
            throw new IllegalArgumentException(
                    "labels: the range '" + key + "' is empty; write the smaller number first");
        }
        for (Range other : ranges) {
            if (range.from() <= other.to() && other.from() <= range.to()) {
                throw new IllegalArgumentException("labels: '" + key + "' overlaps another entry from " + other.from()
                        + "; each value may occur once");
            }
        }
        ranges.add(range);
    }

    /** Class names, in order. */
    List<String> names() {
        return names;
    }

    /** The class of a file's value, {@link Labels#IGNORE}, or {@link #UNMAPPED}. */
    int label(long value) {
        for (Range range : ranges) {
            if (value >= range.from() && value <= range.to()) {
                return range.label();
            }
        }
        return UNMAPPED;
    }

    @Override
    public String toString() {
        List<String> keys = new ArrayList<>();
        for (Range r : ranges) {
            String name = r.label() < 0 ? IGNORE : names.get(r.label());
            String value =
                    r.from() == r.to() ? "" + r.from() : r.from() + (r.to() == Long.MAX_VALUE ? "+" : "-" + r.to());
            keys.add(value + ": " + name);
        }
        return keys.toString();
    }
}
