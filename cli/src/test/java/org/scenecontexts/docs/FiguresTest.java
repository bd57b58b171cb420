package org.scenecontexts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.runtime.record.MarkedText;
import org.scenecontexts.runtime.record.RecordedResults;
import org.scenecontexts.testing.TestFiles;

/** No figure of the README and the manual drifts from the run that measured it. */
class FiguresTest {

    private static final String README = "README.md";
    private static final String RESULTS = "## Results";

    private static ProjectText page(String file) {
        return ProjectText.all(".md").stream()
                .filter(page -> page.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    /** Those of README's table of results, what they are of and how to reproduce them apart, and all of one page. */
    private static List<Unrecorded.Figure> figures() {
        List<Unrecorded.Figure> figures = new ArrayList<>();
        Unrecorded.figures(page(README)).stream()
                .filter(figure -> figure.headings().contains(RESULTS)
                        && figure.row().startsWith("|")
                        && column(figure.row(), figure.at()) == 2)
                .forEach(figures::add);
        figures.addAll(Unrecorded.figures(page("docs/data-efficient.md")));
        return figures;
    }

    private static long column(String row, int at) {
        return row.substring(0, at).chars().filter(c -> c == '|').count();
    }

    @Test
    void whatATextSaysIsWhatItsRecordSays() {
        RecordedResults results = new RecordedResults(TestFiles.root().resolve("docs/results"));
        List<Object> wrong = new ArrayList<>();
        for (ProjectText page : ProjectText.all(".md")) {
            MarkedText.Renewed renewed = new MarkedText(page.file(), page.text()).renewed(results);
            wrong.addAll(renewed.problems());
            wrong.addAll(renewed.changes());
        }
        assertThat(wrong)
                .as("found -> expected; './csc runs renew FILE' writes what is expected")
                .isEmpty();
    }

    @Test
    void everyFigureOfTheResultsIsRecordedOrOnTheListOfWhatIsNot() {
        List<Unrecorded> list = Unrecorded.list(page(Unrecorded.PAGE).text());
        assertThat(figures().stream().filter(figure -> list.stream().noneMatch(entry -> entry.covers(figure))))
                .as("figures without a mark that %s does not list", Unrecorded.PAGE)
                .isEmpty();
    }

    @Test
    void theListNamesNothingThatIsGoneOrRecorded() {
        List<Unrecorded.Figure> figures = figures();
        assertThat(Unrecorded.list(page(Unrecorded.PAGE).text()))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(figures).as(entry.toString()).anyMatch(entry::covers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "| the net | 0.5 | ; 1",
                "| the net | 0.5<!--= net eval/miou --> | ; 0",
                "| the net | `lr: 0.5`, [0.5](a-0.5.md), version 0.4.3 | ; 1",
                "| the net | 0.5<!--= net eval/miou -->, 0.6 | ; 1"
            })
    void readsFiguresThatAreWrittenByHand(String row, int figures) {
        assertThat(Unrecorded.figures(new ProjectText("a.md", row))).hasSize(figures);
    }

    @Test
    void anEntryCoversARowASectionOrAPlace() {
        List<Unrecorded.Figure> figures = Unrecorded.figures(
                new ProjectText("a.md", "# A\n\n| net | 0.1 |\n\n## B\n\n0.2 at 0.25\n\n## C\n\n0.3\n"));
        assertThat(covered("net", figures)).containsExactly("0.1");
        assertThat(covered("## B", figures)).containsExactly("0.2", "0.25");
        assertThat(covered("at 0.25", figures)).containsExactly("0.25");
        assertThat(covered("# A", figures)).hasSize(4);
    }

    private static List<String> covered(String what, List<Unrecorded.Figure> figures) {
        return figures.stream()
                .filter(new Unrecorded("a.md", what, "")::covers)
                .map(Unrecorded.Figure::text)
                .toList();
    }
}
