package org.scenecontexts.runtime.run;

import java.util.List;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.runtime.pipeline.Capabilities;
import org.scenecontexts.runtime.pipeline.Tasks;

/**
 * The part of a training's configuration that is needed to build its network again; stored in every checkpoint.
 *
 * @since 0.1
 */
public record ModelSpec(
        @Doc("What the network is told about each point.") @Default("[colour]") @NotEmpty
        List<InputFeature> inputs,

        @Doc("The network that turns points into features.") Choice<ModelContext, Backbone> backbone,
        @Doc("What the network is trained for.") Choice<TaskContext, Task> task) {

    public ModelSpec {
        inputs = List.copyOf(inputs);
        backbone = Capabilities.suited(backbone, task);
    }

    /** Channels of the network's input per point. */
    public int inputChannels() {
        return inputs.stream().mapToInt(InputFeature::channels).sum();
    }

    /** How the backbone wants scenes to be sampled. */
    public Sampler sampler() {
        if (backbone.factory() instanceof BackboneFactory<?> factory) {
            return sampler(factory, backbone.config());
        }
        throw new IllegalStateException("plugin '" + backbone.type() + "' makes a backbone but is no BackboneFactory");
    }

    /** What the task says about itself. */
    public Tasks.Facts facts() {
        return Tasks.facts(task);
    }

    private static <C extends Record> Sampler sampler(BackboneFactory<C> factory, Record config) {
        return factory.sampling(factory.configType().cast(config));
    }
}
