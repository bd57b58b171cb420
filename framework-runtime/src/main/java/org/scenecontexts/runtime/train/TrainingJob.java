package org.scenecontexts.runtime.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.run.StageFolder;

/**
 * Everything that one training needs to know.
 *
 * @param id of the stage
 * @param config what to do
 * @param folder where the files go
 * @param engine where tensors live; stays open
 * @param workers threads that prepare samples
 * @param context what plugins are lent
 * @param init checkpoint to start from
 * @param fingerprint of everything that the result depends on; a checkpoint of another fingerprint is not resumed
 * @param provenance text for the metadata of checkpoints; nothing that depends on time, place or threads
 * @since 0.1
 */
public record TrainingJob(
        String id,
        TrainStage config,
        StageFolder folder,
        TensorEngine engine,
        int workers,
        RunContext context,
        Optional<Path> init,
        String fingerprint,
        Map<String, String> provenance) {

    public TrainingJob {
        provenance = java.util.Collections.unmodifiableMap(new TreeMap<>(provenance));
    }
}
