package org.scenecontexts.pointgroup.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuppressionTest {

    private static Proposal proposal(int label, double confidence, int... points) {
        return new Proposal(label, confidence, points);
    }

    private static Proposals of(int points, Proposal... proposals) {
        return new Proposals(List.of(proposals), new int[points], new int[points]);
    }

    @Test
    void ofTwoThatLieOnEachOtherTheSurerStaysWhateverTheirClasses() {
        Proposals chosen =
                of(4, proposal(1, 0.5, 0, 1, 2), proposal(2, 0.9, 1, 2, 3)).chosen(0, 0.3);

        assertThat(chosen.found()).extracting(Proposal::label).containsExactly(2);
        assertThat(chosen.fates()).containsExactly(Fate.SUPPRESSED, 0, 0, 0);
    }

    @Test
    void anOverlapMustBeExceededNotReached() {
        // One of four points in common: an intersection over union of a quarter.
        Proposals touching = of(4, proposal(1, 0.5, 0, 1), proposal(1, 0.9, 1, 2, 3));

        assertThat(touching.chosen(0, 0.25).found()).hasSize(2);
        assertThat(touching.chosen(0, 0.24).found()).hasSize(1);
    }

    @Test
    void ofEquallySureOnesTheLaterStays() {
        Proposals chosen = of(2, proposal(1, 0.5, 0, 1), proposal(2, 0.5, 0, 1)).chosen(0, 0.3);

        assertThat(chosen.found()).extracting(Proposal::label).containsExactly(2);
    }

    @Test
    void aSuppressedOneSuppressesNobody() {
        Proposals chosen = of(6, proposal(1, 0.9, 0, 1, 2), proposal(1, 0.8, 1, 2, 3, 4), proposal(1, 0.7, 3, 4, 5))
                .chosen(0, 0.3);

        assertThat(chosen.found()).extracting(Proposal::confidence).containsExactly(0.9, 0.7);
    }

    @Test
    void anUnsureOneIsLeftOutFirst() {
        Proposals chosen = of(3, proposal(1, 0.05, 0, 1), proposal(1, 0.09, 2)).chosen(0.09, 0.3);

        assertThat(chosen.found()).extracting(Proposal::confidence).containsExactly(0.09);
        assertThat(chosen.fates()).containsExactly(Fate.UNSURE, Fate.UNSURE, 0);
    }

    /** The published rule over masks, written out. */
    @Test
    void choicesAreThoseOfMasks() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            int points = 5 + random.nextInt(40);
            Proposal[] proposals = IntStream.range(0, 1 + random.nextInt(12))
                    .mapToObj(k -> proposal(
                            1,
                            random.nextInt(5) / 4.0,
                            IntStream.range(0, points)
                                    .filter(i -> random.nextInt(3) == 0)
                                    .toArray()))
                    .filter(p -> p.points().length > 0)
                    .toArray(Proposal[]::new);

            assertThat(of(points, proposals).chosen(0.2, 0.3).found()).isEqualTo(masks(proposals, 0.2, 0.3));
        }
    }

    private static List<Proposal> masks(Proposal[] proposals, double minScore, double maxOverlap) {
        List<Proposal> kept = new java.util.ArrayList<>();
        boolean[] done = new boolean[proposals.length];
        for (int round = 0; round < proposals.length; round++) {
            int best = -1;
            for (int k = 0; k < proposals.length; k++) {
                if (!done[k] && (best < 0 || proposals[k].confidence() >= proposals[best].confidence())) {
                    best = k;
                }
            }
            Proposal candidate = proposals[best];
            done[best] = true;
            if (candidate.confidence() >= minScore
                    && kept.stream().noneMatch(other -> overlap(other, candidate) > maxOverlap)) {
                kept.add(candidate);
            }
        }
        return java.util.Arrays.stream(proposals).filter(kept::contains).toList();
    }

    private static double overlap(Proposal a, Proposal b) {
        long common = IntStream.of(a.points())
                .filter(point -> IntStream.of(b.points()).anyMatch(other -> other == point))
                .count();
        return (double) common / (a.points().length + b.points().length - common);
    }
}
