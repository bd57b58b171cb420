package org.scenecontexts.cli.doctor;

import java.util.Objects;
import org.scenecontexts.api.text.Printable;

/**
 * One sentence about the machine.
 *
 * @param verdict how bad it is
 * @param found what was found, with numbers and places
 * @param remedy what to do; empty where nothing is to be done
 * @since 0.2
 */
public record Finding(Verdict verdict, String found, String remedy) {

    /** @throws IllegalArgumentException when something is wrong and nobody says what to do */
    public Finding {
        Objects.requireNonNull(verdict, "verdict");
        found = Printable.text(found);
        remedy = Printable.text(remedy);
        if (verdict != Verdict.OK && remedy.isBlank()) {
            throw new IllegalArgumentException("'" + found + "' needs a remedy");
        }
    }

    static Finding ok(String found) {
        return new Finding(Verdict.OK, found, "");
    }

    static Finding warning(String found, String remedy) {
        return new Finding(Verdict.WARNING, found, remedy);
    }

    static Finding problem(String found, String remedy) {
        return new Finding(Verdict.PROBLEM, found, remedy);
    }
}
