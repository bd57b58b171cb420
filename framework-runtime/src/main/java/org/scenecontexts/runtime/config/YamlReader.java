package org.scenecontexts.runtime.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into {@link Node}s: anchors, aliases and merge keys are resolved, duplicate keys and tags are refused, and
 * nothing is guessed about types.
 *
 * @since 0.1
 */
public final class YamlReader {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^{}\\n]*)}");
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    /** Far more than any pipeline repeats; a few lines of aliases of aliases could make billions of values. */
    private static final int MAX_REPEATED = 100_000;

    /** A value and how many values it consists of, each counted as often as it stands there once aliases are resolved. */
    private record Counted(Node node, long values) {}

    /** Aliases make too much of what was written. */
    private static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Position at;

        TooManyValues(Position at) {
            super(null, null, false, false);
            this.at = at;
        }
    }

    private final SourceText source;
    private final Problems problems;
    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Counted> converted = new IdentityHashMap<>();
    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Boolean> open = new IdentityHashMap<>();

    private long written;
    private long merged;

    private YamlReader(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param problems receives what is wrong with it, a missing file included
     * @return the document, or nothing when it could not be read
     */
    public static Optional<Node> read(Path file, Problems problems) {
        try {
            return read(SourceText.of(file.toString(), Files.readString(file)), problems);
        } catch (NoSuchFileException e) {
            problems.add(Problem.error("there is no file '" + file + "' (looked in "
                    + file.toAbsolutePath().normalize().getParent() + ")"));
        } catch (CharacterCodingException e) {
            problems.add(Problem.error("'" + file + "' is not UTF-8 text: save it as UTF-8, or check its name"));
        } catch (IOException e) {
            problems.add(Problem.error("cannot read '" + file + "': " + e.getMessage()));
        }
        return Optional.empty();
    }

    /**
     * Reads a text.
     *
     * @param problems receives what is wrong with it
     * @return the document, or nothing when it could not be read or is empty
     */
    public static Optional<Node> read(SourceText source, Problems problems) {
        return read(source, source.text(), problems);
    }

    /**
     * Reads a text that is a part of what the user wrote.
     *
     * @param source the whole, for messages
     * @param text the part, with as many spaces before it as there are characters before it in the whole
     */
    public static Optional<Node> read(SourceText source, String text, Problems problems) {
        return new YamlReader(source, problems).read(text);
    }

    private Optional<Node> read(String text) {
        try {
            String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            org.yaml.snakeyaml.nodes.Node root = new Yaml(options()).compose(new StringReader(hideBraces(plain)));
            if (root == null) {
                problems.add(Problem.error("the document is empty", source.at(1, 1), ""));
                return Optional.empty();
            }
            return Optional.of(convert(root).node());
        } catch (TooManyValues e) {
            problems.add(Problem.error(
                            String.format(
                                    Locale.ROOT,
                                    "aliases repeat values more than %,d times, so this is refused before it fills the memory",
                                    MAX_REPEATED),
                            e.at,
                            "")
                    .suggesting("write out what is needed; aliases of aliases multiply"));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            problems.add(Problem.error("not valid YAML: " + context + e.getProblem(), position(mark), "")
                    .suggesting(hint(e)));
        } catch (YAMLException e) {
            problems.add(Problem.error("not valid YAML: " + e.getMessage(), source.at(1, 1), ""));
        }
        return Optional.empty();
    }

    /** The library allows 50 aliases, which a pipeline of many like stages needs; here it is what they make that counts. */
    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_REPEATED);
        return options;
    }

    /**
     * Lets {@code {model: ${semseg}}} be written without quotes: inside braces YAML would take {@code {semseg}} for a
     * map. The stand-ins are as long as what they stand for, so that places stay right.
     */
    private static String hideBraces(String text) {
        return EXPRESSION
                .matcher(text)
                .replaceAll(match -> "\\$" + OPEN + Matcher.quoteReplacement(match.group(1)) + CLOSE);
    }

    private static String showBraces(String text) {
        return text.replace(OPEN, '{').replace(CLOSE, '}');
    }

    private static String hint(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("\\t")) {
            return "indent with spaces: YAML does not allow tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "put text that contains ': ' in quotes, or check the indentation of this line";
        }
        if (problem.contains("undefined alias")) {
            return "define it first with an anchor: '&name' before the value";
        }
        return "";
    }

    /**
     * @throws TooManyValues when aliases make much more of the document than was written
     */
    private Counted convert(org.yaml.snakeyaml.nodes.Node node) {
        Counted known = converted.get(node);
        if (known != null) {
            return known;
        }
        Position at = position(node.getStartMark());
        if (open.put(node, true) != null) {
            problems.add(Problem.error("an alias refers to a value that contains it", at, ""));
            return new Counted(new Node.Scalar("", false, at), 1);
        }
        if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
            problems.add(Problem.error("the tag '" + node.getTag().getValue() + "' has no meaning here", at, "")
                    .suggesting("remove it; plugins are chosen with 'type:'"));
        }
        written++;
        Counted result = switch (node) {
            case ScalarNode scalar ->
                new Counted(
                        new Node.Scalar(
                                showBraces(scalar.getValue()),
                                scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN,
                                at),
                        1);
            case SequenceNode sequence -> sequence(sequence, at);
            case MappingNode mapping -> mapping(mapping, at);
            default -> throw new IllegalStateException("unexpected YAML node " + node.getNodeId());
        };
        open.remove(node);
        converted.put(node, result);
        return result;
    }

    /** The sum, as long as it is not far more than what was written. */
    private long plus(long values, long more, Position at) {
        if (values + more > written + MAX_REPEATED) {
            throw new TooManyValues(at);
        }
        return values + more;
    }

    private Counted sequence(SequenceNode sequence, Position at) {
        List<Node> items = new ArrayList<>();
        long values = 1;
        for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
            Counted counted = convert(item);
            values = plus(values, counted.values(), at);
            items.add(counted.node());
        }
        return new Counted(new Node.Sequence(items, at), values);
    }

    private Counted mapping(MappingNode mapping, Position at) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        List<NodeTuple> merges = new ArrayList<>();
        long values = 1;
        for (NodeTuple tuple : mapping.getValue()) {
            Position keyAt = position(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(Problem.error("a key must be a text, found a list or a map", keyAt, "")
                        .suggesting("put text that starts with '{' or '[' in quotes"));
            } else if (key.getValue().equals("<<") && key.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN) {
                merges.add(tuple);
            } else {
                Counted counted = convert(tuple.getValueNode());
                values = plus(values, counted.values(), at);
                Node.Entry entry = new Node.Entry(showBraces(key.getValue()), keyAt, counted.node());
                Node.Entry first = entries.putIfAbsent(entry.key(), entry);
                if (first != null) {
                    problems.add(Problem.error(
                                    "the key '" + entry.key() + "' is written twice; first in line "
                                            + first.keyPosition().line(),
                                    keyAt,
                                    "")
                            .suggesting("remove one of the two"));
                }
            }
        }
        for (NodeTuple merge : merges) {
            Counted counted = convert(merge.getValueNode());
            values = plus(values, counted.values(), at);
            merged = plus(merged, counted.values(), at);
            merge(counted.node(), entries);
        }
        return new Counted(new Node.Mapping(List.copyOf(entries.values()), at), values);
    }

    private void merge(Node from, Map<String, Node.Entry> into) {
        switch (from) {
            case Node.Mapping mapping -> mapping.entries().forEach(entry -> into.putIfAbsent(entry.key(), entry));
            case Node.Sequence sequence -> sequence.items().forEach(item -> merge(item, into));
            case Node.Scalar scalar ->
                problems.add(Problem.error(
                        "'<<' merges the keys of a map, found the text \"" + scalar.text() + "\"",
                        scalar.position(),
                        ""));
        }
    }

    private Position position(Mark mark) {
        return mark == null ? source.at(1, 1) : source.at(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
