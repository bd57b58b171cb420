package org.scenecontexts.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Tells colours of the scan from colours of classes: csc writes the latter as {@code red}, {@code green}, {@code blue} for
 * other viewers, and puts the former aside as {@code scan_red} and so on.
 */
final class CloudPaint {

    private static final String SCAN = "scan_";

    private static final Set<String> COLOURS = Set.of(
            "red", "green", "blue", "r", "g", "b", "rgb", "rgba", "diffuse_red", "diffuse_green", "diffuse_blue");

    private CloudPaint() {}

    /** The cloud with the colours of the scan under their own names; the same cloud where none were put aside. */
    static PointCloud scanned(PointCloud cloud) {
        Set<String> aside = new HashSet<>();
        for (String name : cloud.names()) {
            String plain = plain(name);
            if (!plain.equals(name) && COLOURS.contains(plain.toLowerCase(Locale.ROOT))) {
                aside.add(plain);
            }
        }
        if (aside.isEmpty()) {
            return cloud;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : cloud.columns()) {
            String plain = plain(column.name());
            if (aside.contains(plain) && !plain.equals(column.name())) {
                columns.add(new Column(plain, column.values()));
            } else if (!COLOURS.contains(column.name().toLowerCase(Locale.ROOT))) {
                columns.add(column);
            }
        }
        return new PointCloud(cloud.source(), columns, cloud.layout(), cloud.warnings());
    }

    private static String plain(String name) {
        return name.startsWith(SCAN) ? name.substring(SCAN.length()) : name;
    }

    /**
     * The colour of each class, where the colours of a cloud say nothing but its classes; empty otherwise.
     *
     * @param kept rows of the scene, {@code [N]}
     * @param classes class of each of them, {@code [N]}
     */
    static Map<Integer, Integer> palette(PointCloud cloud, int[] kept, int[] classes) {
        List<long[]> channels = new ArrayList<>();
        for (String name : Paint.CHANNELS) {
            cloud.columns().stream()
                    .filter(column -> column.name().equals(name) && column.width() == 1)
                    .filter(column -> !column.type().isFloating())
                    .forEach(column -> channels.add(column.values().longs()));
        }
        Map<Integer, Integer> palette = new HashMap<>();
        if (channels.size() != Paint.CHANNELS.size()) {
            return palette;
        }
        for (int i = 0; i < kept.length; i++) {
            int row = kept[i];
            int colour =
                    (int) (channels.get(0)[row] << 16 | channels.get(1)[row] << 8 | channels.get(2)[row]) & 0xFFFFFF;
            Integer known = palette.putIfAbsent(classes[i], colour);
            if (known != null && known != colour) {
                return Map.of();
            }
        }
        return palette;
    }
}
