package org.scenecontexts.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Asks the program, without running anything, whether it takes a command; for tests of the manual. */
public final class CommandLines {

    private CommandLines() {}

    /**
     * What is wrong with a command.
     *
     * @param words what stands behind {@code csc}
     * @param whole whether everything that the command requires has to be there
     */
    public static Optional<String> problem(List<String> words, boolean whole) {
        try {
            Main.commandLine(Host.system()).parseArgs(words.toArray(String[]::new));
            return Optional.empty();
        } catch (CommandLine.MissingParameterException e) {
            return whole ? Optional.of(e.getMessage()) : Optional.empty();
        } catch (CommandLine.ParameterException e) {
            return Optional.of(e.getMessage());
        }
    }
}
