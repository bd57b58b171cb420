package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether names of files and what is printed can have letters beyond ASCII. */
record LocaleCheck(Surroundings machine, Locale locale) implements Check {

    @Override
    public String name() {
        return "locale";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        String names = machine.property("sun.jnu.encoding");
        String console = machine.property("stdout.encoding").isEmpty()
                ? machine.property("native.encoding")
                : machine.property("stdout.encoding");
        findings.add(
                unicode(names)
                        ? Finding.ok(locale + ", names of files in " + names)
                        : Finding.warning(
                                "names of files are read as " + names + ": those with other letters cannot be opened",
                                "set LC_ALL=C.UTF-8 before csc is started"));
        if (!console.isEmpty() && !unicode(console)) {
            findings.add(Finding.warning(
                    "what is printed is written as " + console + ": other letters become question marks",
                    "set LC_ALL=C.UTF-8, or say CSC_JAVA_OPTS=-Dstdout.encoding=UTF-8"));
        }
        return findings;
    }

    private static boolean unicode(String encoding) {
        return encoding.isEmpty() || encoding.toUpperCase(Locale.ROOT).startsWith("UTF");
    }
}
