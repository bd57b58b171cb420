package com.example.opendata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/** Reads the scans of KITTI's laser scanner: x, y, z and intensity of each point as 32-bit floats, nothing else. */
@Extension
public final class KittiScans implements CloudReader {

    private static final List<String> FIELDS = List.of("x", "y", "z", "intensity");
    private static final int BYTES = 4 * FIELDS.size();

    @Override
    public String name() {
        return "KITTI scan";
    }

    @Override
    public String summary() {
        return "KITTI's .bin files: x, y, z and intensity of each point.";
    }

    @Override
    public List<String> extensions() {
        return List.of("bin");
    }

    @Override
    public PointCloud read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length % BYTES != 0) {
            throw new CloudException(file + ": has " + bytes.length + " bytes, which is no whole number of points of "
                    + BYTES + " bytes (x, y, z, intensity as 32-bit floats); it is cut short or no KITTI scan");
        }
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[][] columns = new float[FIELDS.size()][bytes.length / BYTES];
        for (int i = 0; i < columns[0].length; i++) {
            for (float[] column : columns) {
                column[i] = values.getFloat();
            }
        }
        Column[] named = new Column[FIELDS.size()];
        for (int k = 0; k < named.length; k++) {
            named[k] = Column.of(FIELDS.get(k), columns[k]);
        }
        return PointCloud.of(file.toString(), named);
    }
}
