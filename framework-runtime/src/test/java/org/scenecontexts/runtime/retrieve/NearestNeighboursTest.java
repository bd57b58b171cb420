package org.scenecontexts.runtime.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.metrics.Report;

/** Neighbours are those of the largest cosine, and their votes and hits are counted as told. */
class NearestNeighboursTest {

    /** Directions at 0, 10, 90 and 180 degrees; lengths must not matter. */
    private static final float[] BANK = {5, 0, 0.0985f, 0.0174f, 0, 3, -1, 0};

    private static NearestNeighbours.Found lookUp(float[] queries, int neighbours) {
        return new NearestNeighbours(BANK, 2, new int[] {0, 1, 1, 2}, Parallel.sequential())
                .lookUp(queries, neighbours);
    }

    @Test
    void theNearestComeFirstWhateverTheirLength() {
        NearestNeighbours.Found found = lookUp(new float[] {7, 0.1f}, 3);
        assertThat(found.labels()[0]).containsExactly(0, 1, 1);
        assertThat(found.cosines()[0][0]).isEqualTo(0.9999f, within(1e-4f));
        assertThat(found.cosines()[0][1]).isEqualTo((float) Math.cos(Math.toRadians(10 - 0.818)), within(1e-3f));
        assertThat(found.cosines()[0][2]).isEqualTo(0.0143f, within(1e-3f));
    }

    @Test
    void aBankThatIsSmallerThanTheNeighboursGivesAllOfIt() {
        assertThat(lookUp(new float[] {1, 0}, 10).labels()[0]).containsExactly(0, 1, 1, 2);
    }

    @Test
    void nearVotesOutweighMany() {
        NearestNeighbours.Found found = lookUp(new float[] {1, 0}, 3);
        // 1 against exp((0.985 - 1) / t) + exp(-1 / t).
        assertThat(found.vote(0, 3, 3, 0.005)).isZero();
        assertThat(found.vote(0, 3, 3, 1)).isEqualTo(1);
    }

    @Test
    void onlyAsManyVoteAsAreAskedHoweverManyAreFound() {
        assertThat(lookUp(new float[] {1, 0}, 4).vote(0, 1, 3, 1)).isZero();
        assertThat(lookUp(new float[] {1, 0}, 4).vote(0, 9, 3, 1)).isEqualTo(1);
    }

    @Test
    void aHitIsOneOfTheNearestFew() {
        NearestNeighbours.Found found = lookUp(new float[] {1, 0}, 4);
        assertThat(found.hit(0, 1, 1)).isFalse();
        assertThat(found.hit(0, 1, 2)).isTrue();
        assertThat(found.hit(0, 2, 3)).isFalse();
        assertThat(found.hit(0, 2, 10)).isTrue();
    }

    @Test
    void aFeatureOfLengthZeroIsLikeNothing() {
        NearestNeighbours.Found found = lookUp(new float[] {0, 0}, 2);
        assertThat(found.cosines()[0]).containsExactly(0, 0);
        assertThat(found.labels()[0]).containsExactly(0, 1);
    }

    @RepeatedTest(20)
    void findsWhatSortingAllFinds(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int channels = 1 + random.nextInt(7);
        int rows = 1 + random.nextInt(60);
        float[] bank = values(random, rows * channels);
        float[] query = values(random, channels);
        int[] labels = IntStream.range(0, rows).toArray();
        int k = 1 + random.nextInt(rows);
        int[] sorted = IntStream.range(0, rows)
                .boxed()
                .sorted((a, b) -> Double.compare(cosine(query, bank, b), cosine(query, bank, a)))
                .limit(k)
                .mapToInt(row -> row)
                .toArray();

        NearestNeighbours.Found found =
                new NearestNeighbours(bank, channels, labels, Parallel.sequential()).lookUp(query, k);

        for (int i = 0; i < k; i++) {
            // Rounding may swap rows that are equally near: 1e-5 is a hundred units of a float's last place at 1.
            assertThat((double) found.cosines()[0][i]).isEqualTo(cosine(query, bank, sorted[i]), within(1e-5));
            assertThat(cosine(query, bank, found.labels()[0][i]))
                    .isEqualTo(cosine(query, bank, sorted[i]), within(1e-5));
        }
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double cosine(float[] query, float[] bank, int row) {
        double dot = 0;
        double a = 0;
        double b = 0;
        for (int c = 0; c < query.length; c++) {
            double other = bank[row * query.length + c];
            dot += query[c] * other;
            a += (double) query[c] * query[c];
            b += other * other;
        }
        return dot / Math.sqrt(a * b);
    }

    /** Queries of classes 0, 0, 1, 2 whose nearest are of 0, 1, 1, 1: IoU 1/2, 1/3, 0; class 3 neither occurs nor is said. */
    @Test
    void figuresAreThoseOfCountingByHand() {
        RetrievalFigures figures = new RetrievalFigures(List.of("a", "b", "c", "d"), 2, 0.07);
        float[] near = {1, 0.5f};
        NearestNeighbours.Found found = new NearestNeighbours.Found(
                new int[][] {{0, 1}, {1, 0}, {1, 1}, {1, 0}}, new float[][] {near, near, near, near});
        figures.add(found, new int[] {0, 0, 1, 2});
        Report report = figures.report(new long[] {3, 3, 0, 0});
        assertThat(report.figures().get("knn-accuracy")).isEqualTo(0.5);
        assertThat(report.figures().get("knn-miou")).isEqualTo((1 / 2.0 + 1 / 3.0 + 0) / 3, within(1e-12));
        assertThat(report.figures().get("hit-rate-1")).isEqualTo(0.5);
        assertThat(report.figures().get("hit-rate-5")).isEqualTo(0.75);
        assertThat(report.tables().getFirst().rows().get(1)).containsExactly("b", 1 / 3.0, 1.0, 1L, 3L);
    }
}
