package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.datasets.OwnProcess;

/** Memory does not grow with the length of a recording. */
class LargeRecordingTest {

    @TempDir
    private Path temporary;

    /** {@code -Dcsc.large=true}: some minutes, and 2.5 GB of disk. */
    @Test
    @EnabledIfSystemProperty(
            named = "csc.large",
            matches = "true",
            disabledReason = "minutes and 2.5 GB of disk; -Dcsc.large=true runs it")
    void twoGigabytesStreamThroughHalfAGigabyteOfHeap() throws IOException {
        Path recording = temporary.resolve("scene0000_00.sens");
        int frames = LargeRecording.write(recording, 2_000_000_000L);
        String printed = OwnProcess.run(
                LargeRecording.class,
                List.of("-Xmx512m"),
                recording.toString(),
                temporary.resolve("pairs").toString(),
                "25");
        System.out.println(frames + " frames, " + printed);
        assertThat(printed).contains("clouds " + Math.ceilDiv(frames, 25) + " ");
    }
}
