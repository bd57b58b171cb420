package org.scenecontexts.runtime.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.YamlWriter;

/**
 * Writes pipelines with every default filled in: what a run folder keeps, and what tells whether a stage has changed.
 *
 * @since 0.1
 */
public final class PipelineWriter {

    private static final ConfigTree TREE = new ConfigTree(Map.of(ModelRef.class, model -> reference((ModelRef) model)));

    private PipelineWriter() {}

    /** The whole pipeline as YAML that loads to the same pipeline (a matrix is written out). */
    public static String yaml(Pipeline pipeline) {
        Map<String, Node> top = new LinkedHashMap<>();
        top.put("name", ConfigTree.text(pipeline.name()));
        top.put("seed", ConfigTree.text(Long.toString(pipeline.seed())));
        List<Node> stages =
                pipeline.stages().stream().<Node>map(PipelineWriter::stage).toList();
        Node.Mapping document = ConfigTree.map(top);
        Node.Sequence list = new Node.Sequence(stages, document.position());
        return YamlWriter.write(document.with(new Node.Entry("stages", document.position(), list)));
    }

    /** One stage as YAML: id, seed and all keys; equal text means equal work, given equal models and files. */
    public static String yaml(Stage stage) {
        return YamlWriter.write(stage(stage));
    }

    private static Node.Mapping stage(Stage stage) {
        Map<String, Node> keys = new LinkedHashMap<>();
        keys.put("id", ConfigTree.text(stage.id()));
        keys.put("seed", ConfigTree.text(Long.toString(stage.seed())));
        keys.put(StageKind.of(stage.config()).key(), TREE.of((Record) stage.config()));
        return ConfigTree.map(keys);
    }

    static String reference(ModelRef model) {
        return switch (model) {
            case ModelRef.OfStage(String stage, ModelRef.Checkpoint checkpoint) ->
                "${" + stage + "." + checkpoint.name().toLowerCase(Locale.ROOT) + "}";
            case ModelRef.OfFile(var path) -> path.toString();
        };
    }
}
