package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A per-point quantity that a network is given, named under {@code inputs:}: one of the core, or any attribute of the points.
 *
 * @since 0.1
 */
public sealed interface InputFeature {

    /** See {@link Core#COLOUR}. */
    InputFeature COLOUR = Core.COLOUR;
    /** See {@link Core#NORMAL}. */
    InputFeature NORMAL = Core.NORMAL;
    /** See {@link Core#HEIGHT}. */
    InputFeature HEIGHT = Core.HEIGHT;
    /** See {@link Core#ONES}. */
    InputFeature ONES = Core.ONES;
    /** See {@link Core#POSITION}. */
    InputFeature POSITION = Core.POSITION;

    /** Numbers per point. */
    int channels();

    /** As it is written under {@code inputs:}; {@link #parse} reads it back. */
    String word();

    /** Whether it is made of the points' colours. */
    default boolean isColour() {
        return this == COLOUR || this instanceof Colours;
    }

    /** What is always there, or has a stand-in. */
    enum Core implements InputFeature {
        /** Colour as c / 255 - 0.5, 3 channels (REFERENCE 5.4); zeros where a scene has none. */
        COLOUR(3),
        /** Unit normal, 3 channels; zeros where a scene has none. */
        NORMAL(3),
        /** Height above the lowest 1% of the points, metres, 1 channel. */
        HEIGHT(1),
        /** The constant 1, 1 channel: for networks that shall see geometry only. */
        ONES(1),
        /** Position relative to the middle of the box around the scene's points, metres, 3 channels. */
        POSITION(3);

        private final int channels;

        Core(int channels) {
            this.channels = channels;
        }

        @Override
        public int channels() {
            return channels;
        }

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Colour as (c - mean) / divisor, 3 channels, for networks that were trained so; zeros where a scene has none.
     *
     * @param red mean, 0 to 255
     * @param green mean, 0 to 255
     * @param blue mean, 0 to 255
     * @param divisor positive
     * @since 0.2
     */
    record Colours(double red, double green, double blue, double divisor) implements InputFeature {

        private static final Pattern WORD = Pattern.compile(
                "colour-([0-9]+(?:\\.[0-9]+)?)-([0-9]+(?:\\.[0-9]+)?)-([0-9]+(?:\\.[0-9]+)?)/([0-9]+(?:\\.[0-9]+)?)");

        /** @throws IllegalArgumentException when the divisor is not positive */
        public Colours {
            if (!(divisor > 0)) {
                throw new IllegalArgumentException("colours need a positive divisor, found " + divisor);
            }
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public String word() {
            return "colour-" + red + "-" + green + "-" + blue + "/" + divisor;
        }

        @Override
        public String toString() {
            return word();
        }
    }

    /**
     * An attribute of the points.
     *
     * @param name of the attribute
     * @param channels its width
     * @param divisor what its numbers are divided by, so that a network is told something near 1
     */
    record OfPoints(String name, int channels, double divisor) implements InputFeature {

        /** @throws IllegalArgumentException when the width is below 1 or the divisor not positive */
        public OfPoints {
            if (channels < 1 || !(divisor > 0) || !Double.isFinite(divisor)) {
                throw new IllegalArgumentException("the input '" + name + "' needs a width of 1 or more and a positive"
                        + " divisor, found " + channels + " and " + divisor);
            }
        }

        @Override
        public String word() {
            String divided = divisor == 1
                    ? ""
                    : "/" + (divisor == Math.rint(divisor) && divisor < 1e15 ? (long) divisor + "" : divisor + "");
            return name + (channels == 1 ? "" : ":" + channels) + divided;
        }

        @Override
        public String toString() {
            return word();
        }
    }

    /**
     * Reads {@code colour}, {@code normal}, {@code height}, {@code ones}, {@code position}, or an attribute of the points as
     * {@code NAME}, {@code NAME:WIDTH}, {@code NAME/DIVISOR} or {@code NAME:WIDTH/DIVISOR}, such as {@code intensity/65535}; or
     * {@link Colours} as {@code colour-RED-GREEN-BLUE/DIVISOR}, such as {@code colour-109.8-97.2-83.8/256}.
     *
     * @throws IllegalArgumentException when it is none of these; the message says what is expected
     */
    static InputFeature parse(String text) {
        for (Core core : Core.values()) {
            if (core.word().equals(text) || (core.word() + "s").equals(text)) {
                return core;
            }
        }
        Matcher colours = Colours.WORD.matcher(text);
        if (colours.matches()) {
            return new Colours(
                    Double.parseDouble(colours.group(1)),
                    Double.parseDouble(colours.group(2)),
                    Double.parseDouble(colours.group(3)),
                    Double.parseDouble(colours.group(4)));
        }
        Matcher matcher = Pattern.compile("([^\\s:/,]+)(?::(\\d{1,6}))?(?:/([0-9.eE+-]+))?")
                .matcher(text);
        boolean isCore = Attribute.RESERVED.contains(text.toLowerCase(Locale.ROOT));
        if (isCore || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no input; expected " + coreWords() + ", or an attribute of the points (NAME,"
                            + " NAME:WIDTH or NAME/DIVISOR, such as intensity/65535)"
                            + (Set.of("color", "colors", "rgb").contains(text.toLowerCase(Locale.ROOT))
                                    ? "; did you mean 'colour'?"
                                    : ""));
        }
        try {
            return new OfPoints(
                    matcher.group(1),
                    matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2)),
                    matcher.group(3) == null ? 1 : Double.parseDouble(matcher.group(3)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no input: " + matcher.group(3) + " is no number", e);
        }
    }

    /** The words of the core, for messages. */
    static String coreWords() {
        return Arrays.stream(Core.values()).map(Core::word).collect(Collectors.joining(", "));
    }
}
