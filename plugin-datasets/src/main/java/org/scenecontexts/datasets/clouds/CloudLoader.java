package org.scenecontexts.datasets.clouds;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.CloudAttributes;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;

/** Reads one file as a scene with labels. */
final class CloudLoader {

    private final PointCloudsFactory.Config config;
    private final Optional<BoxFiles> boxes;
    private final LabelMap map;
    private final List<CloudReader> readers;
    private final Consumer<String> warnings;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param boxes folder of the boxes, if any
     * @param readers formats that plugins bring
     */
    CloudLoader(
            PointCloudsFactory.Config config,
            Optional<Path> boxes,
            LabelMap map,
            List<CloudReader> readers,
            Consumer<String> warnings) {
        this.boxes = boxes.map(folder -> new BoxFiles(folder, config, map.names(), this::warnOnce));
        this.readers = readers;
        this.config = config;
        this.map = map;
        this.warnings = warnings;
    }

    /** What is said of one file in the same words as of another is said once. */
    private void warn(PointCloud cloud, String message) {
        if (told.add(message.replace(cloud.source(), ""))) {
            warnings.accept(message);
        }
    }

    /** Data may be loaded again and again. */
    private void warnOnce(String message) {
        if (told.add(message)) {
            warnings.accept(message);
        }
    }

    Example load(Path file, String id) {
        PointCloud cloud = CloudFiles.read(file, readers);
        CloudScene converted = CloudScenes.convert(cloud, id, config.scale());
        converted.warnings().forEach(message -> warn(cloud, message));
        Scene scene = config.up().turned(converted.scene());
        if (config.labelField().isPresent()) {
            scene = scene.withLabels(
                    labels(cloud, converted.kept(), config.labelField().get()));
        }
        if (config.instanceField().isPresent()) {
            scene = scene.withInstances(
                    instances(cloud, converted.kept(), config.instanceField().get(), scene.labels()));
        }
        Scene known = scene;
        scene = boxes.map(files -> files.boxed(file, known)).orElse(known);
        return Example.of(CloudAttributes.with(scene, cloud, converted.kept(), config.attributes()));
    }

    private int[] labels(PointCloud cloud, int[] kept, String field) {
        long[] values = CloudScenes.labels(cloud, field, kept);
        int[] labels = new int[values.length];
        int firstUnmapped = -1;
        int unmapped = 0;
        for (int i = 0; i < values.length; i++) {
            labels[i] = values[i] == CloudScenes.NO_LABEL ? Labels.IGNORE : map.label(values[i]);
            if (labels[i] == LabelMap.UNMAPPED) {
                labels[i] = Labels.IGNORE;
                firstUnmapped = firstUnmapped < 0 ? i : firstUnmapped;
                unmapped++;
            }
        }
        long missing =
                Arrays.stream(values).filter(v -> v == CloudScenes.NO_LABEL).count();
        if (missing > 0) {
            warn(
                    cloud,
                    cloud.source() + ": field '" + field + "' is not a number (NaN) for " + missing + " of "
                            + values.length + " points, which have no label; they take no part");
        }
        if (unmapped > 0 && config.unmapped() != PointCloudsFactory.Unmapped.IGNORE) {
            String message = cloud.source() + ", point " + kept[firstUnmapped] + ": field '" + field + "' is "
                    + values[firstUnmapped] + ", which is not in the map " + map + " (" + unmapped
                    + " such points); add the value to 'labels:', or set 'unmapped: ignore'";
            if (config.unmapped() == PointCloudsFactory.Unmapped.ERROR) {
                throw new CloudException(message);
            }
            warnings.accept(message);
        }
        return labels;
    }

    private int[] instances(PointCloud cloud, int[] kept, String field, int[] labels) {
        long[] values = CloudScenes.labels(cloud, field, kept);
        long[] objects = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int label = labels.length == 0 ? 0 : labels[i];
            boolean thing = label >= 0
                    && values[i] >= 0
                    && (labels.length == 0
                            || !config.stuff().contains(map.names().get(label)));
            objects[i] = thing ? Math.floorDiv(values[i], config.instanceDivisor()) : Labels.NO_INSTANCE;
        }
        // Numbered from 0 in the order of the file's numbers.
        long[] distinct =
                Arrays.stream(objects).filter(o -> o >= 0).distinct().sorted().toArray();
        int[] instances = new int[objects.length];
        for (int i = 0; i < instances.length; i++) {
            instances[i] = objects[i] < 0 ? Labels.NO_INSTANCE : Arrays.binarySearch(distinct, objects[i]);
        }
        return instances;
    }
}
