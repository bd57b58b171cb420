package org.scenecontexts.benchmarks.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the tests of all device kernels, which the pack carries, by the driver that the device asked for is reached through. */
record ConformancePart(CheckOptions options, DeviceInfo info) implements CheckPart {

    @Override
    public String title() {
        return "Conformance";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Path tests = options.pack().resolve("tests");
        List<String> classes = Files.readAllLines(tests.resolve("classes"));
        // What tests know it by.
        String driver = info.drivers().first().word();
        List<String> command = new ArrayList<>(List.of(
                CscProcess.java().toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcsc.buffers=poison",
                "-Dcsc.test.device=" + driver,
                "-cp",
                path(tests) + File.pathSeparator
                        + options.pack().resolve("dist").resolve("lib") + File.separator + "*",
                SuiteRunner.class.getName()));
        command.addAll(classes);
        // Beside goldens/, which tests look for above the folder that they run in.
        CscProcess.Said said = CscProcess.run(command, options.pack());
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
                        ? "every suite of the device kernels by " + driver + ", with poisoned buffers"
                        : "exit code " + said.code() + ", " + rows.size() + " of " + classes.size()
                                + " suites ended; see conformance.log in the folder work of the pack",
                List.of("suite", "tests", "failed", "skipped", "seconds"),
                rows);
    }

    /** Folders of classes and all libraries. */
    private static String path(Path tests) throws IOException {
        try (Stream<Path> entries = Files.list(tests)) {
            return entries.sorted()
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString().equals("lib")
                            ? folder + File.separator + "*"
                            : folder.toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
