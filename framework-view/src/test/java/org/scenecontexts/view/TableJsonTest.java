package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.metrics.Report;

class TableJsonTest {

    @Test
    void aCellWithoutANumberIsNoValueForThePage() {
        Report.Table table =
                new Report.Table("t", List.of("class", "iou", "points"), List.of(List.of("bed", Double.NaN, 3.0)));
        assertThat(TableJson.of(table, "t.csv").get("rows")).isEqualTo(List.of(Arrays.asList("bed", null, 3L)));
    }
}
