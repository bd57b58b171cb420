package org.scenecontexts.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.metrics.Report;

class CsvTablesTest {

    private static Report.Table table(String text) {
        return CsvTables.parse("t", text).orElseThrow();
    }

    @Test
    void quotedCellsKeepCommasQuotesAndLines() {
        Report.Table table = table("class,iou\r\n\"a, \"\"b\"\"\nc\",0.5\r\n");
        assertThat(table.header()).containsExactly("class", "iou");
        assertThat(table.rows()).containsExactly(List.of("a, \"b\"\nc", 0.5));
    }

    @Test
    void anEmptyCellIsNoNumber() {
        assertThat(table("class,iou,points\nbed,,3").rows()).containsExactly(List.of("bed", Double.NaN, 3.0));
    }

    @Test
    void whatOnlyJavaTakesForANumberIsText() {
        assertThat(table("a,b,c,d\n3d,2f,0x1p3,-1.5E-3\n").rows())
                .containsExactly(List.of("3d", "2f", "0x1p3", -0.0015));
        assertThat(table("a,b,c\n1e300,-Infinity,.5\n").rows())
                .containsExactly(List.of(1e300, Double.NEGATIVE_INFINITY, 0.5));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> table("a,b\n1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a row of 1 cells under 2 titles");
    }

    @Test
    void nothingIsNoTable() {
        assertThat(CsvTables.parse("t", "")).isEmpty();
    }
}
