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
 * <p>Nothing in it depends on time, place or threads, so that equal trainings write equal bytes. An optimizer's memory and
 * that of hooks lie beside the model under the prefixes {@value #OPTIMIZER} and {@value #HOOKS}, and only in files made to
 * resume from.
 *
 * @since 0.1
 */
public final class Checkpoint implements AutoCloseable {

    /** Before the names of an optimizer's tensors. */
    public static final String OPTIMIZER = "optimizer/";

    /** Before the names of hooks' tensors. */
    public static final String HOOKS = "hooks/";

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
     * @param beside what only resuming needs, named with {@link #OPTIMIZER} or {@link #HOOKS}; may be empty
     */
    public static void write(Path path, List<StateEntry> model, List<StateEntry> beside, Map<String, String> metadata) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(metadata);
        model.forEach(entry -> add(writer, entry));
        beside.forEach(entry -> add(writer, entry));
        writer.write(path);
    }

    /** Whether a tensor lies beside the model, to resume from, rather than in it. */
    public static boolean isBeside(String name) {
        return name.startsWith(OPTIMIZER) || name.startsWith(HOOKS);
    }

    private static void add(SafetensorsWriter writer, StateEntry entry) {
        switch (entry) {
            case StateEntry.Floats floats -> writer.floats(floats.name(), floats.values(), floats.shape());
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

    /** How its tensors fit a model; what lies beside the model does not count. */
    public StateMatch match(List<StateEntry> model) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        file.entries().stream()
                .filter(entry -> !isBeside(entry.name()))
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

    /** Whether all of these lie beside the model. */
    public boolean hasBeside(List<StateEntry> beside) {
        return beside.stream().allMatch(this::has);
    }

    private boolean has(StateEntry entry) {
        return file.has(entry.name()) && Arrays.equals(file.entry(entry.name()).shapeArray(), entry.shape());
    }

    /**
     * Takes over what lies beside the model, all of it.
     *
     * @param beside named as in {@link #write}
     * @throws CloudException when something is missing or has another shape
     */
    public void loadBeside(List<StateEntry> beside) {
        for (StateEntry entry : beside) {
            if (!has(entry)) {
                throw new CloudException(
                        path + ": has no tensor '" + entry.name() + "' of shape " + Arrays.toString(entry.shape())
                                + ", so the training cannot go on from it; start over with --fresh");
            }
        }
        beside.forEach(entry -> read(entry.name(), entry));
    }

    private void read(String name, StateEntry into) {
        switch (into) {
            case StateEntry.Floats floats -> floats.set(file.floats(name));
            case StateEntry.Whole whole -> whole.counter().set(file.longs(name)[0]);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
