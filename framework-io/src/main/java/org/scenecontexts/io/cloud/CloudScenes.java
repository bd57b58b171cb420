package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;

/**
 * Makes scenes of point clouds: finds positions, colours and normals among the fields, whatever they are called.
 *
 * @since 0.1
 */
public final class CloudScenes {

    /** Given for points whose label is not a number: they have none. */
    public static final long NO_LABEL = Long.MIN_VALUE;

    private CloudScenes() {}

    /** Converts with positions in metres. */
    public static CloudScene convert(PointCloud cloud, String id) {
        return convert(cloud, id, 1);
    }

    /**
     * Converts a cloud. Rows whose position is not finite, or hopelessly far from all others, are left out.
     *
     * @param id name of the scene
     * @param scale factor that turns the cloud's unit into metres
     * @throws CloudException when there are no positions, or none is finite
     */
    public static CloudScene convert(PointCloud cloud, String id, double scale) {
        return convert(cloud, id, scale, Optional.empty());
    }

    /**
     * Converts one of several clouds that lie in one frame.
     *
     * @param origin what to subtract from all of them, metres, on the axes of the file; chosen from the cloud when empty
     */
    public static CloudScene convert(PointCloud cloud, String id, double scale, Optional<Origin> origin) {
        Triples xyz = Triples.find(cloud, FieldNames.POSITIONS, Columns.POSITIONS)
                .orElseThrow(() -> new CloudException(cloud.source() + ": has no fields x, y and z; it has "
                        + cloud.names() + "; rename the fields or export the positions"));
        LocalPositions local = LocalPositions.of(cloud.source(), xyz.points(), xyz.values(), scale, origin);
        List<String> warnings = new ArrayList<>(cloud.warnings());
        if (local.missing() > 0 && !cloud.layout().organised()) {
            // In the grid of a depth camera they are pixels that saw nothing.
            warnings.add(cloud.source() + ": " + local.missing() + " of " + cloud.size()
                    + " points have no finite position (NaN or infinite) and are left out");
        }
        warnings.addAll(local.warnings());
        CloudChecks.units(cloud.source(), local.positions()).ifPresent(warnings::add);
        Scene scene = new Scene(
                id,
                local.positions(),
                CloudColours.of(cloud, local.kept(), warnings),
                CloudNormals.of(cloud, local.kept(), warnings),
                new int[0],
                new int[0],
                List.of(),
                local.origin());
        return new CloudScene(scene, local.kept(), warnings);
    }

    /**
     * The positions of a scene in the frame of its data, to be written: x, y and z as 32-bit numbers, or as 64-bit ones where
     * its origin is not zero.
     */
    public static List<Column> positions(Scene scene) {
        List<Column> columns = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            String name = String.valueOf("xyz".charAt(axis));
            float[] local = new float[scene.size()];
            double[] far = new double[scene.size()];
            for (int i = 0; i < local.length; i++) {
                local[i] = scene.positions()[3 * i + axis];
                far[i] = scene.origin().at(axis) + local[i];
            }
            columns.add(scene.origin().isZero() ? Column.of(name, local) : Column.of(name, far));
        }
        return columns;
    }

    /**
     * The values of a label field for the rows of a scene, as the file has them; {@link #NO_LABEL} where the file says NaN.
     *
     * @param kept rows wanted, as {@link CloudScene#kept()} gives them
     * @throws CloudException when there is no such field, or a value is not whole
     */
    public static long[] labels(PointCloud cloud, String field, int[] kept) {
        Column column = cloud.column(field);
        if (column.width() != 1) {
            throw new CloudException(cloud.source() + ": field '" + field + "' has " + column.width()
                    + " values per point; labels need one");
        }
        long[] labels = new long[kept.length];
        boolean floating = column.type().isFloating();
        double[] values = floating ? column.values().doubles() : new double[0];
        long[] whole = floating ? new long[0] : column.values().longs();
        for (int i = 0; i < kept.length; i++) {
            if (floating && Double.isNaN(values[kept[i]])) {
                labels[i] = NO_LABEL;
                continue;
            }
            labels[i] = floating ? (long) values[kept[i]] : whole[kept[i]];
            if (floating && labels[i] != values[kept[i]]) {
                throw new CloudException(cloud.source() + ", point " + kept[i] + ": field '" + field + "' is "
                        + values[kept[i]] + "; labels must be whole numbers: name another label field");
            }
        }
        return labels;
    }
}
