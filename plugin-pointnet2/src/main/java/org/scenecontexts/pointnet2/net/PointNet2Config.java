package org.scenecontexts.pointnet2.net;

import java.util.List;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;

/**
 * What a pipeline can say about a PointNet++.
 *
 * @since 0.1
 */
public record PointNet2Config(
        @Doc("Points drawn from each scene; published: 20000.") @Default("20000") @Min(32)
        int points,

        @Doc("Whether the network is given the pipeline's inputs beside positions; published networks are not.")
        @Default("true")
        boolean useInputs,

        @Doc("Centres of the four set abstractions. Left out: 2048, 1024, 512, 256 as published, but never more than a"
                + " quarter, eighth, sixteenth, thirty-second of the points.")
        @Default("[]")
        List<Integer> centres,

        @Doc("Radius of the four set abstractions, metres; divides relative positions.")
        @Default("[0.2, 0.4, 0.8, 1.2]")
        @NotEmpty
        List<Double> radii,

        @Doc("Neighbours per centre in the four set abstractions.") @Default("[64, 32, 16, 16]") @NotEmpty
        List<Integer> samples,

        @Doc("Factors on the radii, each with perceptrons of its own: several give multi-scale grouping.")
        @Default("[1]")
        @NotEmpty
        List<Double> scales,

        @Doc("Factor on all channel counts but those of the output; each is rounded to a multiple of 4, at least 4.")
        @Default("1")
        @Positive
        double width,

        @Doc("Channels of the features at points; published: 32.") @Default("32") @Min(1)
        int channels,

        @Doc(
                "Where features are given: points (segmentation, pre-training), seeds (detection), or auto: where the task asks"
                        + " for them.")
        @Default("auto")
        Output output,

        @Doc(
                "Whether points within 3.2 cm of the origin are never sampled, as in the published code, whose weights were"
                        + " trained so. Turn off for scenes whose points crowd around the origin.")
        @Default("true")
        boolean legacyOriginSkip,

        @Doc("Weight of the newest batch in running statistics.") @Default("0.1") @Min(0) @Max(1)
        double bnMomentum) {

    /** Set abstractions, and at most as many feature propagations. */
    static final int LEVELS = 4;

    private static final int[] PUBLISHED_CENTRES = {2048, 1024, 512, 256};

    /** @throws IllegalArgumentException when a list has not one entry per level, or an entry is out of range */
    public PointNet2Config {
        centres = List.copyOf(centres);
        radii = List.copyOf(radii);
        samples = List.copyOf(samples);
        scales = List.copyOf(scales);
        require(centres.isEmpty() || centres.size() == LEVELS, "centres", LEVELS + " whole numbers, or none", centres);
        require(centres.stream().allMatch(c -> c >= 1), "centres", "numbers of at least 1", centres);
        require(radii.size() == LEVELS, "radii", LEVELS + " lengths in metres", radii);
        require(radii.stream().allMatch(r -> r > 0), "radii", "positive lengths", radii);
        require(samples.size() == LEVELS, "samples", LEVELS + " whole numbers", samples);
        require(samples.stream().allMatch(s -> s >= 1), "samples", "numbers of at least 1", samples);
        require(!scales.isEmpty() && scales.stream().allMatch(s -> s > 0), "scales", "positive factors", scales);
    }

    private static void require(boolean condition, String key, String expected, List<?> found) {
        if (!condition) {
            throw new IllegalArgumentException(key + " must be " + expected + ", found " + found);
        }
    }

    /** The published network for pre-training or, with other {@code output}, detection. */
    public static PointNet2Config published(Output output) {
        return new PointNet2Config(
                20000,
                false,
                List.of(2048, 1024, 512, 256),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(64, 32, 16, 16),
                List.of(1.0),
                1,
                32,
                output,
                true,
                0.1);
    }

    /** The same with features somewhere else. */
    PointNet2Config at(Output other) {
        return new PointNet2Config(
                points,
                useInputs,
                centres,
                radii,
                samples,
                scales,
                width,
                channels,
                other,
                legacyOriginSkip,
                bnMomentum);
    }

    /** Centres of a set abstraction, counted from 0. */
    int centres(int level) {
        return centres.isEmpty()
                ? Math.max(1, Math.min(PUBLISHED_CENTRES[level], points >> (level + 2)))
                : centres.get(level);
    }

    /** Channel counts of the published network at this width. */
    List<Integer> scaled(Integer... channelCounts) {
        return List.of(channelCounts).stream()
                .map(c -> Math.max(4, 4 * (int) Math.round(c * width / 4)))
                .toList();
    }
}
