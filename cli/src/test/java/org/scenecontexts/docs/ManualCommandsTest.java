package org.scenecontexts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.scenecontexts.cli.CommandLines;
import org.scenecontexts.testing.TestFiles;

/** Every command of the manual is one that {@code csc} takes, and the files of the project that it names exist. */
class ManualCommandsTest {

    /** Variables and a launcher in front of the words of a command. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\w+=(?:\"[^\"]*\"|\\S*) +)*(?:\\./|bin/)?csc((?: +.*)?)");

    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");
    private static final Pattern OURS = Pattern.compile("(?:examples|pipelines)/[\\w./-]+\\.yaml");

    /** A command; in the middle of a sentence it need not be whole. */
    private record Written(String place, String words, boolean whole) {}

    @Test
    void everyCommandIsTakenByTheProgram() {
        List<String> wrong = new ArrayList<>();
        List<Written> commands = commands();
        for (Written command : commands) {
            CommandLines.problem(words(command.words()), command.whole())
                    .ifPresent(problem -> wrong.add(command.place() + " csc" + command.words() + ": " + problem));
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).hasSizeGreaterThan(60);
    }

    @Test
    void everyPipelineThatACommandNamesExists() {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Written command : commands()) {
            Matcher file = OURS.matcher(command.words());
            while (file.find()) {
                named++;
                if (!Files.exists(TestFiles.root().resolve(file.group()))) {
                    missing.add(command.place() + " names " + file.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(10);
    }

    private static List<Written> commands() {
        List<Written> commands = new ArrayList<>();
        for (ProjectText page : ProjectText.all(".md")) {
            for (CodeBlock block : CodeBlock.of(page)) {
                if (block.language().isEmpty() || block.language().equals("sh")) {
                    String joined = block.text().replaceAll("\\\\\\n\\s*", " ");
                    joined.lines().forEach(line -> add(block.place(), line, true, commands));
                }
            }
            String prose = page.text().replaceAll("(?s)```.*?```", "");
            INLINE.matcher(prose).results().forEach(code -> add(page.file(), code.group(1), false, commands));
        }
        return commands;
    }

    /** Takes a line that calls the program, unless it says that something is left out. */
    private static void add(String place, String line, boolean whole, List<Written> commands) {
        Matcher command = COMMAND.matcher(line.replaceFirst(" +#.*", "").strip());
        if (command.matches() && !line.contains("...") && !command.group(1).isBlank()) {
            commands.add(new Written(place, command.group(1), whole));
        }
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                .toList();
    }
}
