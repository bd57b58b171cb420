package org.scenecontexts.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.metrics.Report;

class ReportFilesTest {

    @TempDir
    Path folder;

    @Test
    void tablesAreReadAsTheyWereWritten() {
        Report.Table table = new Report.Table(
                "classes",
                List.of("class", "iou, at points", "points"),
                List.of(
                        List.of("a \"long\" table", 0.1 + 0.2, 12L),
                        List.of("two\r\nlines, and a comma", Double.NaN, 1e300)));
        ReportFiles.write(folder, List.of(table, new Report.Table("a", List.of("x"), List.of())));

        List<Report.Table> read = ReportFiles.read(folder);

        assertThat(read).extracting(Report.Table::name).containsExactly("a", "classes");
        assertThat(read.getLast().header()).isEqualTo(table.header());
        assertThat(read.getLast().rows())
                .containsExactly(
                        List.of("a \"long\" table", 0.1 + 0.2, 12.0),
                        List.of("two\r\nlines, and a comma", Double.NaN, 1e300));
    }
}
