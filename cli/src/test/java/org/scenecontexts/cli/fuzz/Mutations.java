package org.scenecontexts.cli.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes files as damage, other programs and people who mean harm change them: bits, spans, lines, and numbers that become
 * extreme ones. The same seed and number give the same file on every machine.
 */
final class Mutations {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
    /** Most decisions of a reader are made in the first lines. */
    private static final int HEAD = 600;

    private static final List<String> EXTREME_NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "127",
            "128",
            "255",
            "256",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967295",
            "4294967296",
            "1000000000",
            "268435456",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "99999999999999999999999999",
            "1e9",
            "1e308",
            "1e309",
            "-1e400",
            "1e-400",
            "nan",
            "NaN",
            "inf",
            "-inf",
            "0x10",
            "1_000",
            "1.5",
            ".",
            "-",
            "",
            "00",
            "1e",
            "1e99999999");

    private static final long[] EXTREME_VALUES = {
        0,
        1,
        -1,
        2,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x0fffffff,
        0x10000000,
        0x3fffffff,
        0x40000000,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 7,
        0x7f800000L,
        0x7fc00000L,
        0x7ff0000000000000L,
        0x7ff8000000000000L,
        0x7fefffffffffffffL,
        1L << 40,
        1L << 62
    };

    private final List<byte[]> seeds;
    private final List<String> tokens;
    private final long seed;

    /** A changed file and what was done to it. */
    record Mutant(byte[] bytes, String how) {}

    /**
     * @param seeds files that are correct
     * @param tokens words that mean something in files of this kind
     */
    Mutations(List<byte[]> seeds, List<String> tokens, long seed) {
        this.seeds = List.copyOf(seeds);
        this.tokens = List.copyOf(tokens);
        this.seed = seed;
    }

    /** The mutant of a number. */
    Mutant get(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        byte[] bytes = seeds.get(number % seeds.size()).clone();
        StringBuilder how = new StringBuilder("seed " + number % seeds.size());
        int rounds = 1 + random.nextInt(3);
        for (int round = 0; round < rounds; round++) {
            int kind = random.nextInt(12);
            bytes = change(kind, bytes, random);
            how.append(", ").append(kind);
        }
        return new Mutant(bytes, how.toString());
    }

    private byte[] change(int kind, byte[] bytes, SplittableRandom random) {
        if (bytes.length < 2) {
            return bytes;
        }
        return switch (kind) {
            case 0 -> flipped(bytes, random);
            case 1 -> overwritten(bytes, random);
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 3 -> span(bytes, random, true);
            case 4 -> span(bytes, random, false);
            case 5 -> inserted(bytes, random);
            case 6, 7 -> extremeValue(bytes, random);
            case 8, 9 -> extremeNumber(bytes, random);
            case 10 -> swappedLines(bytes, random);
            default -> spliced(bytes, random);
        };
    }

    private static int place(byte[] bytes, SplittableRandom random) {
        return random.nextInt(random.nextBoolean() ? bytes.length : Math.min(HEAD, bytes.length));
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            bytes[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] overwritten(byte[] bytes, SplittableRandom random) {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            bytes[place(bytes, random)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Says a span twice, or not at all. */
    private static byte[] span(byte[] bytes, SplittableRandom random, boolean twice) {
        int from = place(bytes, random);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(Math.min(bytes.length, 200)));
        return join(
                Arrays.copyOf(bytes, to),
                twice ? Arrays.copyOfRange(bytes, from, bytes.length) : Arrays.copyOfRange(bytes, to, bytes.length),
                twice ? to : from);
    }

    private static byte[] join(byte[] head, byte[] tail, int keep) {
        byte[] joined = Arrays.copyOf(head, keep + tail.length);
        System.arraycopy(tail, 0, joined, keep, tail.length);
        return joined;
    }

    private byte[] inserted(byte[] bytes, SplittableRandom random) {
        byte[] more;
        if (!tokens.isEmpty() && random.nextInt(3) > 0) {
            more = tokens.get(random.nextInt(tokens.size())).getBytes(StandardCharsets.ISO_8859_1);
        } else {
            more = new byte[1 + random.nextInt(20)];
            random.nextBytes(more);
        }
        int at = place(bytes, random);
        byte[] head = join(Arrays.copyOf(bytes, at), more, at);
        return join(head, Arrays.copyOfRange(bytes, at, bytes.length), head.length);
    }

    private static byte[] extremeValue(byte[] bytes, SplittableRandom random) {
        int width = 1 << random.nextInt(4);
        if (bytes.length < width) {
            return bytes;
        }
        int at = Math.min(place(bytes, random), bytes.length - width);
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long value = EXTREME_VALUES[random.nextInt(EXTREME_VALUES.length)];
        switch (width) {
            case 1 -> buffer.put(at, (byte) value);
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) value);
            default -> buffer.putLong(at, value);
        }
        return bytes;
    }

    private static byte[] extremeNumber(byte[] bytes, SplittableRandom random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        if (numbers.isEmpty()) {
            return bytes;
        }
        MatchResult number =
                numbers.get(random.nextInt(random.nextBoolean() ? Math.min(12, numbers.size()) : numbers.size()));
        String extreme = EXTREME_NUMBERS.get(random.nextInt(EXTREME_NUMBERS.size()));
        return (text.substring(0, number.start()) + extreme + text.substring(number.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] swappedLines(byte[] bytes, SplittableRandom random) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        if (lines.length < 2) {
            return bytes;
        }
        int one = random.nextInt(Math.min(30, lines.length));
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] spliced(byte[] bytes, SplittableRandom random) {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int keep = random.nextInt(bytes.length);
        return join(bytes, Arrays.copyOfRange(other, random.nextInt(other.length), other.length), keep);
    }
}
