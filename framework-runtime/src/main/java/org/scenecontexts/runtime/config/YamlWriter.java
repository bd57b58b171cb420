package org.scenecontexts.runtime.config;

import java.util.regex.Pattern;

/**
 * Writes a tree as YAML that {@link YamlReader} reads back to the same tree.
 *
 * @since 0.1
 */
public final class YamlWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./~+-][A-Za-z0-9_./:@=+-]*");

    private YamlWriter() {}

    /** The document, ending in a line break. */
    public static String write(Node node) {
        StringBuilder out = new StringBuilder();
        block(node, 0, out);
        return out.toString();
    }

    private static void block(Node node, int indent, StringBuilder out) {
        switch (node) {
            case Node.Mapping map
            when !map.entries().isEmpty() -> {
                boolean first = true;
                for (Node.Entry entry : map.entries()) {
                    out.append(first ? "" : " ".repeat(indent));
                    first = false;
                    out.append(scalar(entry.key(), false)).append(':');
                    value(entry.value(), indent + 2, out);
                }
            }
            case Node.Sequence list
            when !flat(list) -> {
                boolean first = true;
                for (Node item : list.items()) {
                    out.append(first ? "" : " ".repeat(indent)).append("- ");
                    first = false;
                    block(item, indent + 2, out);
                }
            }
            default -> out.append(flow(node)).append('\n');
        }
    }

    private static void value(Node node, int indent, StringBuilder out) {
        boolean nested = (node instanceof Node.Mapping map && !map.entries().isEmpty())
                || (node instanceof Node.Sequence list && !flat(list));
        if (nested) {
            out.append('\n').append(" ".repeat(indent));
        } else {
            out.append(' ');
        }
        block(node, indent, out);
    }

    private static boolean flat(Node.Sequence list) {
        return list.items().stream().allMatch(Node.Scalar.class::isInstance);
    }

    private static String flow(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar.text(), scalar.quoted());
            case Node.Sequence list ->
                "["
                        + String.join(
                                ", ",
                                list.items().stream().map(YamlWriter::flow).toList()) + "]";
            case Node.Mapping map ->
                "{"
                        + String.join(
                                ", ",
                                map.entries().stream()
                                        .map(entry -> scalar(entry.key(), false) + ": " + flow(entry.value()))
                                        .toList())
                        + "}";
        };
    }

    private static String scalar(String text, boolean wasText) {
        boolean ambiguous =
                wasText && (text.matches("[-+.\\d].*") || text.matches("(?i)true|false|null|yes|no|on|off|~"));
        boolean plain = PLAIN.matcher(text).matches() && !ambiguous && !text.endsWith(":") && !text.equals("-");
        return plain || (!wasText && text.isEmpty()) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\x%02x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
