package org.scenecontexts.runtime.pipeline;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;

/**
 * Reads a device from the command line as stages do under {@code device}, or in the short form {@code TYPE:NAME} and {@code
 * TYPE:NUMBER}, and refuses devices that are not there before hours are spent on the stages in front of them.
 *
 * @since 0.2
 */
public record DeviceOption(@Doc("Where tensors live.") Choice<EngineFactory.Context, TensorEngine> device) {

    /** A type and, behind a colon without a space, what chooses one of its cards. */
    private static final Pattern SHORT = Pattern.compile("([a-z][a-z0-9-]*):([^\\s'{}\\[\\]]+(?: [^'{}\\[\\]]*)?)");

    /** Cards are counted; a longer number is part of a name, such as that of an RTX 4090. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");

    /** What stands under {@code device:} for what was written on the command line. */
    public static String yaml(String written) {
        Matcher parts = SHORT.matcher(written.strip());
        if (!parts.matches()) {
            return written;
        }
        String which = parts.group(2);
        return "{type: " + parts.group(1)
                + (NUMBER.matcher(which).matches() ? ", card: " + which : ", name: '" + which + "'") + "}";
    }

    /**
     * Reads the option.
     *
     * @param written as under {@code device:}, or in the short form
     * @throws InvalidConfigException when it cannot be read
     */
    public static Choice<EngineFactory.Context, TensorEngine> read(String written, FactoryLookup plugins) {
        Problems problems = new Problems();
        Optional<DeviceOption> read = YamlReader.read(
                        SourceText.of("--device", "device: " + yaml(written) + "\n"), problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, DeviceOption.class, node.position(), ""));
        problems.throwIfErrors();
        return read.orElseThrow(() -> new IllegalArgumentException("--device cannot be read"))
                .device();
    }

    /** The devices of all stages, each once. */
    public static Collection<Choice<EngineFactory.Context, TensorEngine>> of(Pipeline pipeline) {
        Collection<Choice<EngineFactory.Context, TensorEngine>> devices = new LinkedHashSet<>();
        pipeline.stages().forEach(stage -> devices.add(stage.config().device()));
        return devices;
    }

    /**
     * Looks for the devices of a pipeline on this machine.
     *
     * @throws InvalidConfigException naming the first stage of each that is not there
     */
    public static void require(Pipeline pipeline) {
        Collection<Choice<EngineFactory.Context, TensorEngine>> seen = new LinkedHashSet<>();
        List<Problem> missing = pipeline.stages().stream()
                .filter(stage -> seen.add(stage.config().device()))
                .flatMap(stage -> refusal(stage.config().device())
                        .map(why -> Problem.error(
                                "stage '" + stage.base() + "' cannot have its device: " + why, stage.position(), ""))
                        .stream())
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidConfigException(missing);
        }
    }

    private static Optional<String> refusal(Choice<EngineFactory.Context, TensorEngine> device) {
        if (!(device.factory() instanceof EngineFactory<?> factory)) {
            return Optional.empty();
        }
        try {
            require(factory, device.config());
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static <C extends Record> void require(EngineFactory<C> factory, Record config) {
        factory.require(factory.configType().cast(config));
    }
}
