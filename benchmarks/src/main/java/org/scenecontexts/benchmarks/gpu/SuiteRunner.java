package org.scenecontexts.benchmarks.gpu;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes without a build tool, since where a card is there is none: one line for each, and the failures. */
final class SuiteRunner {

    /** Begins the line of a suite; its columns are separated by tabs. */
    static final String LINE = "SUITE\t";

    private SuiteRunner() {}

    /** @param classes names of the test classes */
    public static void main(String[] classes) {
        Launcher launcher = LauncherFactory.create();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        boolean failed = false;
        for (String name : classes) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(name))
                            .build(),
                    listener);
            TestExecutionSummary summary = listener.getSummary();
            long skipped = summary.getTestsSkippedCount() + summary.getTestsAbortedCount();
            long broken = summary.getTotalFailureCount();
            // A suite that found no device, or nothing at all, has shown nothing.
            failed |= broken > 0 || summary.getTestsSucceededCount() == 0;
            out.printf(
                    Locale.ROOT,
                    "%s%s\t%d\t%d\t%d\t%.1f%n",
                    LINE,
                    name.substring(name.lastIndexOf('.') + 1),
                    summary.getTestsFoundCount(),
                    broken,
                    skipped,
                    (summary.getTimeFinished() - summary.getTimeStarted()) / 1e3);
            summary.printFailuresTo(out, 20);
        }
        System.exit(failed ? 1 : 0);
    }
}
