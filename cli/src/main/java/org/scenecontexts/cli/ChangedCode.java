package org.scenecontexts.cli;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.runtime.pipeline.CodeChanges;

/**
 * What the user wants with results when only code has changed since: said by an option, or asked once at the terminal, the
 * answer counting for all stages of the call. Without a terminal they are kept, with a warning.
 */
final class ChangedCode implements CodeChanges {

    private final boolean accept;
    private final Questions questions;
    private Optional<Answer> given = Optional.empty();

    /** @param accept whether the user said beforehand that changed code makes no difference */
    ChangedCode(boolean accept, Questions questions) {
        this.accept = accept;
        this.questions = questions;
    }

    @Override
    public Answer about(String stage, boolean finished, List<String> changes) {
        if (accept) {
            return Answer.ACCEPT;
        }
        if (given.isEmpty()) {
            given = Optional.of(ask(stage, finished, changes));
        }
        return given.get();
    }

    private Answer ask(String stage, boolean finished, List<String> changes) {
        String what = "Only code has changed since stage '" + stage + "' was " + (finished ? "finished" : "begun")
                + ":\n  " + String.join("\n  ", changes) + "\n"
                + (finished
                        ? "Keep its results (k), run it again (r; the old results stay in .replaced), or stop (s)?"
                        : "Go on where it was (k), start it over (r), or stop (s)?")
                + " The answer counts for all stages of this call. [k/r/s]";
        Optional<String> answer = questions.ask(what);
        while (answer.isPresent()) {
            switch (answer.get().toLowerCase(java.util.Locale.ROOT)) {
                case "k" -> {
                    return Answer.ACCEPT;
                }
                case "r" -> {
                    return Answer.RUN_AGAIN;
                }
                case "s" -> {
                    return Answer.STOP;
                }
                default -> answer = questions.ask("Please answer k, r or s:");
            }
        }
        return Answer.KEEP;
    }
}
