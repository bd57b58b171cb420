package org.scenecontexts.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    private static final List<String> VALID = List.of("iterations", "weight-decay", "lr", "minkunet34", "batch");

    @ParameterizedTest
    @CsvSource({
        "itterations,iterations",
        "iteratiosn,iterations",
        "weightDecay,weight-decay",
        "weight_decay,weight-decay",
        "minknet34,minkunet34",
        "iter,iterations",
        "LR,lr"
    })
    void findsTheNearestName(String written, String meant) {
        assertThat(Names.nearest(written, VALID)).contains(meant);
    }

    @Test
    void findsNothingForANameThatIsNearToNone() {
        assertThat(Names.nearest("colour", VALID)).isEmpty();
    }

    @Test
    void countsASwapOfNeighboursAsOneChange() {
        assertThat(Names.distance("ab", "ba")).isEqualTo(1);
        assertThat(Names.distance("kitten", "sitting")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "weightDecay,weight-decay",
        "LOW_RES,low-res",
        "S3DIS,s3dis",
        "BackboneFactory,backbone-factory",
        "lr,lr",
        "useRGB,use-rgb"
    })
    void hyphenatesJavaNames(String java, String yaml) {
        assertThat(Names.hyphenated(java)).isEqualTo(yaml);
    }
}
