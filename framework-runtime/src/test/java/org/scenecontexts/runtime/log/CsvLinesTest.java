package org.scenecontexts.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLinesTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("a.csv");
    }

    private void write(long iteration, Map<?, ?>... lines) {
        try (CsvLines csv = new CsvLines(file(), iteration)) {
            for (Map<?, ?> line : lines) {
                Map<String, Object> values = new LinkedHashMap<>();
                line.forEach((key, value) -> values.put((String) key, value));
                csv.add(values);
            }
        }
    }

    @Test
    void aNewFigureWidensTheTable() {
        write(0, Map.of("iteration", 1L), Map.of("iteration", 2L, "loss", 0.5));
        assertThat(file()).hasContent("iteration,loss\r\n1,\r\n2,0.5\r\n");
    }

    @Test
    void goingOnDropsWhatComesAgain() {
        write(0, Map.of("iteration", 1L), Map.of("iteration", 2L), Map.of("iteration", 3L));
        write(1, Map.of("iteration", 2L));
        assertThat(file()).hasContent("iteration\r\n1\r\n2\r\n");
    }

    @Test
    void aLineThatAKillCutShortIsDropped() throws IOException {
        write(0, Map.of("iteration", 1L, "loss", 0.5));
        Files.writeString(file(), "2", StandardOpenOption.APPEND);
        write(5, Map.of("iteration", 6L, "loss", 0.25));
        assertThat(Files.readAllLines(file())).hasSize(3).last().asString().contains("0.25");
    }

    @Test
    void whatIsNoNumberIsLeftEmpty() {
        write(0, Map.of("iteration", 1L), Map.of("iteration", 2L, "loss", Double.NaN));
        assertThat(file()).hasContent("iteration,loss\r\n1,\r\n2,\r\n");
    }

    @Test
    void namesThatWouldNeedQuotesGetNone() {
        write(0, Map.of("iteration", 1L), Map.of("iteration", 2L, "iou of chair, table", 0.5));
        assertThat(file()).content().startsWith("iteration,iou_of_chair_table\r\n");
    }
}
