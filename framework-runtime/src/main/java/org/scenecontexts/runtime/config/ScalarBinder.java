package org.scenecontexts.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads single values for a {@link Binder}, each by the type that is wanted and within the bounds of its key. */
final class ScalarBinder {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?!env:|matrix\\.)[^}]*}");

    private final Problems problems;

    private interface ScalarReader {
        Object read(Node.Scalar scalar) throws Scalars.NotReadable;
    }

    /** @param problems receives everything that does not fit */
    ScalarBinder(Problems problems) {
        this.problems = problems;
    }

    /**
     * The value, or nothing after a problem was added.
     *
     * @param type of a single value
     */
    Optional<Object> bind(Node node, ValueType type, Spot spot) {
        return scalar(node, type, spot, scalar -> switch (type) {
            case ValueType.Bool bool -> Scalars.bool(scalar);
            case ValueType.Whole whole -> Scalars.whole(scalar, whole);
            case ValueType.Decimal decimal -> Scalars.decimal(scalar, decimal);
            case ValueType.Text text -> text(scalar, spot);
            case ValueType.FileName file -> path(text(scalar, spot));
            case ValueType.OneOf words -> word(scalar, words);
            default -> throw new IllegalArgumentException(type.describe() + " is no single value");
        });
    }

    private Optional<Object> scalar(Node node, ValueType type, Spot spot, ScalarReader reader) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isEmpty()) {
            problems.add(spot.mismatch(node, type));
            return Optional.empty();
        }
        Object value;
        try {
            value = reader.read(scalar);
        } catch (Scalars.NotReadable e) {
            problems.add(spot.error(e.getMessage(), node.position(), e.suggestion()));
            return Optional.empty();
        }
        Optional<String> violation = value instanceof Number number
                ? spot.bounds().violation(number.doubleValue())
                : value instanceof String text
                                && text.isEmpty()
                                && spot.bounds().notEmpty()
                        ? Optional.of("must not be empty")
                        : Optional.empty();
        if (violation.isPresent()) {
            problems.add(spot.error(
                    "the value " + scalar.text() + " is out of range: it " + violation.get(), node.position(), ""));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private String text(Node.Scalar scalar, Spot spot) throws Scalars.NotReadable {
        if (REFERENCE.matcher(scalar.text()).find()) {
            throw new Scalars.NotReadable(
                    "a reference to a stage cannot stand here, found " + Scalars.found(scalar),
                    "'model' and 'init' take ${stage}; environment variables are written ${env:NAME}");
        }
        if (!scalar.quoted() && scalar.text().endsWith(",")) {
            problems.add(Problem.warning(
                            "the text \"" + scalar.text() + "\" ends with a comma", scalar.position(), spot.path())
                    .suggesting("remove the comma, or put the text in quotes if it is meant"));
        }
        return scalar.text();
    }

    private static Path path(String text) throws Scalars.NotReadable {
        try {
            return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new Scalars.NotReadable("not a file name: " + e.getMessage(), "");
        }
    }

    private static Object word(Node.Scalar scalar, ValueType.OneOf type) throws Scalars.NotReadable {
        int index = type.words().indexOf(scalar.text());
        if (index < 0) {
            throw new Scalars.NotReadable(
                    "expected " + type.describe() + ", found " + Scalars.found(scalar),
                    Names.didYouMean(scalar.text(), type.words()));
        }
        return type.type().getEnumConstants()[index];
    }
}
