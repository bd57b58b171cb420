package org.scenecontexts.io.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds a model's tensors in whatever was saved around them.
 *
 * <p>Published files hold the state dict under {@code state_dict} beside counters and optimizers, or alone (REFERENCE 11.2);
 * other trainers call it {@code model_state}, {@code model} or {@code module}, nest it, or save the network whole. The
 * dictionary with most values is taken, unless the caller names one. Wrappers put one more word before every name
 * ({@code module.} on several GPUs, {@code _orig_mod.} when compiled, REFERENCE 6.2); it is dropped.
 *
 * @since 0.1
 */
public final class StateDicts {

    /** Where the first of two equally large dictionaries is to be found; the second is often a moving average. */
    private static final List<String> USUAL =
            List.of("state_dict", "model_state_dict", "model_state", "model", "module", "net");

    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.", "model.", "net.", "encoder.");
    private static final int NAMED = 5;

    private StateDicts() {}

    /**
     * A model's tensors, and what there is to tell about how they were found.
     *
     * @param tensors in the order of the file, without the prefix
     * @param prefix what was dropped from the names, e.g. {@code module.}; empty where nothing was
     * @param remarks which dictionary was taken, which others there are, what was dropped and what was left unread
     */
    public record Found(Map<String, TorchTensor> tensors, String prefix, List<String> remarks) {
        public Found {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The tensors of the model, in the order of the file, without the prefixes.
     *
     * @throws TorchFormatException when there is no state dict
     */
    public static Map<String, TorchTensor> of(TorchFile file) {
        return find(file, Optional.empty(), true).tensors();
    }

    /**
     * The tensors of a model.
     *
     * @param place the dictionary to take, as the remarks call it ({@code ema.state_dict}); empty for the largest
     * @param dropPrefix whether names lose a word that all of them start with
     * @throws TorchFormatException when there is no dictionary of tensors, or none at that place
     */
    public static Found find(TorchFile file, Optional<String> place, boolean dropPrefix) {
        TensorSearch search = new TensorSearch(file);
        List<TensorSearch.Candidate> all = search.candidates();
        if (all.isEmpty()) {
            throw none(
                    file,
                    "no tensor with a name was found: the file holds " + PickleObjects.kind(file.root())
                            + unread(search.unknown()).map(line -> "; " + line).orElse(""));
        }
        TensorSearch.Candidate taken = place.map(name -> named(file, name, all)).orElseGet(() -> largest(all));
        List<String> remarks = new ArrayList<>();
        remarks.add(taken.describe() + " taken" + others(taken, all));
        if (!taken.left().isEmpty()) {
            remarks.add(taken.left().size() + " of its entries are no tensors and left out: "
                    + Shown.list(taken.left().stream().map(Shown::plain).toList()));
        }
        unread(search.unknown()).ifPresent(remarks::add);
        String prefix = dropPrefix ? commonPrefix(taken.tensors().keySet()) : "";
        if (!prefix.isEmpty()) {
            remarks.add("'" + prefix + "' dropped from the names of its tensors");
        }
        return new Found(without(prefix, taken.tensors()), prefix, remarks);
    }

    private static TensorSearch.Candidate largest(List<TensorSearch.Candidate> all) {
        long most = all.stream().mapToLong(TensorSearch.Candidate::values).max().orElseThrow();
        List<TensorSearch.Candidate> equals =
                all.stream().filter(one -> one.values() == most).toList();
        return USUAL.stream()
                .flatMap(usual -> equals.stream().filter(one -> one.place().equals(usual)))
                .findFirst()
                .orElse(equals.getFirst());
    }

    private static TensorSearch.Candidate named(TorchFile file, String place, List<TensorSearch.Candidate> all) {
        return all.stream()
                .filter(one -> one.place().equals(place))
                .findFirst()
                .orElseThrow(() -> new TorchFormatException(
                        file.file(),
                        "state dict",
                        "there is no dictionary of tensors called " + Shown.quoted(place),
                        "there are: "
                                + all.stream()
                                        .limit(NAMED)
                                        .map(TensorSearch.Candidate::describe)
                                        .collect(Collectors.joining(", "))));
    }

    private static String others(TensorSearch.Candidate taken, List<TensorSearch.Candidate> all) {
        // The memory of an optimizer is many small dictionaries; whoever looks for a model looks for a large one.
        List<String> large = all.stream()
                .filter(one -> one != taken && 4 * one.values() >= taken.values())
                .limit(NAMED)
                .map(TensorSearch.Candidate::describe)
                .toList();
        return large.isEmpty() ? "" : "; not taken: " + String.join(", ", large);
    }

    private static Optional<String> unread(Set<String> types) {
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of("objects of other programs are left unread, nothing of them was run: "
                        + Shown.list(types.stream().map(Shown::plain).toList()));
    }

    /**
     * The words that all names, or nearly all, start with; only such as wrappers are known to add.
     *
     * @return empty where there is none, or two tensors would have one name without it
     */
    static String commonPrefix(Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        StringBuilder prefix = new StringBuilder();
        while (true) {
            Optional<String> next = PREFIXES.stream()
                    .filter(word -> mostStartWith(names, prefix + word))
                    .findFirst();
            if (next.isEmpty()) {
                return prefix.toString();
            }
            prefix.append(next.get());
            if (names.stream()
                            .map(name -> shorter(name, prefix.toString()))
                            .distinct()
                            .count()
                    < names.size()) {
                return prefix.substring(0, prefix.length() - next.get().length());
            }
        }
    }

    private static boolean mostStartWith(Set<String> names, String prefix) {
        // A loss with weights of its own lies beside the network without its prefix.
        Predicate<String> starts = name -> name.startsWith(prefix) && name.length() > prefix.length();
        return 10 * names.stream().filter(starts).count() >= 9L * names.size();
    }

    /** The name without the prefix, as it is where it has another. */
    static String shorter(String name, String prefix) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static Map<String, TorchTensor> without(String prefix, Map<String, TorchTensor> tensors) {
        Map<String, TorchTensor> stripped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stripped.put(shorter(name, prefix), tensor));
        return stripped;
    }

    private static TorchFormatException none(TorchFile file, String problem) {
        return new TorchFormatException(file.file(), "state dict", problem, "save model.state_dict() in PyTorch");
    }
}
