package org.scenecontexts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a command line as a shell reads it, without what belongs to one machine only, so that others can call it again. */
final class CommandText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)");
    private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)#.*$");

    private CommandText() {}

    /** Words, quoted where needed. */
    static String of(List<String> words) {
        return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A path from the working folder where it lies in it, with slashes. */
    static String path(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : path)
                .toString()
                .replace('\\', '/');
    }

    /** The environment variables that a pipeline reads and that are set. */
    static List<String> variables(Path pipeline, Map<String, String> environment) {
        try {
            String text = COMMENT.matcher(Files.readString(pipeline, StandardCharsets.UTF_8))
                    .replaceAll("");
            return VARIABLE.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .filter(environment::containsKey)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(pipeline + ": cannot be read: " + e, e);
        }
    }
}
