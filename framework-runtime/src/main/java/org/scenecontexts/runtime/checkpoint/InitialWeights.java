package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.Weights;

/**
 * First values from a model that somebody trained before: a checkpoint of this program or a PyTorch file, as far as names
 * and shapes fit; sparse kernels are put into the layout of the model.
 *
 * @since 0.1
 */
public final class InitialWeights {

    private InitialWeights() {}

    /**
     * What the user says about a file that the file may not say itself.
     *
     * @param layout order of its kernels
     * @param place which dictionary of tensors to take
     * @param layoutKey how the order is written where the user writes it, for the question
     */
    public record Said(Optional<WeightLayout> layout, Optional<String> place, String layoutKey) {

        /** Nothing; for files that say everything. */
        public static Said nothing(String layoutKey) {
            return new Said(Optional.empty(), Optional.empty(), layoutKey);
        }
    }

    /**
     * Takes over what fits.
     *
     * @param said what the user says about the file
     * @param model state of the network
     * @param about the backbone's metadata, which may name the layout of its kernels
     * @param strict whether everything must fit
     * @return what to tell the user
     * @throws CloudException when the file cannot be used, nothing fits, strict and something does not, or the order of its
     *     kernels matters and is not known; nothing is taken over then
     */
    public static List<String> load(
            Path file, Said said, List<StateEntry> model, Map<String, String> about, boolean strict) {
        Weights weights = WeightFiles.read(file, said.place());
        return load(file, weights, said, model, about, match -> match.require(file, strict));
    }

    /**
     * Takes over all that the model needs, for a model that is used as it is.
     *
     * @param weights what was read from the file
     * @param said what the user says about the file
     * @param model state of the network
     * @param about the backbone's metadata, which may name the layout of its kernels
     * @param exact whether the file may hold nothing else
     * @return what to tell the user
     * @throws CloudException when the file does not fill the model, or the order of its kernels matters and is not known;
     *     nothing is taken over then
     */
    public static List<String> loadWhole(
            Path file, Weights weights, Said said, List<StateEntry> model, Map<String, String> about, boolean exact) {
        return load(file, weights, said, model, about, match -> match.requireWhole(file, exact));
    }

    private static List<String> load(
            Path file,
            Weights read,
            Said said,
            List<StateEntry> model,
            Map<String, String> about,
            Consumer<StateMatch> check) {
        List<String> lines = new ArrayList<>(read.remarks());
        Weights named = ModelNames.fit(read, model, lines);
        Weights weights = KernelOrder.inLayout(file, named, said, layout(about), lines);
        Map<String, NpArray> tensors = new LinkedHashMap<>(weights.tensors());
        tensors.keySet().removeIf(Checkpoint::isBeside);
        Map<String, int[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, array) -> shapes.put(name, array.shape()));
        StateMatch match = StateMatch.of(model, shapes);
        check.accept(match);
        Set<String> fits = new HashSet<>(match.matched());
        model.stream()
                .filter(entry -> fits.contains(entry.name()))
                .forEach(entry -> copy(tensors.get(entry.name()), entry));
        lines.addAll(match.lines());
        return lines;
    }

    private static Optional<WeightLayout> layout(Map<String, String> about) {
        try {
            return Optional.ofNullable(about.get(WeightLayout.METADATA_KEY)).map(WeightLayout::of);
        } catch (IllegalArgumentException e) {
            // A layout of the plugin's own, which no other program's files have.
            return Optional.empty();
        }
    }

    private static void copy(NpArray from, StateEntry into) {
        switch (into) {
            case StateEntry.Floats floats -> floats.set(from.floats());
            case StateEntry.Whole whole -> whole.counter().set(from.longs()[0]);
        }
    }
}
