package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {

    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "n, false", "'', false", "yellow, false"})
    void onlyYAndYesAgree(String answer, boolean agreed) {
        Questions person = question -> Optional.of(answer);
        assertThat(person.agreed("Remove it?")).contains(agreed);
    }
}
