package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scenecontexts.runtime.pipeline.CodeChanges.Answer;

class ChangedCodeTest {

    private static final List<String> CHANGES = List.of("toys (toys-1.0.jar): was 1.0 aaaa, is 1.0 bbbb");

    private final List<String> asked = new ArrayList<>();

    private ChangedCode answering(String... lines) {
        ArrayDeque<String> left = new ArrayDeque<>(List.of(lines));
        return new ChangedCode(false, question -> {
            asked.add(question);
            return Optional.ofNullable(left.poll());
        });
    }

    @Test
    void whereNobodyAnswersResultsAreKept() {
        assertThat(answering().about("train", true, CHANGES)).isEqualTo(Answer.KEEP);
    }

    @Test
    void theOptionAnswersWithoutAQuestion() {
        ChangedCode accepting = new ChangedCode(true, question -> {
            throw new AssertionError("asked: " + question);
        });
        assertThat(accepting.about("train", true, CHANGES)).isEqualTo(Answer.ACCEPT);
    }

    @Test
    void theQuestionNamesStageAndJarAndTheAnswerCountsForAllStages() {
        ChangedCode code = answering("r");
        assertThat(code.about("train", true, CHANGES)).isEqualTo(Answer.RUN_AGAIN);
        assertThat(code.about("eval", true, CHANGES)).isEqualTo(Answer.RUN_AGAIN);
        assertThat(asked).singleElement().asString().contains("stage 'train' was finished", "toys-1.0.jar", "[k/r/s]");
    }

    @Test
    void anAnswerThatIsNoneIsAskedForAgain() {
        assertThat(answering("what?", "K").about("train", false, CHANGES)).isEqualTo(Answer.ACCEPT);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).contains("Go on where it was (k)");
    }

    @Test
    void aStopStops() {
        assertThat(answering("s").about("train", true, CHANGES)).isEqualTo(Answer.STOP);
    }
}
