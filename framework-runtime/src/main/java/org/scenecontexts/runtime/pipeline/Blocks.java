package org.scenecontexts.runtime.pipeline;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.config.Bare;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;

/**
 * How scenes that are too large to be seen at once are cut: columns of the whole height, in overlapping squares seen from above.
 *
 * @since 0.2
 */
public record Blocks(
        @Bare
        @Doc("Edge of a block seen from above, metres, with what it shares; smaller where 'memory' asks for it.")
        @Default("8")
        @Positive
        double size,

        @Doc(
                "Width of the strip that neighbouring blocks share, metres; left out: a quarter of what the backbone's features"
                        + " depend on to one side, at most a quarter of 'size'.")
        @Min(0)
        Optional<Double> overlap,

        @Doc(
                "Memory that the program may take for the scene and its blocks, such as 2g or 800m; left out: what Java was"
                        + " given (-Xmx).")
        Optional<String> memory) {

    /** The part of a backbone's reach that blocks share unless told otherwise. */
    public static final double SHARE = 0.25;

    /** Blocks are at least so many times as wide as what they share. */
    public static final double LEAST = 2;

    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt])?i?b?");

    /** @throws IllegalArgumentException when blocks would be all strip, or the memory cannot be read */
    public Blocks {
        if (!(size > 0)
                || Double.isInfinite(size)
                || !overlap.map(Double::isFinite).orElse(true)) {
            throw new IllegalArgumentException("'size' and 'overlap' of blocks are metres, found " + size
                    + overlap.map(shared -> " and " + shared).orElse(""));
        }
        if (overlap.isPresent() && overlap.get() * LEAST > size) {
            throw new IllegalArgumentException("blocks of " + size + " m cannot share " + overlap.get()
                    + " m with each neighbour; 'overlap' must be at most half of 'size'");
        }
        memory.ifPresent(Blocks::bytes);
    }

    /** Bytes that may be used; what Java was given where nothing is said. */
    public long memoryBytes() {
        long heap = Runtime.getRuntime().maxMemory();
        return memory.map(text -> Math.min(heap, bytes(text))).orElse(heap);
    }

    private static long bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'memory' must be a number of bytes such as 2g, 1.5g or 800m, found '" + text + "'");
        }
        int power =
                matcher.group(2) == null ? 0 : " kmgt".indexOf(matcher.group(2).charAt(0));
        return (long) (Double.parseDouble(matcher.group(1)) * (1L << (10 * power)));
    }
}
