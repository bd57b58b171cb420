package org.scenecontexts.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that the manual gives, so that one test can ask whether the program takes them and another can run them.
 *
 * <p>A block of commands is run by every build, unless the line before it says otherwise: {@code <!-- takes: 3 min -->}
 * is run on request only, {@code <!-- needs: ScanNet -->} by nobody here.
 */
public final class ManualCommands {

    /** Variables and a launcher in front of the words of a command. */
    private static final Pattern COMMAND =
            Pattern.compile("((?:\\w+=(?:\"[^\"]*\"|\\S*) +)*)(?:\\./|bin/)?csc((?: +.*)?)");

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S*))");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");
    private static final Pattern MARK = Pattern.compile("<!-- (takes|needs): (.+) -->");
    private static final Pattern TIME = Pattern.compile("(\\d+) ?(min|h)");

    /** When a command of a block is run. */
    public enum When {
        /** In every build: it takes less than a minute. */
        ALWAYS,
        /** On request. */
        ON_REQUEST,
        /** Not here, since what it needs is not ours to pass on. */
        NEVER
    }

    /**
     * What stands before a block.
     *
     * @param when whether its commands are run
     * @param takes what all of them take together, where they are run on request
     */
    public record Mark(When when, Duration takes) {

        private static Mark of(String before) {
            Matcher mark = MARK.matcher(before);
            if (!mark.matches()) {
                return new Mark(When.ALWAYS, Duration.ofMinutes(1));
            }
            return mark.group(1).equals("takes")
                    ? new Mark(When.ON_REQUEST, time(mark.group(2)))
                    : new Mark(When.NEVER, Duration.ZERO);
        }
    }

    /**
     * A command.
     *
     * @param place page, with the line of the block where it stands in one
     * @param environment variables before it
     * @param text what stands behind {@code csc}
     * @param mark what stands before its block; none in the middle of a sentence, where not everything that it requires
     *     need be there
     */
    public record Written(String place, Map<String, String> environment, String text, Optional<Mark> mark) {

        /** What stands behind {@code csc}, without quotes. */
        public List<String> words() {
            return WORD.matcher(text)
                    .results()
                    .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                    .toList();
        }
    }

    private ManualCommands() {}

    /**
     * A time as pages and the properties of {@code -Pmanual} give it: {@code 5 min}, {@code 6h}.
     *
     * @throws IllegalArgumentException when it is written in another way
     */
    public static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no time; write it like '5 min' or '6 h'");
        }
        long number = Long.parseLong(time.group(1));
        return time.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
    }

    /** All of them: of blocks, in the order of pages and lines, and of sentences. */
    public static List<Written> all() {
        List<Written> commands = new ArrayList<>();
        for (ProjectText page : ProjectText.all(".md")) {
            for (CodeBlock block : CodeBlock.of(page)) {
                if (block.language().isEmpty() || block.language().equals("sh")) {
                    String joined = block.text().replaceAll("\\\\\\n\\s*", " ");
                    Optional<Mark> mark = Optional.of(Mark.of(block.before()));
                    joined.lines().forEach(line -> add(block.place(), line, mark, commands));
                }
            }
            String prose = page.text().replaceAll("(?s)```.*?```", "");
            INLINE.matcher(prose)
                    .results()
                    .forEach(code -> add(page.file(), code.group(1), Optional.empty(), commands));
        }
        return commands;
    }

    /** Those of blocks that are run at a time. */
    public static List<Written> run(When when) {
        return all().stream()
                .filter(command -> command.mark().map(Mark::when).equals(Optional.of(when)))
                .toList();
    }

    /** Takes a line that calls the program, unless it says that something is left out. */
    private static void add(String place, String line, Optional<Mark> mark, List<Written> commands) {
        Matcher command = COMMAND.matcher(line.replaceFirst(" +#.*", "").strip());
        if (!command.matches() || line.contains("...") || command.group(2).isBlank()) {
            return;
        }
        Map<String, String> environment = new LinkedHashMap<>();
        VARIABLE.matcher(command.group(1))
                .results()
                .forEach(variable -> environment.put(
                        variable.group(1), variable.group(2) == null ? variable.group(3) : variable.group(2)));
        commands.add(new Written(place, environment, command.group(2), mark));
    }
}
