package org.scenecontexts.runtime.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects problems while a configuration is read, so that the user sees all of them at once.
 *
 * @since 0.1
 */
public final class Problems {

    private static final Comparator<Problem> READING_ORDER = Comparator.comparing(
                    (Problem problem) -> problem.position().isEmpty())
            .thenComparing(
                    problem -> problem.position().map(at -> at.source().name()).orElse(""))
            .thenComparingInt(problem -> problem.position().map(Position::line).orElse(0))
            .thenComparingInt(
                    problem -> problem.position().map(Position::column).orElse(0));

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Adds a problem; one that says the same about the same place is kept once. */
    public void add(Problem problem) {
        boolean known = found.stream()
                .anyMatch(other -> other.message().equals(problem.message())
                        && other.position()
                                .map(Position::toString)
                                .equals(problem.position().map(Position::toString)));
        if (!known) {
            found.add(problem);
        }
    }

    public void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Whether any of the problems is an error. */
    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** All problems, in the order of the files that they are in. */
    public List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(READING_ORDER);
        return List.copyOf(sorted);
    }

    /**
     * Ends reading.
     *
     * @throws InvalidConfigException when any of the problems is an error; it carries all problems
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new InvalidConfigException(sorted());
        }
    }
}
