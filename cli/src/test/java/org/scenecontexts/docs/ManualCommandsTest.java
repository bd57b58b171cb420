package org.scenecontexts.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.scenecontexts.cli.CommandLines;
import org.scenecontexts.docs.ManualCommands.When;
import org.scenecontexts.docs.ManualCommands.Written;
import org.scenecontexts.testing.TestFiles;

/** Every command of the manual is one that {@code csc} takes, and the files of the project that it names exist. */
class ManualCommandsTest {

    private static final Pattern OURS = Pattern.compile("(?:examples|pipelines)/[\\w./-]+\\.(?:yaml|pcd)");

    @Test
    void everyCommandIsTakenByTheProgram() {
        List<String> wrong = new ArrayList<>();
        List<Written> commands = ManualCommands.all();
        for (Written command : commands) {
            CommandLines.problem(command.words(), command.mark().isPresent())
                    .ifPresent(problem -> wrong.add(command.place() + " csc" + command.text() + ": " + problem));
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).hasSizeGreaterThan(60);
    }

    @Test
    void noCommandOfABlockLeavesSomethingToTheShell() {
        assertThat(ManualCommands.all())
                .filteredOn(command -> command.mark().isPresent())
                .allSatisfy(command ->
                        assertThat(command.text()).as(command.place()).doesNotContainPattern("\\$\\w"));
    }

    @Test
    void aBlockSaysHowLongItTakes() {
        assertThat(ManualCommands.time("3 min")).isEqualTo(Duration.ofMinutes(3));
        assertThat(ManualCommands.time("6h")).isEqualTo(Duration.ofHours(6));
        assertThatThrownBy(() -> ManualCommands.time("long")).hasMessageContaining("'long' is no time", "5 min");
        assertThat(ManualCommands.run(When.ON_REQUEST))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.mark().orElseThrow().takes())
                        .as(command.place())
                        .isGreaterThan(Duration.ofMinutes(1)));
    }

    @Test
    void everyPipelineAndCloudThatACommandNamesExists() {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Written command : ManualCommands.all()) {
            Matcher file = OURS.matcher(command.text());
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
}
