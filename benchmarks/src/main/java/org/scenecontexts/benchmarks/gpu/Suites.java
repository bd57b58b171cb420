package org.scenecontexts.benchmarks.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests of all device kernels, as the pack carries them, for those who run them in one way or another. */
record Suites(CheckOptions options) {

    /** Names of the test classes. */
    List<String> classes() throws IOException {
        return Files.readAllLines(tests().resolve("classes"));
    }

    /** The command that runs some of them on a device, over poisoned buffers. */
    List<String> command(Driver driver, List<String> classes) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                CscProcess.java().toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcsc.buffers=poison",
                "-Dcsc.test.device=" + driver.word(),
                "-cp",
                path(tests()) + File.pathSeparator
                        + options.pack().resolve("dist").resolve("lib") + File.separator + "*",
                SuiteRunner.class.getName()));
        command.addAll(classes);
        return command;
    }

    /** Where they are run: beside goldens/, which they look for above that folder. */
    Path folder() {
        return options.pack();
    }

    private Path tests() {
        return options.pack().resolve("tests");
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
