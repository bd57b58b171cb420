package org.scenecontexts.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a marked text says is what the record says, written as the text wants it. */
class MarkedTextTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void records() {
        RunFigures.Row few = row("eval", "points", "20", "init", "scratch");
        RunFigures.Row fewGained = row("eval", "points", "20", "init", "pre");
        RunFigures.Row many = row("eval", "points", "100", "init", "scratch");
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("eval/miou", 0.63951);
        values.put("eval/loss", 7.54e-4);
        values.put("eval/points", 61248.0);
        values.put("eval/none", -0.0004);
        table(values, "results", few, "miou mean", 0.1821);
        table(values, "results", few, "miou spread", 0.0049);
        table(values, "results", fewGained, "miou mean", 0.2204);
        table(values, "results", fewGained, "miou spread", 0.0071);
        table(values, "results", many, "miou mean", 0.209);
        table(values, "differences", fewGained, "miou gain", 0.0383);
        table(values, "differences", fewGained, "miou low", -0.0004);
        table(values, "differences", fewGained, "miou high", 0.0789);
        new RecordedResult(
                        "net",
                        "csc run net.yaml",
                        List.of(),
                        Map.of(
                                "date",
                                "2026-11-28",
                                "cpu",
                                "Some CPU",
                                "cores",
                                "2",
                                "java",
                                "25+36, VM",
                                "os",
                                "Linux"),
                        new RecordedResult.Time(145.4, "the whole process"),
                        List.of(
                                new RunFigures.Table(
                                        "results", List.of("miou mean", "miou spread"), List.of(few, fewGained, many)),
                                new RunFigures.Table(
                                        "differences",
                                        List.of("miou gain", "miou low", "miou high"),
                                        List.of(fewGained))),
                        values)
                .write(folder.resolve("net.json"));
    }

    private static RunFigures.Row row(String stage, String... axes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < axes.length; i += 2) {
            values.put(axes[i], axes[i + 1]);
        }
        return new RunFigures.Row(stage, values);
    }

    private static void table(
            Map<String, Double> values, String table, RunFigures.Row row, String column, double value) {
        values.put(ResultKeys.ofTable(table, row, column), value);
    }

    private MarkedText.Renewed renewed(String text) {
        return new MarkedText("a.md", text).renewed(new RecordedResults(folder));
    }

    private String problem(String text) {
        MarkedText.Renewed renewed = renewed(text);
        assertThat(renewed.problems()).hasSize(1);
        assertThat(renewed.changes()).isEmpty();
        return renewed.problems().getFirst().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1      | eval/miou      | 0.6",
                "0.640    | eval/miou      | 0.640",
                "0.111    | eval/miou      | 0.640",
                "11.1     | eval/miou x100 | 64.0",
                "11.1%    | eval/miou      | 64.0%",
                "1.1e-5   | eval/loss      | 7.5e-4",
                "10,000   | eval/points    | 61,248",
                "100      | eval/points    | 61248",
                "0.00     | eval/none      | 0.00",
                "-0.1     | eval/none x100 | 0.0",
                "9 min 1 s | seconds       | 2 min 25 s",
                "9 min    | seconds        | 2 min",
                "9 s      | seconds        | 145 s",
                "9.9 s    | seconds        | 145.4 s",
                "1 h 10 min | seconds      | 0 h 02 min",
                "20.9     | results/eval@points=100,init=scratch/miou mean x100 | 20.9"
            })
    void aFigureIsWrittenAsExactlyAsTheTextWantsIt(String found, String key, String expected) {
        assertThat(renewed("mIoU (" + found + "<!--= net " + key + " -->)").text())
                .isEqualTo("mIoU (" + expected + "<!--= net " + key + " -->)");
    }

    @Test
    void aRangeIsTwoFigures() {
        assertThat(renewed("1-2<!--= net eval/miou -->").text()).isEqualTo("1-1<!--= net eval/miou -->");
    }

    @Test
    void whatDiffersIsNamedWithFileLineFoundAndExpected() {
        MarkedText.Renewed renewed = renewed("a\n\nb 0.7<!--= net eval/miou --> and 0.6<!--= net eval/miou -->\n");
        assertThat(renewed.marks()).isEqualTo(2);
        assertThat(renewed.changes()).singleElement().hasToString("a.md:3: net eval/miou: 0.7 -> 0.6");
    }

    @Test
    void wordsStandBetweenTwoMarks() {
        assertThat(renewed("On <!--[ net date ]--><!--]-->: <!--[ net machine ]-->old<!--]-->.")
                        .text())
                .isEqualTo("On <!--[ net date ]-->28 November 2026<!--]-->: <!--[ net machine ]-->2 cores, Some CPU,"
                        + " Java 25+36, Linux<!--]-->.");
    }

    @Test
    void oneThreadOfSeveralCoresIsOneThread() {
        RecordedResult result = new RecordedResult(
                "one",
                "csc run one.yaml",
                List.of(),
                Map.of("threads", "1", "cores", "2", "cpu", "Some CPU", "java", "25", "os", "Linux"),
                new RecordedResult.Time(1, "the whole process"),
                List.of(),
                Map.of());
        assertThat(result.word("machine")).hasValue("1 thread on 2 cores, Some CPU, Java 25, Linux");
    }

    @Test
    void aTableOfMeansIsGenerated() {
        String mark = "<!--[ net means miou x100; rows budget: points \"{} points\"; columns: init ]-->";
        String text = renewed(mark + "\n| old |\n<!--]-->\nmore").text();
        assertThat(text).isEqualTo(mark + """


                | budget | scratch | pre |
                |---|---|---|
                | 20 points | 18.2 ± 0.5 | 22.0 ± 0.7 |
                | 100 points | 20.9 | - |

                <!--]-->
                more""");
        assertThat(renewed(text).changes()).isEmpty();
    }

    @Test
    void aTableOfGainsHasIntervals() {
        assertThat(renewed("<!--[ net gains miou x100;\nrows: points; columns: init ]--><!--]-->")
                        .text())
                .contains("| points | pre |\n|---|---|\n| 20 | 3.8 (0.0 to 7.9) |\n");
    }

    @Test
    void aTableCanBeOfSomeRowsAndShowSharesAsPercent() {
        assertThat(renewed("<!--[ net means miou .2; rows: init \"{%}\"; where: points=20, stage=eval ]--><!--]-->")
                        .text())
                .contains("| init | miou |\n|---|---|\n| scratch | 0.18 ± 0.00 |\n| pre | 0.22 ± 0.01 |\n");
    }

    @Test
    void rowsThatWouldStandInOneCellAreAProblem() {
        assertThat(problem("<!--[ net means miou; rows: init ]--><!--]-->"))
                .contains("a.md:1", "belong to row 'scratch'", "where: stage=");
    }

    @Test
    void codeIsLeftAlone() {
        String text = "`0.1<!--= no such -->`\n```\n0.2<!--= no such -->\n<!--[ no such ]-->\n```\n";
        assertThat(renewed(text).marks()).isZero();
        assertThat(renewed(text).text()).isEqualTo(text);
    }

    @Test
    void aMarkThatCannotBeFollowedIsAProblemThatSaysWhatToDo() {
        assertThat(problem("0.1<!--= nett eval/miou -->")).contains("did you mean 'net'?", "csc runs record nett");
        assertThat(problem("0.1<!--= net eval/mIou2 -->")).contains("did you mean 'eval/miou'?");
        assertThat(problem("\nmany<!--= net eval/miou -->"))
                .startsWith("a.md:2: ")
                .contains("no figure");
        assertThat(problem("<!--[ net means macc x100 ]--><!--]-->")).contains("no column 'macc mean'", "miou mean");
        assertThat(problem("<!--[ net dates ]--><!--]-->")).contains("found 'dates'", "machine");
        assertThat(problem("<!--[ net means miou; rose: init ]--><!--]-->")).contains("rose", "'rows: ...'");
        assertThat(problem("<!--[ net means miou; rows: points; where: points 20, init=pre ]--><!--]-->"))
                .contains("points 20, init=pre", "'axis=value'");
        assertThat(problem("<!--[ net gains miou; rows: budget ]--><!--]-->"))
                .contains("has an axis 'budget'", "points, init");
        assertThat(problem("<!--[ net date ]-->28 November")).contains("has no end");
        assertThat(problem("28 November<!--]-->")).contains("ends nothing");
    }

    @Test
    void whatAMarkThatCannotBeFollowedMarksIsLeftAsItIs() {
        for (String mark : List.of("net dates", "net means macc", "nett date")) {
            String text = "<!--[ " + mark + " ]-->by hand<!--]-->";
            assertThat(renewed(text).problems()).hasSize(1);
            assertThat(renewed(text).changes()).isEmpty();
            assertThat(renewed(text).text()).isEqualTo(text);
        }
    }

    @Test
    void whatIsWrittenByHandIsLeftWhenMarksAreTaken() {
        assertThat(new MarkedText("a.md", "a 0.1<!--= n k --> `b` 0.2\n<!--[ n\nmeans m ]-->\n| 0.3 |\n<!--]-->\nc 0.4")
                        .unmarked())
                .isEqualTo("a  `b` 0.2\n\n\n\n\nc 0.4");
    }
}
