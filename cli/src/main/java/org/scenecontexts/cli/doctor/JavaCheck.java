package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.VectorApi;

/** Whether this Java is one that csc is tested with, and started as csc has to be. */
record JavaCheck(Surroundings machine, boolean vectors) implements Check {

    private static final int TESTED = 25;

    @Override
    public String name() {
        return "java";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        String version = machine.property("java.version");
        String what =
                "Java " + version + " (" + machine.property("java.vendor") + ") in " + machine.property("java.home");
        int feature = feature(version);
        if (feature < TESTED) {
            findings.add(Finding.problem(
                    what + "; csc needs " + TESTED, "install a JDK " + TESTED + " and set JAVA_HOME to it"));
        } else if (feature > TESTED || version.contains("-")) {
            findings.add(Finding.warning(
                    what + "; csc is tested with releases of Java " + TESTED,
                    "set JAVA_HOME to a JDK " + TESTED + " when something fails"));
        } else {
            findings.add(Finding.ok(what));
        }
        if (machine.property("java.vm.info").contains("interpreted")) {
            findings.add(Finding.warning(
                    "the JVM interprets only (" + machine.property("java.vm.info") + "), which is fifty times slower",
                    "take -Xint out of CSC_JAVA_OPTS and JAVA_TOOL_OPTIONS"));
        }
        if (!vectors) {
            findings.add(Finding.warning(
                    "the module " + VectorApi.MODULE + " is not there: kernels compute number by number",
                    "start csc with its launcher, or java with --add-modules " + VectorApi.MODULE));
        }
        return findings;
    }

    private static int feature(String version) {
        String digits = version.replaceFirst("^(\\d*).*", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
