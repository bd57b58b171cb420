package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurvesTest {

    @TempDir
    Path folder;

    private Map<String, List<?>> read(String lines) throws IOException {
        Map<String, Object> curves = TrainingCurves.read(Files.writeString(folder.resolve("metrics.jsonl"), lines));
        Map<String, List<?>> named = new HashMap<>();
        named.put("x", (List<?>) curves.get("x"));
        for (Object series : (List<?>) curves.get("series")) {
            Map<?, ?> line = (Map<?, ?>) series;
            named.put((String) line.get("name"), (List<?>) line.get("values"));
        }
        return named;
    }

    @Test
    void measurementsStandAtTheirIterationAmongTheLosses() throws IOException {
        Map<String, List<?>> curves = read("""
            {"iteration":1,"loss":2.5}
            {"iteration":2,"loss":2.0}
            {"iteration":2,"val/miou":0.25}
            {"iteration":3,"loss":1.5}
            """);
        assertThat(curves.get("x")).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(curves.get("loss")).isEqualTo(List.of(2.5, 2L, 1.5));
        assertThat(curves.get("val/miou")).isEqualTo(Arrays.asList(null, 0.25, null));
    }

    @Test
    void aLineThatIsStillBeingWrittenIsLeftForTheNextTime() throws IOException {
        assertThat(read("{\"iteration\":1,\"loss\":2.5}\n{\"iteration\":2,\"lo").get("x"))
                .isEqualTo(List.of(1L));
    }

    @Test
    void numbersThatJsonDoesNotHaveAreGaps() throws IOException {
        assertThat(read("{\"iteration\":1,\"loss\":1e999}\n").get("loss")).isEqualTo(Arrays.asList((Object) null));
    }

    @Test
    void aLongTrainingIsThinnedButKeepsEveryMeasurementAndTheEnd() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            lines.append("{\"iteration\":%d,\"loss\":1.5}%n".formatted(i));
        }
        lines.append("{\"iteration\":5001,\"val/miou\":0.5}\n");
        Map<String, List<?>> curves = read(lines.toString());
        assertThat(curves.get("x").size()).isBetween(1000, 2000);
        assertThat(curves.get("x").contains(5001L)).isTrue();
        assertThat(curves.get("x").getLast()).isEqualTo(10_000L);
    }

    @Test
    void aStageWithoutHistoryHasNoCurves() {
        assertThat(TrainingCurves.read(folder.resolve("absent"))).containsEntry("x", List.of());
    }
}
