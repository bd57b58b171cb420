package org.scenecontexts.datasets.las;

import com.github.mreutegg.laszip4j.LASHeader;
import com.github.mreutegg.laszip4j.LASPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/** Collects the fields of LAS points; colours and times only where the format has them. */
final class LasColumns {

    private final LASHeader header;
    private double[] numbers = new double[0];
    private int[] whole = new int[0];
    private int count;
    private boolean timed;
    private boolean coloured;

    /** x, y, z and time; intensity, classification, return number, number of returns, red, green and blue. */
    private static final int NUMBERS = 4;

    private static final List<String> WHOLE =
            List.of("intensity", "classification", "return_number", "number_of_returns", "red", "green", "blue");

    LasColumns(LASHeader header) {
        this.header = header;
    }

    void add(LASPoint point) {
        if ((count + 1) * NUMBERS > numbers.length) {
            int room = Math.max(1 << 12, count + (count >> 1) + 1);
            numbers = Arrays.copyOf(numbers, Math.multiplyExact(room, NUMBERS));
            whole = Arrays.copyOf(whole, Math.multiplyExact(room, WHOLE.size()));
        }
        int at = count * NUMBERS;
        numbers[at] = header.getXOffset() + header.getXScaleFactor() * point.getX();
        numbers[at + 1] = header.getYOffset() + header.getYScaleFactor() * point.getY();
        numbers[at + 2] = header.getZOffset() + header.getZScaleFactor() * point.getZ();
        timed |= point.hasGPSTime();
        numbers[at + 3] = point.hasGPSTime() ? point.getGPSTime() : Double.NaN;
        int to = count * WHOLE.size();
        whole[to] = point.getIntensity();
        whole[to + 1] = point.getClassification();
        whole[to + 2] = point.getReturnNumber();
        whole[to + 3] = point.getNumberOfReturns();
        if (point.hasRGB()) {
            coloured = true;
            whole[to + 4] = point.getRed();
            whole[to + 5] = point.getGreen();
            whole[to + 6] = point.getBlue();
        }
        count++;
    }

    PointCloud cloud(String source) {
        List<Column> columns = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            columns.add(Column.of("xyz".substring(axis, axis + 1), numbers(axis)));
        }
        for (int k = 0; k < (coloured ? WHOLE.size() : 4); k++) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = whole[i * WHOLE.size() + k];
            }
            // Intensity and colours have 16 bits, the others 8.
            ArrayElement type = k == 0 || k > 3 ? ArrayElement.UINT16 : ArrayElement.UINT8;
            columns.add(new Column(WHOLE.get(k), NpArray.of(values, count).as(type)));
        }
        if (timed) {
            columns.add(Column.of("gps_time", numbers(3)));
        }
        return PointCloud.of(source, columns.toArray(Column[]::new));
    }

    private double[] numbers(int which) {
        double[] column = new double[count];
        for (int i = 0; i < count; i++) {
            column[i] = numbers[i * NUMBERS + which];
        }
        return column;
    }
}
