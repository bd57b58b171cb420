package org.scenecontexts.runtime.config;

import java.util.List;

/**
 * A configuration cannot be used; carries everything that is wrong with it.
 *
 * @since 0.1
 */
public final class InvalidConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidConfigException(List<Problem> problems) {
        super(ProblemReport.render(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems, errors and warnings, in reading order. */
    public List<Problem> problems() {
        return problems;
    }
}
