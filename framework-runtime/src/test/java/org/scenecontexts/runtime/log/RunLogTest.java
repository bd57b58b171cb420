package org.scenecontexts.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {

    @TempDir
    Path folder;

    @Test
    void controlCharactersInAMessageAreWrittenAsEscapes() throws IOException {
        Path file = folder.resolve("log.txt");
        try (RunLog.Scope log = RunLog.file(file)) {
            LoggerFactory.getLogger(RunLogTest.class).warn("a.txt, line 1: \u001b[2J\nsecond line");
        }
        assertThat(Files.readString(file))
                .contains("a.txt, line 1: \\x1b[2J\nsecond line")
                .doesNotContain("\u001b");
    }
}
