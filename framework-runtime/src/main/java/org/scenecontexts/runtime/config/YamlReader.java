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

    private final SourceText source;
    private final Problems problems;
    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Node> converted = new IdentityHashMap<>();
    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Boolean> open = new IdentityHashMap<>();

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
            org.yaml.snakeyaml.nodes.Node root =
                    new Yaml(new LoaderOptions()).compose(new StringReader(hideBraces(plain)));
            if (root == null) {
                problems.add(Problem.error("the document is empty", source.at(1, 1), ""));
                return Optional.empty();
            }
            return Optional.of(convert(root));
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

    private Node convert(org.yaml.snakeyaml.nodes.Node node) {
        Node known = converted.get(node);
        if (known != null) {
            return known;
        }
        Position at = position(node.getStartMark());
        if (open.put(node, true) != null) {
            problems.add(Problem.error("an alias refers to a value that contains it", at, ""));
            return new Node.Scalar("", false, at);
        }
        if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
            problems.add(Problem.error("the tag '" + node.getTag().getValue() + "' has no meaning here", at, "")
                    .suggesting("remove it; plugins are chosen with 'type:'"));
        }
        Node result = switch (node) {
            case ScalarNode scalar ->
                new Node.Scalar(
                        showBraces(scalar.getValue()), scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN, at);
            case SequenceNode sequence ->
                new Node.Sequence(
                        sequence.getValue().stream().map(this::convert).toList(), at);
            case MappingNode mapping -> mapping(mapping, at);
            default -> throw new IllegalStateException("unexpected YAML node " + node.getNodeId());
        };
        open.remove(node);
        converted.put(node, result);
        return result;
    }

    private Node mapping(MappingNode mapping, Position at) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        List<NodeTuple> merges = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Position keyAt = position(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(Problem.error("a key must be a text, found a list or a map", keyAt, "")
                        .suggesting("put text that starts with '{' or '[' in quotes"));
            } else if (key.getValue().equals("<<") && key.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN) {
                merges.add(tuple);
            } else {
                Node.Entry entry = new Node.Entry(showBraces(key.getValue()), keyAt, convert(tuple.getValueNode()));
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
            merge(convert(merge.getValueNode()), entries);
        }
        return new Node.Mapping(List.copyOf(entries.values()), at);
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
