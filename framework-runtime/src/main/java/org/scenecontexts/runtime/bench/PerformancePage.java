package org.scenecontexts.runtime.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes a page of results, so that every figure in it comes from one run.
 *
 * @since 0.1
 */
public final class PerformancePage {

    private PerformancePage() {}

    /** Writes the page, replacing an older one at once. */
    public static void write(Path file, BenchReport report) {
        AtomicFile.write(file, out -> out.write(text(report).getBytes(StandardCharsets.UTF_8)));
    }

    static String text(BenchReport report) {
        return "# Performance\n\n" + BenchTable.markdown(report.rows());
    }
}
