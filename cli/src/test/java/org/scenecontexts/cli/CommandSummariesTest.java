package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help and manual can be read: lists of commands show the first element of each description and nothing of the rest. */
class CommandSummariesTest {

    static Stream<CommandSpec> commands() {
        return below(Main.commandLine(Host.system()));
    }

    private static Stream<CommandSpec> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(CommandSummariesTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFirstElementOfADescriptionIsOneWholeSentence(CommandSpec command) {
        assertThat(command.usageMessage().description())
                .as("%s", command.qualifiedName())
                .isNotEmpty();
        assertThat(command.usageMessage().description()[0])
                .as("%s", command.qualifiedName())
                .matches("[A-Z].*\\.")
                .doesNotContain(". ");
    }

    /** A terminal breaks lines by itself; where an element ends, a line does. */
    @ParameterizedTest
    @MethodSource("commands")
    void noLineOfHelpEndsInTheMiddleOfASentence(CommandSpec command) {
        List<String[]> descriptions = new ArrayList<>();
        descriptions.add(command.usageMessage().description());
        command.args().stream()
                .filter(argument -> !argument.hidden())
                .forEach(argument -> descriptions.add(argument.description()));
        for (String[] description : descriptions) {
            assertThat(description).as("%s", command.qualifiedName()).isNotEmpty();
            assertThat(Arrays.asList(description).subList(0, description.length - 1))
                    .as("%s", command.qualifiedName())
                    .allSatisfy(element -> assertThat(element).endsWith("."));
        }
    }
}
