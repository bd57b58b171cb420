package org.scenecontexts.runtime.config;

import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.text.Printable;

/**
 * Shows problems to a person: place, message, the line with a caret under the spot, and what to do.
 *
 * @since 0.1
 */
public final class ProblemReport {

    private ProblemReport() {}

    /** All problems followed by their count. */
    public static String render(List<Problem> problems) {
        StringBuilder out = new StringBuilder();
        problems.forEach(problem -> out.append(render(problem)).append('\n'));
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        out.append(count(errors, "error"));
        if (warnings > 0) {
            out.append(", ").append(count(warnings, "warning"));
        }
        return out.toString();
    }

    /** One problem, ending in a line break. */
    public static String render(Problem problem) {
        StringBuilder out = new StringBuilder();
        problem.position().ifPresent(at -> out.append(at).append(": "));
        out.append(problem.severity().name().toLowerCase(Locale.ROOT)).append(": ");
        out.append(problem.message()).append('\n');
        problem.position().ifPresent(at -> quote(out, at));
        if (!problem.path().isEmpty()) {
            out.append("  in ").append(problem.path());
            problem.plugin()
                    .ifPresent(plugin -> out.append(" (plugin '").append(plugin).append("')"));
            out.append('\n');
        }
        problem.suggestion().ifPresent(next -> out.append("  -> ").append(next).append('\n'));
        // It quotes what somebody wrote, or what a broken file holds.
        return Printable.text(out.toString());
    }

    private static void quote(StringBuilder out, Position at) {
        if (at.line() > at.source().lines().size()) {
            return;
        }
        String line = at.source().lines().get(at.line() - 1);
        String margin = "%5d | ".formatted(at.line());
        out.append(margin).append(line).append('\n');
        out.append(" ".repeat(margin.length() - 2)).append("| ");
        for (int i = 0; i < at.column() - 1; i++) {
            out.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
        }
        out.append("^\n");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
