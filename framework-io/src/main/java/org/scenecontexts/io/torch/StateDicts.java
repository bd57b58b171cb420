package org.scenecontexts.io.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a model's tensors in whatever was saved around them.
 *
 * <p>Published files hold the state dict under {@code state_dict} beside counters and optimizers, or alone; training on
 * several GPUs puts {@code module.} before every name, some pre-training code {@code encoder.} (REFERENCE 6.2, 11.2).
 *
 * @since 0.1
 */
public final class StateDicts {

    private static final List<String> KEYS = List.of("state_dict", "model_state_dict", "model");
    private static final List<String> PREFIXES = List.of("module.", "encoder.");

    private StateDicts() {}

    /**
     * The tensors of the model, in the order of the file, without the prefixes.
     *
     * @throws TorchFormatException when there is no state dict
     */
    public static Map<String, TorchTensor> of(TorchFile file) {
        return withoutPrefix(file, find(file));
    }

    private static Map<String, TorchTensor> find(TorchFile file) {
        if (!(file.root() instanceof TorchValue.Dict root)) {
            throw none(file, "the file holds " + PickleObjects.kind(file.root()));
        }
        for (String key : KEYS) {
            Optional<Map<String, TorchTensor>> found = root.get(key).flatMap(StateDicts::tensors);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return tensors(root)
                .orElseThrow(() -> none(
                        file,
                        "its keys start with "
                                + root.entries().keySet().stream().limit(8).toList()));
    }

    /** The tensors of a dictionary that holds named tensors and nothing else, and at least one. */
    private static Optional<Map<String, TorchTensor>> tensors(TorchValue value) {
        if (!(value instanceof TorchValue.Dict dict) || dict.entries().isEmpty()) {
            return Optional.empty();
        }
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<TorchValue, TorchValue> entry : dict.entries().entrySet()) {
            if (!(entry.getKey() instanceof TorchValue.Text(String name))
                    || !(entry.getValue() instanceof TorchTensor tensor)) {
                return Optional.empty();
            }
            tensors.put(name, tensor);
        }
        return Optional.of(tensors);
    }

    private static Map<String, TorchTensor> withoutPrefix(TorchFile file, Map<String, TorchTensor> tensors) {
        String first = tensors.keySet().iterator().next();
        Optional<String> prefix = PREFIXES.stream().filter(first::startsWith).findFirst();
        if (prefix.isEmpty()) {
            return Collections.unmodifiableMap(tensors);
        }
        Map<String, TorchTensor> stripped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String shorter =
                    name.startsWith(prefix.get()) ? name.substring(prefix.get().length()) : name;
            if (stripped.put(shorter, tensor) != null) {
                throw none(file, "without '" + prefix.get() + "' two tensors are called '" + shorter + "'");
            }
        });
        return withoutPrefix(file, stripped);
    }

    private static TorchFormatException none(TorchFile file, String problem) {
        return new TorchFormatException(
                file.file(),
                "state dict",
                "no dictionary of tensors was found under " + KEYS + " or as the whole file: " + problem,
                "save model.state_dict() in PyTorch");
    }
}
