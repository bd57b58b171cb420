package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.io.safetensors.SafetensorsWriter;

/**
 * A state in a safetensors file: named tensors and text about them.
 *
 * <p>Nothing in it depends on time, place or threads, so that equal trainings write equal bytes. An optimizer's memory
 * lies beside the model under the prefix {@value #OPTIMIZER}, and only in files made to resume from.
 *
 * @since 0.1
 */
public final class Checkpoint implements AutoCloseable {

    /** Before the names of an optimizer's tensors. */
    public static final String OPTIMIZER = "optimizer/";

    private final Path path;
    private final SafetensorsFile file;

    private Checkpoint(Path path, SafetensorsFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Writes a state; an older file of that name stays until the new one is complete.
     *
     * @param model state of the network
     * @param optimizer state of the optimizer, named without the prefix; may be empty
     */
    public static void write(
            Path path, List<StateEntry> model, List<StateEntry> optimizer, Map<String, String> metadata) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(metadata);
        model.forEach(entry -> add(writer, entry));
        optimizer.forEach(entry -> add(writer, entry.named(OPTIMIZER + entry.name())));
        writer.write(path);
    }

    private static void add(SafetensorsWriter writer, StateEntry entry) {
        switch (entry) {
            case StateEntry.Floats floats -> {
                // Buffers of a pool may be longer than their tensor.
                float[] values = floats.values().length == floats.size()
                        ? floats.values()
                        : Arrays.copyOf(floats.values(), floats.size());
                writer.floats(floats.name(), values, floats.shape());
            }
            case StateEntry.Whole whole ->
                writer.longs(whole.name(), new long[] {whole.counter().get()});
        }
    }

    /**
     * Opens a checkpoint.
     *
     * @throws CloudException when it is missing or malformed
     */
    public static Checkpoint open(Path path) {
        return new Checkpoint(path, SafetensorsFile.open(path));
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** The text about it, by key; empty for files of other programs. */
    public Map<String, String> metadata() {
        return file.metadata();
    }

    /** One text about it. */
    public Optional<String> metadata(String key) {
        return Optional.ofNullable(file.metadata().get(key));
    }

    /** How its tensors fit a model; an optimizer's memory does not count. */
    public StateMatch match(List<StateEntry> model) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        file.entries().stream()
                .filter(entry -> !entry.name().startsWith(OPTIMIZER))
                .forEach(entry -> shapes.put(entry.name(), entry.shapeArray()));
        return StateMatch.of(model, shapes);
    }

    /**
     * Takes over what fits by name and shape.
     *
     * @param strict whether everything must fit
     * @throws CloudException when strict and something does not fit, or nothing fits at all; nothing is taken over then
     */
    public StateMatch load(List<StateEntry> model, boolean strict) {
        StateMatch match = match(model);
        match.require(path, strict);
        Set<String> fits = new HashSet<>(match.matched());
        model.stream().filter(entry -> fits.contains(entry.name())).forEach(entry -> read(entry.name(), entry));
        return match;
    }

    /**
     * Takes over an optimizer's memory, all of it.
     *
     * @throws CloudException when something is missing or has another shape
     */
    public void loadOptimizer(List<StateEntry> optimizer) {
        for (StateEntry entry : optimizer) {
            String name = OPTIMIZER + entry.name();
            if (!file.has(name) || !Arrays.equals(file.entry(name).shapeArray(), entry.shape())) {
                throw new CloudException(
                        path + ": has no tensor '" + name + "' of shape " + Arrays.toString(entry.shape())
                                + ", so the training cannot go on from it; start over with --fresh");
            }
        }
        optimizer.forEach(entry -> read(OPTIMIZER + entry.name(), entry));
    }

    private void read(String name, StateEntry into) {
        switch (into) {
            case StateEntry.Floats floats -> System.arraycopy(file.floats(name), 0, floats.values(), 0, floats.size());
            case StateEntry.Whole whole -> whole.counter().set(file.longs(name)[0]);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
