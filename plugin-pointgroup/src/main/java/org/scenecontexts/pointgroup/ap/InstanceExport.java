package org.scenecontexts.pointgroup.ap;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;

/** Writes the objects of scenes as files: for people, for programs and for ScanNet's server. */
final class InstanceExport {

    private final Path folder;
    private final SceneClasses classes;
    private final List<Integer> submissionLabels;
    private final FileNames names = new FileNames();

    InstanceExport(Path folder, SceneClasses classes, List<Integer> submissionLabels) {
        this.folder = folder;
        this.classes = classes;
        this.submissionLabels = submissionLabels;
    }

    /** A name for the files of a scene: ids may name folders (Area_5/office_1); files lie side by side. */
    String name(Scene scene) {
        return names.of(scene.id());
    }

    /**
     * Every original point with the colour of its object (grey where there is none), its object ({@code instance}, -1 for
     * none) and predicted class; and the objects as a table in JSON.
     */
    void objects(String name, Scene scene, ScenePrediction prediction) {
        int[] instance = new int[scene.size()];
        Arrays.fill(instance, -1);
        List<ScenePrediction.Instance> found = prediction.instances();
        for (int k = 0; k < found.size(); k++) {
            for (int point : found.get(k).points()) {
                instance[point] = k;
            }
        }
        CloudFiles.write(folder.resolve(name + ".ply"), cloud(scene, prediction, instance));
        List<Map<String, Object>> table = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            table.add(row(scene, k, found.get(k)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("scene", scene.id());
        document.put("objects", table);
        JsonFiles.write(folder.resolve(name + ".json"), document);
    }

    private PointCloud cloud(Scene scene, ScenePrediction prediction, int[] instance) {
        int n = scene.size();
        List<Column> columns = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = scene.positions()[3 * i + axis];
            }
            columns.add(Column.of("xyz".substring(axis, axis + 1), values));
        }
        String[] channels = {"red", "green", "blue"};
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            int[] values = new int[n];
            for (int i = 0; i < n; i++) {
                values[i] = colour(instance[i]) >> shift & 0xFF;
            }
            columns.add(new Column(channels[channel], NpArray.of(values, n).as(ArrayElement.UINT8)));
        }
        columns.add(Column.of("instance", instance));
        if (prediction.parts().contains(Prediction.Part.LABELS)) {
            columns.add(Column.of("label", prediction.labels().classes()));
        }
        if (scene.hasInstances()) {
            columns.add(Column.of("truth", scene.instances()));
        }
        return PointCloud.of(scene.id(), columns.toArray(Column[]::new));
    }

    /** Colours of neighbouring numbers lie far apart (steps of the golden angle around the circle of hues). */
    private static int colour(int instance) {
        if (instance < 0) {
            return 0x808080;
        }
        float hue = (float) (instance * 0.381966 % 1);
        return java.awt.Color.HSBtoRGB(hue, 0.65f + 0.3f * (instance % 2), 0.95f - 0.25f * (instance / 2 % 2))
                & 0xFFFFFF;
    }

    private Map<String, Object> row(Scene scene, int number, ScenePrediction.Instance instance) {
        float[] low = new float[3];
        float[] high = new float[3];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (int point : instance.points()) {
            for (int axis = 0; axis < 3; axis++) {
                float value = scene.positions()[3 * point + axis];
                low[axis] = Math.min(low[axis], value);
                high[axis] = Math.max(high[axis], value);
            }
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("instance", number);
        row.put("class", classes.names().get(instance.label()));
        row.put("label", instance.label());
        row.put("confidence", instance.score());
        row.put("points", instance.points().length);
        row.put("low", low);
        row.put("high", high);
        return row;
    }

    /** A list of the objects and a mask for each, as REFERENCE 7.6 describes. */
    void submission(String name, Scene scene, ScenePrediction prediction) {
        Path target = folder.resolve("benchmark_instance");
        List<String> lines = new ArrayList<>();
        List<ScenePrediction.Instance> found = prediction.instances();
        for (int k = 0; k < found.size(); k++) {
            ScenePrediction.Instance instance = found.get(k);
            String mask = String.format(Locale.ROOT, "predicted_masks/%s_%03d.txt", name, k);
            int label = submissionLabels.isEmpty() ? instance.label() : submissionLabels.get(instance.label());
            lines.add(String.format(Locale.ROOT, "%s %d %.4f", mask, label, instance.score()));
            write(target.resolve(mask), maskText(scene.size(), instance.points()));
        }
        write(target.resolve(name + ".txt"), String.join("\n", lines));
    }

    private static String maskText(int size, int[] points) {
        char[] text = new char[2 * size];
        for (int i = 0; i < size; i++) {
            text[2 * i] = '0';
            text[2 * i + 1] = '\n';
        }
        for (int point : points) {
            text[2 * point] = '1';
        }
        return new String(text);
    }

    private static void write(Path file, String content) {
        AtomicFile.write(file, out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            text.write(content);
            text.flush();
        });
    }
}
