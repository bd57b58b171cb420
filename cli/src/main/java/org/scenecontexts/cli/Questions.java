package org.scenecontexts.cli;

import java.io.Console;
import java.util.Optional;
import org.scenecontexts.runtime.log.RunLog;

/** Asks the person at the terminal, if there is one; what nobody answers must not be guessed. */
@FunctionalInterface
interface Questions {

    /**
     * Asks and waits for a line.
     *
     * @return the answer without blanks around it; nothing where nobody sits, or the input has ended
     */
    Optional<String> ask(String question);

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
