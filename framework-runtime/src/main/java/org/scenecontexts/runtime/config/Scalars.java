package org.scenecontexts.runtime.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads single values by the type that is wanted, instead of by YAML 1.1's guesses: {@code 1e-4}, {@code .5} and
 * {@code 1_000} are numbers, {@code yes} and {@code off} are not booleans, {@code 010} is not eight.
 *
 * <p>Booleans are {@code true} and {@code false} only, as in YAML 1.2: {@code yes}, {@code no}, {@code on} and
 * {@code off} are refused with the word to write instead, because half of the tools read them as text.
 */
final class Scalars {

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\d[\\d_]*(?:\\.[\\d_]*)?|\\.\\d[\\d_]*)(?:[eE][-+]?\\d{1,4})?");
    private static final Pattern OCTAL_LIKE = Pattern.compile("[-+]?0\\d[\\d_]*");
    private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F][0-9a-fA-F_]*");

    /** A text does not mean a value of the wanted type. */
    static final class NotReadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient String suggestion;

        NotReadable(String message, String suggestion) {
            super(message, null, false, false);
            this.suggestion = suggestion;
        }

        String suggestion() {
            return suggestion;
        }
    }

    private Scalars() {}

    static boolean bool(Node.Scalar scalar) throws NotReadable {
        String text = scalar.text().toLowerCase(Locale.ROOT);
        if (!scalar.quoted() && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        String suggestion = switch (text) {
            case "yes", "on", "y" -> "write true";
            case "no", "off", "n" -> "write false";
            case "true", "false" -> "remove the quotes";
            case "true,", "false," -> "remove the trailing comma: it makes a text of the value";
            default -> "";
        };
        throw new NotReadable("expected true or false, found " + found(scalar), suggestion);
    }

    static Object whole(Node.Scalar scalar, ValueType.Whole type) throws NotReadable {
        BigDecimal number = number(scalar, type.describe());
        BigInteger whole;
        try {
            whole = number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new NotReadable("expected a whole number, found " + scalar.text(), "");
        }
        if (whole.bitLength() > 63 || whole.longValue() < type.min() || whole.longValue() > type.max()) {
            throw new NotReadable(
                    "the number " + scalar.text() + " does not fit; expected a whole number from " + type.min() + " to "
                            + type.max(),
                    "");
        }
        if (type.max() == Integer.MAX_VALUE) {
            return whole.intValue();
        }
        return whole.longValue();
    }

    /** A number; {@code 5%} is 0.05. */
    static Object decimal(Node.Scalar scalar, ValueType.Decimal type) throws NotReadable {
        String text = scalar.text().toLowerCase(Locale.ROOT);
        double value;
        if (!scalar.quoted() && (text.equals(".inf") || text.equals("+.inf") || text.equals("-.inf"))) {
            value = text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else {
            Matcher percent = PERCENT.matcher(text);
            value = !scalar.quoted() && percent.matches()
                    ? new BigDecimal(percent.group(1)).movePointLeft(2).doubleValue()
                    : number(scalar, type.describe()).doubleValue();
            if (Double.isInfinite(type.single() ? (float) value : value)) {
                throw new NotReadable("the number " + scalar.text() + " is too large", "write .inf for infinity");
            }
        }
        if (type.single()) {
            return (float) value;
        }
        return value;
    }

    private static BigDecimal number(Node.Scalar scalar, String wanted) throws NotReadable {
        String text = scalar.text();
        if (!scalar.quoted()) {
            if (OCTAL_LIKE.matcher(text).matches()) {
                throw new NotReadable(
                        "expected " + wanted + ", found " + text + ", which some YAML readers take as octal",
                        "write it without the leading zero");
            }
            if (DECIMAL.matcher(text).matches()) {
                return new BigDecimal(text.replace("_", ""));
            }
            if (HEXADECIMAL.matcher(text).matches()) {
                String digits = text.replace("_", "").replaceFirst("0x", "").replaceFirst("^\\+", "");
                return new BigDecimal(new BigInteger(digits, 16));
            }
        }
        throw new NotReadable("expected " + wanted + ", found " + found(scalar), suggestion(scalar));
    }

    private static String suggestion(Node.Scalar scalar) {
        String text = scalar.text();
        if (scalar.quoted()) {
            return DECIMAL.matcher(text).matches() ? "remove the quotes" : "";
        }
        if (text.endsWith(",")
                && DECIMAL.matcher(text.substring(0, text.length() - 1)).matches()) {
            return "remove the trailing comma: it makes a text of the value";
        }
        if (text.matches("[-+]?\\d+,\\d+")) {
            return "write a point for the decimal comma";
        }
        return "";
    }

    /** What stands there, in words. */
    static String found(Node node) {
        return switch (node) {
            case Node.Sequence list -> "a list";
            case Node.Mapping map -> "a map";
            case Node.Scalar scalar when scalar.isEmpty() -> "nothing";
            case Node.Scalar scalar ->
                "the " + (scalar.quoted() ? "quoted " : "") + "text \"" + shortened(scalar.text()) + "\"";
        };
    }

    private static String shortened(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
