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
        // Bytes per vertex, each measured as well:
        //   mesh 174: its file 41, columns 16, lists of corners and faces that double 67 and 17, cut to their length
        // 32;
        //   its tables 36; segments 13; groups of vertices 8; tables in double precision 64; what is written 64;
        //   read back 279: the text of the pickle (75) in blocks and joined, as characters 64 and as bytes 64;
        //   its arrays 192: in blocks, joined and as numbers.
        // 830 in all, and 20 for buffers of a fixed size. The smallest object for each vertex takes 16 more than the
        // 840 measured.
        assertThat(perVertex).isLessThan(850);
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
