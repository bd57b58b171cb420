package org.scenecontexts.runtime.execute;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.runtime.code.CodeBook;
import org.scenecontexts.runtime.code.CodePart;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * The code behind every stage of a pipeline, read when the run starts: a jar that is replaced while it goes on is not what
 * runs.
 */
final class PipelineCode {

    private final Map<String, Map<String, CodePart>> byStage = new HashMap<>();

    PipelineCode(Pipeline pipeline, PluginCatalog plugins) {
        CodeBook book = new CodeBook(plugins);
        Map<String, Set<String>> used = new HashMap<>();
        for (Stage stage : pipeline.stages()) {
            used.put(stage.id(), StageParts.plugins(stage, book, id -> used.getOrDefault(id, Set.of())));
            byStage.put(stage.id(), book.code(used.get(stage.id())));
        }
    }

    /** By name. */
    Map<String, CodePart> of(Stage stage) {
        return byStage.get(stage.id());
    }
}
