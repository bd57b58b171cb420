package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/** The 200 classes of the ScanNet200 benchmark, in its order: numbers are the column {@code id} of the label table. */
final class Scannet200Classes {

    private static final String RESOURCE = "scannet200.tsv";

    private static final List<String[]> ROWS = rows();

    private static final int[] IDS =
            ROWS.stream().mapToInt(row -> Integer.parseInt(row[0])).toArray();

    private Scannet200Classes() {}

    private static List<String[]> rows() {
        try (InputStream in = Scannet200Classes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in this plugin; install it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SceneClasses all() {
        return SceneClasses.of(ROWS.stream().map(row -> row[1]).toList());
    }

    /** The class of a number, or {@link Labels#IGNORE} for all that the benchmark leaves out. */
    static int of(long id) {
        int index = id < 0 || id > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(IDS, (int) id);
        return index < 0 ? Labels.IGNORE : index;
    }

    /** ScanNet's number of a class. */
    static int number(int label) {
        return IDS[label];
    }
}
