package org.scenecontexts.runtime.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.config.Names;

/**
 * A Markdown text whose figures come from recorded runs, so that none of them can drift from what was measured.
 *
 * <p>{@code 0.640<!--= quickstart eval/miou -->}: a figure, told by the comment behind it. {@code <!--[ quickstart date ]-->28
 * November 2026<!--]-->}: words between two comments, or a whole table. Comments in code are left alone.
 *
 * @param file for messages
 * @param text of the file
 * @since 0.2
 */
public record MarkedText(String file, String text) {

    /** Code first: what looks like a mark there is an example. */
    private static final Pattern MARK = Pattern.compile("(?s)(?<code>(?m:^ *```.*?^ *```)|``.+?``|`[^`\\n]*`)"
            + "|(?<figure><!--=(?<key>.*?)-->)"
            + "|(?<open><!--\\[(?<what>.*?)]-->)(?<inner>.*?)(?:(?<close><!--]-->)|\\z)"
            + "|(?<stray><!--]-->)");

    private static final Pattern KEY = Pattern.compile("(?s)\\s*(\\S+)\\s+(.+?)(?:\\s+x(\\d+(?:\\.\\d+)?))?\\s*");
    private static final Pattern WHAT = Pattern.compile("(?s)\\s*(\\S+)\\s+(\\S+)(.*)");

    /**
     * A place at which the text and the record differ.
     *
     * @param line counted from 1
     * @param mark what the text cites
     */
    public record Change(String file, int line, String mark, String found, String expected) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + mark + ": " + found.strip() + " -> " + expected.strip();
        }
    }

    /** A mark that cannot be followed, and what to do. */
    public record Problem(String file, int line, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + message;
        }
    }

    /**
     * The text as the records want it.
     *
     * @param text the same outside of marks
     * @param marks how many there are
     */
    public record Renewed(String text, int marks, List<Change> changes, List<Problem> problems) {
        public Renewed {
            changes = List.copyOf(changes);
            problems = List.copyOf(problems);
        }
    }

    /** Looks up every mark. */
    public Renewed renewed(RecordedResults results) {
        return new Reader(results).read();
    }

    /** The text without its marks and what they mark: what is left is written by hand. Lines stay where they are. */
    public String unmarked() {
        Matcher matcher = MARK.matcher(text);
        StringBuilder left = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            String before = text.substring(from, matcher.start());
            from = matcher.end();
            if (matcher.group("code") != null) {
                left.append(before).append(matcher.group());
                continue;
            }
            boolean figure = matcher.group("figure") != null;
            left.append(figure ? withoutFigure(before) : before);
            left.append("\n"
                    .repeat((int) matcher.group().chars().filter(c -> c == '\n').count()));
        }
        return left.append(text.substring(from)).toString();
    }

    private static String withoutFigure(String before) {
        return WrittenFigure.atTheEndOf(lastLine(before))
                .map(figure ->
                        before.substring(0, before.length() - figure.text().length()))
                .orElse(before);
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /** One pass over the text. */
    private final class Reader {
        private final RecordedResults results;
        private final StringBuilder out = new StringBuilder();
        private final List<Change> changes = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int line = 1;
        private int marks;

        Reader(RecordedResults results) {
            this.results = results;
        }

        Renewed read() {
            Matcher matcher = MARK.matcher(text);
            int from = 0;
            while (matcher.find()) {
                String before = text.substring(from, matcher.start());
                line += lines(before);
                from = matcher.end();
                if (matcher.group("figure") != null) {
                    marks++;
                    figure(before, matcher.group("key"));
                    out.append(matcher.group());
                } else if (matcher.group("open") != null) {
                    marks++;
                    out.append(before).append(matcher.group("open"));
                    block(matcher);
                } else {
                    if (matcher.group("stray") != null) {
                        problem("'<!--]-->' ends nothing; the beginning is '<!--[ NAME WHAT ]-->'");
                    }
                    out.append(before).append(matcher.group());
                }
                line += lines(matcher.group());
            }
            out.append(text.substring(from));
            return new Renewed(out.toString(), marks, changes, problems);
        }

        private void figure(String before, String mark) {
            Optional<WrittenFigure> written = WrittenFigure.atTheEndOf(lastLine(before));
            Matcher key = KEY.matcher(mark);
            if (written.isEmpty() || !key.matches()) {
                problem("'<!--=" + mark + "-->' "
                        + (written.isEmpty()
                                ? "stands behind no figure; write a number or a time in front of it, without a blank"
                                : "is not understood; '<!--= NAME KEY -->' or '<!--= NAME KEY x100 -->' is expected"));
                out.append(before);
                return;
            }
            String found = written.get().text();
            double scale = key.group(3) == null ? 1 : Double.parseDouble(key.group(3));
            String expected = value(key.group(1), key.group(2))
                    .map(value -> written.get().of(value * scale))
                    .orElse(found);
            out.append(before, 0, before.length() - found.length()).append(expected);
            compare(mark.strip(), found, expected);
        }

        private Optional<Double> value(String name, String key) {
            return result(name).flatMap(result -> {
                if (result.figure(key).isEmpty()) {
                    problem(name + " has no figure '" + key + "'. "
                            + Names.didYouMean(key, result.values().keySet()).strip()
                            + " Its file lists all under 'values'");
                    return Optional.empty();
                }
                return Optional.of(result.figure(key).getAsDouble());
            });
        }

        private void block(Matcher mark) {
            String inner = mark.group("inner");
            String expected = inner;
            Matcher what = WHAT.matcher(mark.group("what"));
            if (mark.group("close") == null) {
                problem("'<!--[" + mark.group("what") + "]-->' has no end; write '<!--]-->' behind what it marks");
            } else if (!what.matches()) {
                problem("'<!--[" + mark.group("what") + "]-->' is not understood; '<!--[ NAME WHAT ]-->' is expected");
            } else {
                expected = result(what.group(1))
                        .flatMap(result -> generated(result, what.group(2), what.group(3)))
                        .orElse(inner);
                compare(mark.group("what").strip().replaceAll("\\s+", " "), inner, expected);
            }
            out.append(expected).append(mark.group("close") == null ? "" : mark.group("close"));
        }

        private Optional<String> generated(RecordedResult result, String what, String more) {
            if (!what.equals(TableMark.MEANS) && !what.equals(TableMark.GAINS)) {
                Optional<String> word = result.word(what);
                if (word.isEmpty()) {
                    problem("found '" + what + "', where 'means', 'gains' or one of "
                            + String.join(", ", result.words()) + " is expected");
                }
                return word;
            }
            try {
                return Optional.of("\n\n" + TableText.of(result, TableMark.parse(what + more)) + "\n");
            } catch (IllegalArgumentException e) {
                problem(e.getMessage());
                return Optional.empty();
            }
        }

        private Optional<RecordedResult> result(String name) {
            Optional<RecordedResult> found = results.find(name);
            if (found.isEmpty()) {
                problem(("there is no record '" + name + "' in " + results.folder() + ". "
                                        + Names.didYouMean(name, results.names()))
                                .strip()
                        + " 'csc runs record " + name + "' makes one of a finished run");
            }
            return found;
        }

        private void compare(String mark, String found, String expected) {
            if (!found.equals(expected)) {
                changes.add(new Change(file, line, mark, found, expected));
            }
        }

        private void problem(String message) {
            problems.add(new Problem(file, line, message));
        }

        private int lines(String part) {
            return (int) part.chars().filter(c -> c == '\n').count();
        }
    }
}
