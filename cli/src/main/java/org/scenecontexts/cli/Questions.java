package org.scenecontexts.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.runtime.log.RunLog;

/** Asks the person at the terminal, if there is one; what nobody answers must not be guessed. */
@FunctionalInterface
interface Questions {

    /** Answers that agree. */
    Set<String> YES = Set.of("y", "yes");

    /**
     * Asks and waits for a line.
     *
     * @return the answer without blanks around it; nothing where nobody sits, or the input has ended
     */
    Optional<String> ask(String question);

    /**
     * Asks for yes or no, and takes {@code y} and {@code yes} alone for a yes.
     *
     * @return nothing where nobody sits, or the input has ended
     */
    default Optional<Boolean> agreed(String question) {
        return ask(question + " [y/N]").map(answer -> YES.contains(answer.toLowerCase(Locale.ROOT)));
    }

    /** The terminal of this process. */
    static Questions ofTerminal() {
        return question -> {
            if (!RunLog.terminal()) {
                return Optional.empty();
            }
            Console console = System.console();
            return Optional.ofNullable(console.readLine("%s ", question)).map(String::strip);
        };
    }
}
