package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.scenecontexts.io.safetensors.SafetensorsFile;

/** The floats of a checkpoint, for tests that compare trainings. */
public record CheckpointValues(Map<String, float[]> tensors) {

    public static CheckpointValues of(Path file) {
        Map<String, float[]> tensors = new TreeMap<>();
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            opened.entries().stream()
                    .filter(entry ->
                            !entry.name().endsWith("num_batches_tracked") && !Checkpoint.isBeside(entry.name()))
                    .forEach(entry -> tensors.put(entry.name(), opened.floats(entry.name())));
        }
        return new CheckpointValues(tensors);
    }

    public Set<String> names() {
        return tensors.keySet();
    }

    public float[] values(String name) {
        return tensors.get(name);
    }
}
