package org.scenecontexts.datasets.scannet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.datasets.OwnProcess;

/** What the preparation of a large scan takes. */
class LargeScanTest {

    private static final int SIDE = 250;

    @TempDir
    private Path temporary;

    @Test
    void noObjectIsMadeForAVertexOrAFace() throws IOException {
        Path source = LargeScan.write(temporary.resolve("raw"), SIDE);
        LargeScan.prepare(source, temporary.resolve("once"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        LargeScan.prepare(source, temporary.resolve("again"));
        double perVertex = (threads.getCurrentThreadAllocatedBytes() - before) / (double) (SIDE * SIDE);
        // Per vertex: 42 bytes of file, 60 of columns, 110 of growing lists of corners and segments, 40 of boxed
        // segments, 24 of
        // floats, 64 of doubles, 64 of what is written, and five copies of 64 to 96 of what is read back: 750 and some
        // more, 881 as measured. A reader that makes two lists for each of two faces per vertex takes 600 more.
        assertThat(perVertex).isLessThan(1000);
    }

    /** {@code -Dcsc.large=true}: 20 s. */
    @Test
    @EnabledIfSystemProperty(named = "csc.large", matches = "true", disabledReason = "20 s; -Dcsc.large=true runs it")
    void aMillionVerticesAreReadyInThreeSecondsAndAGigabyte() throws IOException {
        Path source = LargeScan.write(temporary.resolve("raw"), 1000);
        String printed =
                OwnProcess.run(LargeScan.class, List.of("-Xmx700m"), source.toString(), temporary.toString(), "4");
        System.out.println(printed);
        double[][] runs = printed.lines()
                .filter(line -> line.startsWith("seconds"))
                .map(line -> line.split(" "))
                .map(words -> new double[] {Double.parseDouble(words[3]), Double.parseDouble(words[5])})
                .toArray(double[][]::new);
        assertThat(runs).hasNumberOfRows(4);
        // Processor time, as others may use the machine; the first scan waits for the compiler besides.
        assertThat(runs[3][0]).isLessThan(3);
        assertThat(runs[3][1]).isLessThan(1000);
    }
}
