package org.scenecontexts.datasets.synthetic;

import java.util.random.RandomGenerator;

/**
 * How a surface looks: a colour with a pattern.
 *
 * <p>Every class of thing draws from the same palette and the same patterns, so that colour alone does not tell what a
 * thing is.
 *
 * @param red of the surface in full light, 0 to 1
 * @param green of the surface in full light, 0 to 1
 * @param blue of the surface in full light, 0 to 1
 * @param contrast strength of the pattern, 0 for none
 * @param period size of the pattern, metres
 * @param pattern 0 plain, 1 stripes, 2 tiles, 3 blotches
 * @param glossy chance that a depth camera sees nothing
 */
record Material(double red, double green, double blue, double contrast, double period, int pattern, double glossy) {

    private static final int[] PALETTE = {
        0xF2F0EA, 0xD9D6CE, 0xB8B4AC, 0x8C8A86, 0x5A5A5C, 0x2E2E30, 0xE6D3B3, 0xC9A66B, 0xA67B4B, 0x7A5230, 0x4E342A,
        0xB5533C, 0x8E2F2F, 0xD98F5C, 0xE0C15A, 0x93A35B, 0x4F7A52, 0x2F5D50, 0x7FB2B5, 0x4C83A8, 0x2F4E7E, 0x7A6FA3,
        0xA05C7B, 0xD9A5A0
    };

    static Material pick(RandomGenerator random) {
        int rgb = PALETTE[random.nextInt(PALETTE.length)];
        double light = 0.8 + 0.35 * random.nextDouble();
        double red = shade(rgb >> 16, light, random);
        double green = shade(rgb >> 8, light, random);
        double blue = shade(rgb, light, random);
        double contrast = random.nextInt(3) == 0 ? 0 : 0.05 + 0.25 * random.nextDouble();
        double period = 0.04 + 0.3 * random.nextDouble() * random.nextDouble();
        return new Material(red, green, blue, contrast, period, random.nextInt(4), 0);
    }

    private static double shade(int channel, double light, RandomGenerator random) {
        return Math.min(1, ((channel & 0xFF) / 255.0 + 0.08 * (random.nextDouble() - 0.5)) * light);
    }

    Material glossy(double chance) {
        return new Material(red, green, blue, contrast, period, pattern, chance);
    }

    /** A lighter or darker variant, for a second part of the same thing. */
    Material shaded(double factor) {
        return new Material(
                Math.min(1, red * factor),
                Math.min(1, green * factor),
                Math.min(1, blue * factor),
                contrast,
                period,
                pattern,
                glossy);
    }

    /** Brightness factor of the pattern at a place in the surface's own frame. */
    double patternAt(double x, double y, double z) {
        if (contrast == 0) {
            return 1;
        }
        double value = switch (pattern) {
            case 1 -> Math.floorMod((long) Math.floor((x + 0.3 * z) / period), 2L) == 0 ? 1 : -1;
            case 2 ->
                Math.floorMod(
                                        (long) Math.floor(x / period)
                                                + (long) Math.floor(y / period)
                                                + (long) Math.floor(z / period),
                                        2L)
                                == 0
                        ? 1
                        : -1;
            case 3 ->
                blotch((long) Math.floor(x / period), (long) Math.floor(y / period), (long) Math.floor(z / period));
            default -> 0;
        };
        return 1 + contrast * value;
    }

    private static double blotch(long x, long y, long z) {
        long h = x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        return ((h >>> 40) & 0xFFFF) / 32767.5 - 1;
    }
}
