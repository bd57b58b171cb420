package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {

    @Test
    void quotedCellsKeepCommasQuotesAndLines() {
        CsvTable table =
                CsvTable.parse("t", "class,iou\r\n\"a, \"\"b\"\"\nc\",0.5\r\n").orElseThrow();
        assertThat(table.header()).containsExactly("class", "iou");
        assertThat(table.rows()).containsExactly(List.of("a, \"b\"\nc", 0.5));
    }

    @Test
    void anEmptyCellIsNoValueForThePage() {
        CsvTable table = CsvTable.parse("t", "class,iou,points\nbed,,3").orElseThrow();
        assertThat(table.json("t.csv").get("rows")).isEqualTo(List.of(java.util.Arrays.asList("bed", null, 3L)));
    }

    @Test
    void nothingIsNoTable() {
        assertThat(CsvTable.parse("t", "")).isEmpty();
    }
}
