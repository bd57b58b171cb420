package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckOptionsTest {

    private static Optional<CheckOptions> read(String... arguments) {
        return CheckOptions.of(List.of(arguments), Path.of("."));
    }

    @Test
    void theJsonStandsBesideThePage() {
        assertThat(read("--out", "pages/card.md").orElseThrow().json()).hasFileName("card.json");
    }

    @Test
    void aDeviceThatIsNoCardIsRefused() {
        assertThat(read("--device", "cpu")).isEmpty();
        assertThat(read("--device", "{type: opencl, name: h100}")).isPresent();
    }

    @Test
    void minutesAreAWholeNumberOfThemAndNoneUnlessAskedFor() {
        assertThat(read().orElseThrow().minutes()).isEmpty();
        assertThat(read("--minutes", "6").orElseThrow().minutes()).contains(6);
        assertThat(read("--minutes", "0")).isEmpty();
    }

    @Test
    void partsAreChosenByWhatIsInTheirTitles() {
        CheckOptions options = read("--only", "Steps,loop").orElseThrow();

        assertThat(options.wants("Steps and operators")).isTrue();
        assertThat(options.wants("The training loop as a whole")).isTrue();
        assertThat(options.wants("Conformance")).isFalse();
    }

    @Test
    void thePageSaysHowItWasAskedFor() {
        assertThat(read("--small", "--device", "opencl", "--minutes", "6", "--only", "loop")
                        .orElseThrow()
                        .text())
                .isEqualTo(" --small --device opencl --minutes 6 --only loop");
    }
}
