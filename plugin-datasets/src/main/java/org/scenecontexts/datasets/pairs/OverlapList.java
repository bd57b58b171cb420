package org.scenecontexts.datasets.pairs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.CloudException;

/**
 * A list of overlapping views: one line per pair, two paths and the overlap (REFERENCE 3.4).
 *
 * @param pairs in the order of the file
 */
record OverlapList(List<Pair> pairs) {

    OverlapList {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two views.
     *
     * @param first path of a cloud, as written
     * @param second path of another
     * @param overlap 0 to 1; the larger of the two directions
     */
    record Pair(String first, String second, double overlap) {}

    /** {@code overlap30.txt} for 0.3. */
    static String fileName(double minOverlap) {
        return "overlap" + Math.round(100 * minOverlap) + ".txt";
    }

    /**
     * Reads a list; the overlap may be missing.
     *
     * @throws CloudException when a line is malformed
     */
    static OverlapList read(Path file) {
        List<Pair> pairs = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    pairs.add(pair(lines.get(i), file + ", line " + (i + 1)));
                }
            }
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
        return new OverlapList(pairs);
    }

    private static Pair pair(String line, String place) {
        String[] words = line.strip().split("\\s+");
        try {
            if (words.length == 2 || words.length == 3) {
                return new Pair(words[0], words[1], words.length == 3 ? Double.parseDouble(words[2]) : 1);
            }
        } catch (NumberFormatException e) {
            throw new CloudException(place + ": expected an overlap from 0 to 1, found '" + words[2] + "'", e);
        }
        throw new CloudException(place + ": expected 'path path overlap', found '" + line.strip() + "'");
    }

    void write(Path file) {
        StringBuilder text = new StringBuilder();
        for (Pair pair : pairs) {
            text.append(pair.first()).append(' ').append(pair.second()).append(' ');
            text.append(pair.overlap()).append('\n');
        }
        ScannetPairsPreparation.text(file, text.toString());
    }
}
