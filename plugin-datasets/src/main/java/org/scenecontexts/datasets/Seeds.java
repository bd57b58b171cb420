package org.scenecontexts.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Makes one seed of several numbers, so that neighbouring numbers give unrelated seeds; and names of scenes. */
public final class Seeds {

    private Seeds() {}

    /** Names of scenes: the prefix and a number of five digits or more. */
    public static List<String> names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s-%05d", prefix, i))
                .toList();
    }

    /** One seed of several numbers, each at its place. */
    public static long mix(long... parts) {
        long h = 0x243F6A8885A308D3L;
        for (long part : parts) {
            h += part + 0x9E3779B97F4A7C15L;
            h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
            h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
        }
        return h;
    }
}
