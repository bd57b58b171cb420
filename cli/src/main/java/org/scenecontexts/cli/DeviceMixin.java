package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import picocli.CommandLine.Option;

/** The option that says what to compute on: the same for every command that computes. */
final class DeviceMixin {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = {
                "Compute on this device, whatever a pipeline says: cpu, gpu, cuda, opencl; opencl:NAME or opencl:1"
                        + " for one of several cards, by a part of its name or its number in 'csc info'; or YAML,"
                        + " as under 'device:' in a pipeline."
            })
    private Optional<String> device = Optional.empty();

    /** What stands under {@code device:}, if it was given. */
    Optional<String> yaml() {
        return device.map(DeviceOption::yaml);
    }

    /** The option as it is typed. */
    List<String> words() {
        return device.map(written -> List.of("--device", written)).orElse(List.of());
    }

    /** The line of a stage that says the same. */
    String line(String indent) {
        return yaml().map(text -> indent + "device: " + text + "\n").orElse("");
    }

    /** The engines of some devices. */
    static List<EngineFactory<?>> engines(Collection<Choice<EngineFactory.Context, TensorEngine>> devices) {
        List<EngineFactory<?>> engines = new ArrayList<>();
        devices.forEach(chosen -> {
            if (chosen.factory() instanceof EngineFactory<?> engine) {
                engines.add(engine);
            }
        });
        return engines;
    }

    /** @throws org.scenecontexts.runtime.config.InvalidConfigException when it cannot be read */
    Optional<Choice<EngineFactory.Context, TensorEngine>> read(FactoryLookup plugins) {
        return device.map(written -> DeviceOption.read(written, plugins));
    }
}
