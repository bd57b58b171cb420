package org.scenecontexts.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of the assembled distribution that a test may kill, each in a process of its own, none of which outlives the test.
 *
 * @param folder working folder of all; what a run says is kept there under its name
 */
record KillableRuns(Path folder, List<Process> started) {

    KillableRuns(Path folder) {
        this(folder, new ArrayList<>());
    }

    /** Starts {@code csc run} without waiting. */
    Process begin(String name, Path pipeline, Path runs) throws IOException {
        Process process = new DistributionProcess(folder)
                .start(folder.resolve(name + ".txt"), "run", pipeline.toString(), "--runs", runs.toString());
        started.add(process);
        return process;
    }

    /** What a run has said so far. */
    String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".txt"));
    }

    /** Ends what is still alive, as after a test that failed. */
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        started.clear();
    }
}
