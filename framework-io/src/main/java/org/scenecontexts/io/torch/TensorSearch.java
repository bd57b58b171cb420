package org.scenecontexts.io.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.scenecontexts.io.torch.TorchValue.Dict;
import org.scenecontexts.io.torch.TorchValue.Opaque;
import org.scenecontexts.io.torch.TorchValue.Sequence;
import org.scenecontexts.io.torch.TorchValue.Text;

/** Walks over a file once and collects every dictionary of named tensors in it, and every network that was saved whole. */
final class TensorSearch {

    /** Parts of a network are seen once for each place that they have in it, which a file may make many. */
    private static final int MAX_PARTS = 200_000;

    /** A longer name counts more often, because it takes as much more memory. */
    private static final int USUAL_NAME = 200;

    private static final String PARAMETERS = "_parameters";
    private static final String BUFFERS = "_buffers";
    private static final String PASSING = "_non_persistent_buffers_set";
    private static final String MODULES = "_modules";

    /**
     * Tensors by name.
     *
     * @param place keys on the way to it, joined by points; empty for the file itself
     * @param what what else there is to say about it
     * @param left keys of entries that are no tensors
     * @param values numbers in all tensors
     */
    record Candidate(String place, String what, Map<String, TorchTensor> tensors, List<String> left, long values) {

        static Candidate of(String place, String what, Map<String, TorchTensor> tensors, List<String> left) {
            long values = tensors.values().stream().mapToLong(TorchTensor::size).sum();
            return new Candidate(place, what, tensors, left, values);
        }

        /** Place and size, in words. */
        String describe() {
            return (place.isEmpty() ? "the whole file" : Shown.quoted(place)) + " (" + tensors.size() + " tensors"
                    + what + ")";
        }
    }

    private final TorchFile file;
    private final Set<TorchValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();
    private int parts;

    TensorSearch(TorchFile file) {
        this.file = file;
        visit("", file.root());
    }

    /** In the order of the file, the outer before the inner. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** Names of classes that nothing is known of. */
    Set<String> unknown() {
        return unknown;
    }

    private void visit(String place, TorchValue value) {
        switch (value) {
            case Dict dict
            when seen.add(value) -> {
                dictionary(place, dict);
                inside(place, dict);
            }
            case Opaque object when seen.add(value) -> object(place, object);
            case Sequence list
            when seen.add(value) -> {
                for (int i = 0; i < list.items().size(); i++) {
                    visit(place + "[" + i + "]", list.items().get(i));
                }
            }
            default -> {}
        }
    }

    private void inside(String place, Dict dict) {
        dict.entries().forEach((key, value) -> {
            if (!(value instanceof TorchTensor)) {
                visit(place.isEmpty() ? word(key) : place + "." + word(key), value);
            }
        });
    }

    private static String word(TorchValue key) {
        return key instanceof Text(String text) ? Shown.plain(text) : key.toString();
    }

    private void dictionary(String place, Dict dict) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        dict.entries().forEach((key, value) -> {
            if (key instanceof Text(String name) && value instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
            } else if (!(value instanceof Dict)) {
                left.add(word(key));
            }
        });
        if (!tensors.isEmpty()) {
            candidates.add(Candidate.of(place, "", tensors, place.isEmpty() ? List.of() : left));
        }
    }

    private void object(String place, Opaque object) {
        if (object.content().get(MODULES).isPresent()
                && object.content().get(PARAMETERS).isPresent()) {
            Map<String, TorchTensor> tensors = new LinkedHashMap<>();
            module("", object, tensors);
            if (!tensors.isEmpty()) {
                candidates.add(Candidate.of(
                        place, " of a network saved whole, " + Shown.plain(object.type()), tensors, List.of()));
            }
            return;
        }
        unknown.add(object.type());
        inside(place, object.content());
    }

    /** What {@code state_dict()} would give: parameters and buffers of a module, then those of the modules in it. */
    private void module(String prefix, Opaque module, Map<String, TorchTensor> tensors) {
        parts += 1 + prefix.length() / USUAL_NAME;
        if (parts > MAX_PARTS) {
            throw new TorchFormatException(
                    file.file(),
                    "network",
                    "its parts repeat each other more than " + MAX_PARTS + " times",
                    "save model.state_dict() in PyTorch");
        }
        Dict content = module.content();
        Set<TorchValue> passing = content.get(PASSING).orElse(null) instanceof Sequence list
                ? Set.copyOf(
                        list.items().stream().filter(Text.class::isInstance).toList())
                : Set.of();
        for (String kind : List.of(PARAMETERS, BUFFERS)) {
            if (content.get(kind).orElse(null) instanceof Dict dict) {
                dict.entries().forEach((key, value) -> {
                    boolean kept = kind.equals(PARAMETERS) || !passing.contains(key);
                    if (kept && key instanceof Text(String name) && value instanceof TorchTensor tensor) {
                        tensors.put(prefix + name, tensor);
                    }
                });
            }
        }
        if (content.get(MODULES).orElse(null) instanceof Dict dict) {
            dict.entries().forEach((key, value) -> {
                if (key instanceof Text(String name) && value instanceof Opaque part) {
                    module(prefix + name + ".", part, tensors);
                }
            });
        }
    }
}
