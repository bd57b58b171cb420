package org.scenecontexts.benchmarks.gpu;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.io.safetensors.TensorEntry;

/**
 * The gradient of a step of plain descent, read off what the step has changed, as a run keeps parameters and no gradients.
 *
 * @param values by parameter, times the rate of the step
 */
record Gradient(Map<String, double[]> values) {

    /** What is in a checkpoint and is no parameter. */
    private static final String STATISTICS = ".*\\.(running_mean|running_var|num_batches_tracked)";

    /**
     * Reads it.
     *
     * @param before parameters that the step began with
     * @param after what it has made of them
     */
    static Gradient of(Path before, Path after) {
        Map<String, double[]> values = new LinkedHashMap<>();
        try (SafetensorsFile from = SafetensorsFile.open(before);
                SafetensorsFile to = SafetensorsFile.open(after)) {
            for (TensorEntry entry : from.entries()) {
                if (!entry.name().matches(STATISTICS)) {
                    double[] changed = from.doubles(entry.name());
                    double[] reached = to.doubles(entry.name());
                    for (int i = 0; i < changed.length; i++) {
                        changed[i] -= reached[i];
                    }
                    values.put(entry.name(), changed);
                }
            }
        }
        return new Gradient(values);
    }

    /** Length of the difference to another, all parameters as one vector, as a share of the other's length. */
    double relativeTo(Gradient exact) {
        double off = 0;
        double length = 0;
        for (Map.Entry<String, double[]> each : exact.values().entrySet()) {
            double[] own = values.get(each.getKey());
            for (int i = 0; i < own.length; i++) {
                off += Math.pow(own[i] - each.getValue()[i], 2);
                length += Math.pow(each.getValue()[i], 2);
            }
        }
        return Math.sqrt(off / length);
    }
}
