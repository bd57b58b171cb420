package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Runs the tests of all device kernels, which the pack carries, by the driver that the device asked for is reached through. */
record ConformancePart(CheckOptions options, CscProcess csc, DeviceInfo info) implements CheckPart {

    @Override
    public String title() {
        return "Conformance";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Suites suites = new Suites(options);
        List<String> classes = suites.classes();
        Driver driver = info.drivers().first();
        CscProcess.Said said = csc.run(suites.command(driver, classes), suites.folder());
        List<List<String>> rows = said.said()
                .lines()
                .filter(line -> line.startsWith(SuiteRunner.LINE))
                .map(line -> List.of(line.substring(SuiteRunner.LINE.length()).split("\t", -1)))
                .toList();
        boolean passed = said.code() == 0 && rows.size() == classes.size();
        Files.writeString(options.work().resolve("conformance.log"), said.said());
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                passed
                        ? "every suite of the device kernels by " + driver.word() + ", with poisoned buffers"
                        : "exit code " + said.code() + ", " + rows.size() + " of " + classes.size()
                                + " suites ended; see conformance.log in the folder work of the pack",
                List.of("suite", "tests", "failed", "skipped", "seconds"),
                rows);
    }
}
