package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.votenet.box.BoxSuppression;
import org.scenecontexts.votenet.proposal.BoxSelection;

/** At which step a true box was lost. */
class LostBoxesTest {

    private static final Box TRUE = box(0, 1, 0);
    private static final BoxSelection SELECTION = new BoxSelection(
            new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true), 0.05, true, 5);

    private final LostBoxes lost =
            new LostBoxes(DetectedClasses.of(SceneClasses.of(List.of("chair", "table")), List.of()), 0.3);

    private static Box box(double x, double size, int label) {
        return new Box(x, 0, 0, size, size, size, 0, label, -1);
    }

    /** Places a proposal whose votes meet at {@code x}. */
    private void propose(double x, Box found, double something, boolean filled, boolean kept) {
        lost.take(
                List.of(TRUE),
                new float[] {(float) x, 0, 0},
                new BoxSelection.Steps(
                        List.of(found), new double[] {something}, new boolean[] {filled}, new boolean[] {kept}),
                SELECTION);
    }

    private void expect(String step) {
        assertThat(lost.table()).hasValueSatisfying(table -> {
            assertThat(table.rows()).hasSize(1);
            assertThat(table.rows().getFirst().get(table.header().indexOf("true boxes")))
                    .isEqualTo(1L);
            assertThat(table.rows().getFirst().get(table.header().indexOf(step)))
                    .isEqualTo(1L);
        });
    }

    @Test
    void votesThatMeetElsewhere() {
        propose(2, box(2, 1, 0), 0.9, true, true);
        expect("no votes");
        assertThat(lost.advice())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("of 1 true boxes 0 were found", "'no votes' (1)", "seeds"));
    }

    @Test
    void aBoxAtTheObjectThatIsTooSmall() {
        propose(0.1, box(0, 0.4, 0), 0.9, true, true);
        expect("another shape");
    }

    @Test
    void aBoxWithTooFewPoints() {
        propose(0.1, TRUE, 0.9, false, false);
        expect("no points");
    }

    @Test
    void aBoxThatASurerOneSuppressed() {
        propose(0.1, TRUE, 0.9, true, false);
        expect("suppressed");
    }

    @Test
    void aBoxThatIsNotSure() {
        propose(0.1, TRUE, 0.04, true, true);
        expect("unsure");
    }

    @Test
    void aBoxOfAnotherClass() {
        propose(0.1, box(0, 1, 1), 0.9, true, true);
        expect("another class");
    }

    @Test
    void aBoxThatIsFoundNeedsNoAdvice() {
        propose(0.1, TRUE, 0.9, true, true);
        expect("found");
        assertThat(lost.advice()).isEmpty();
    }

    @Test
    void scenesWithoutTrueBoxesHaveNoTable() {
        assertThat(lost.table()).isEmpty();
        assertThat(lost.advice()).isEmpty();
    }
}
