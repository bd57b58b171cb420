package org.scenecontexts.io.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.io.safetensors.SafetensorsWriter;
import org.scenecontexts.io.safetensors.TensorEntry;

/**
 * Reads and writes the weights of models in every format that is known, so that callers need not care which it is.
 *
 * <p>Reading goes by content: PyTorch files of both formats (as {@link StateDicts} finds the model in them) and safetensors.
 * Writing goes by the ending of the name: {@code .safetensors}, or {@code .pth} / {@code .pt} for PyTorch, where the state
 * dict lies under {@code state_dict}.
 *
 * @since 0.1
 */
public final class WeightFiles {

    private static final String STATE_DICT = "state_dict";
    private static final String METADATA = "metadata";
    /** Before the keys of what checkpoints of this system say about themselves. */
    private static final String OURS = "csc.";

    /** Before the tensors of an optimizer and of hooks in checkpoints of this system. */
    private static final List<String> BESIDE = List.of("optimizer/", "hooks/");

    private WeightFiles() {}

    /**
     * Reads all tensors of the model, without an optimizer's memory, in the type of the file (bfloat16 becomes float32).
     *
     * @throws CloudException when the file cannot be used; the message says why
     */
    public static Weights read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads all tensors of the model, without an optimizer's memory, in the type of the file (bfloat16 becomes float32).
     *
     * @param place the dictionary of a PyTorch file to take ({@link StateDicts#find}); empty for the largest
     * @throws CloudException when the file cannot be used; the message says why
     */
    public static Weights read(Path file, Optional<String> place) {
        if (isTorch(file)) {
            return fromTorch(TorchFile.read(file), place);
        }
        if (place.isPresent()) {
            throw new CloudException(
                    file + ": is a safetensors file, which holds its tensors without dictionaries; leave"
                            + " out the name " + Shown.quoted(place.get()));
        }
        return fromSafetensors(file);
    }

    /**
     * The texts about the weights in a file, without reading any of their values.
     *
     * @throws CloudException when the file cannot be used; the message says why
     */
    public static Map<String, String> metadata(Path file) {
        if (isTorch(file)) {
            return metadata(TorchFile.read(file));
        }
        try (SafetensorsFile safetensors = SafetensorsFile.open(file)) {
            return safetensors.metadata();
        }
    }

    private static boolean isTorch(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TorchFormatException(
                    file,
                    "file",
                    "there is no such file",
                    "check the name; relative names start at the working directory");
        }
        StandIns.refuse(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(9);
            boolean zip = start.length >= 4 && start[0] == 'P' && start[1] == 'K';
            boolean pickle = start.length >= 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5;
            boolean safetensors = start.length == 9 && start[8] == '{' && start[7] == 0;
            if (zip || pickle && !safetensors) {
                return true;
            }
            if (safetensors) {
                return false;
            }
        } catch (IOException e) {
            throw new TorchFormatException(file, "file", "cannot be read: " + e, TorchFormatException.DAMAGED, e);
        }
        throw new TorchFormatException(
                file,
                "byte 0",
                "is no file of weights: neither PyTorch's (a zip archive or a pickle) nor safetensors",
                "name what torch.save or a training of csc wrote (.pth, .safetensors)");
    }

    /** What published trainings call their optimizer's state and how far they are (REFERENCE 11.2). */
    private static final List<String> OPTIMIZERS = List.of("optimizer", "optimizer_state_dict");

    private static final List<String> COUNTERS = List.of("iteration", "curr_iter", "epoch");

    /** The weights in a PyTorch file that has been opened; the largest dictionary of tensors. */
    public static Weights fromTorch(TorchFile file) {
        return fromTorch(file, Optional.empty());
    }

    private static Weights fromTorch(TorchFile file, Optional<String> place) {
        Map<String, String> metadata = metadata(file);
        StateDicts.Found found = StateDicts.find(file, place, !isOurs(metadata));
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        found.tensors().forEach((name, tensor) -> tensors.put(name, array(tensor)));
        List<String> remarks = new ArrayList<>(found.remarks());
        if (!isOurs(metadata)) {
            trainingState(file).ifPresent(remarks::add);
        }
        return withLayout(file.file(), tensors, metadata, found.prefix(), remarks);
    }

    /** What else a training of another program saved to go on from, which nothing here goes on from. */
    private static Optional<String> trainingState(TorchFile file) {
        if (!(file.root() instanceof TorchValue.Dict root)
                || OPTIMIZERS.stream().noneMatch(name -> root.get(name).isPresent())) {
            return Optional.empty();
        }
        String at = COUNTERS.stream()
                .flatMap(name ->
                        root.get(name).flatMap(WeightFiles::text).stream().map(text -> name + " " + text))
                .findFirst()
                .map(text -> " at " + text)
                .orElse("");
        return Optional.of(
                "the file is a checkpoint of another program" + at + " with the state of its optimizer, which"
                        + " is not taken over: only the weights are, and a training that starts from them begins at iteration 0");
    }

    private static Map<String, String> metadata(TorchFile file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (file.root() instanceof TorchValue.Dict root) {
            collect(root, metadata);
            root.get(METADATA).ifPresent(value -> {
                if (value instanceof TorchValue.Dict dict) {
                    collect(dict, metadata);
                }
            });
        }
        return metadata;
    }

    /** Our own names are what they are, even if they start like a wrapper's. */
    private static boolean isOurs(Map<String, String> metadata) {
        return metadata.keySet().stream().anyMatch(key -> key.startsWith(OURS));
    }

    private static void collect(TorchValue.Dict dict, Map<String, String> metadata) {
        dict.entries().forEach((key, value) -> {
            if (key instanceof TorchValue.Text(String name)) {
                text(value).ifPresent(text -> metadata.put(name, text));
            }
        });
    }

    private static Optional<String> text(TorchValue value) {
        return switch (value) {
            case TorchValue.Text(String text) -> Optional.of(text);
            case TorchValue.Int(long number) -> Optional.of(Long.toString(number));
            case TorchValue.Real(double number) -> Optional.of(Double.toString(number));
            case TorchValue.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
            default -> Optional.empty();
        };
    }

    private static NpArray array(TorchTensor tensor) {
        return switch (tensor.type()) {
            case FLOAT32, BFLOAT16 -> array(tensor.floats(), tensor.shape());
            case FLOAT16 -> array(tensor.floats(), tensor.shape()).as(ArrayElement.FLOAT16);
            case FLOAT64 -> array(tensor.doubles(), tensor.shape());
            case INT64 -> array(tensor.longs(), tensor.shape());
            case INT32 -> array(tensor.longs(), tensor.shape()).as(ArrayElement.INT32);
            case INT16 -> array(tensor.longs(), tensor.shape()).as(ArrayElement.INT16);
            case INT8 -> array(tensor.longs(), tensor.shape()).as(ArrayElement.INT8);
            case UINT8 -> array(tensor.longs(), tensor.shape()).as(ArrayElement.UINT8);
            case BOOL -> array(tensor.longs(), tensor.shape()).as(ArrayElement.BOOL);
        };
    }

    private static Weights fromSafetensors(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
            List<TensorEntry> entries = file.entries().stream()
                    .filter(entry -> BESIDE.stream().noneMatch(entry.name()::startsWith))
                    .toList();
            String prefix = isOurs(metadata)
                    ? ""
                    : StateDicts.commonPrefix(entries.stream()
                            .map(TensorEntry::name)
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
            Map<String, NpArray> tensors = new LinkedHashMap<>();
            entries.forEach(entry -> tensors.put(StateDicts.shorter(entry.name(), prefix), array(file, entry)));
            List<String> remarks =
                    prefix.isEmpty() ? List.of() : List.of("'" + prefix + "' dropped from the names of its tensors");
            return withLayout(path, tensors, metadata, prefix, remarks);
        }
    }

    private static NpArray array(SafetensorsFile file, TensorEntry entry) {
        int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
        String name = entry.name();
        return switch (entry.type()) {
            case F32, BF16 -> array(file.floats(name), shape);
            case F16 -> array(file.floats(name), shape).as(ArrayElement.FLOAT16);
            case F64 -> array(file.doubles(name), shape);
            case I64 -> array(file.longs(name), shape);
            case U64 -> array(file.longs(name), shape).as(ArrayElement.UINT64);
            case U32 -> array(file.longs(name), shape).as(ArrayElement.UINT32);
            case I32 -> array(file.longs(name), shape).as(ArrayElement.INT32);
            case I16 -> array(file.longs(name), shape).as(ArrayElement.INT16);
            case U16 -> array(file.longs(name), shape).as(ArrayElement.UINT16);
            case I8 -> array(file.longs(name), shape).as(ArrayElement.INT8);
            case U8 -> array(file.longs(name), shape).as(ArrayElement.UINT8);
            case BOOL -> array(file.longs(name), shape).as(ArrayElement.BOOL);
        };
    }

    // An empty shape is a scalar here; the factories of NpArray take it for "as long as the values".

    private static NpArray array(float[] values, int[] shape) {
        return shape.length == 0 ? NpArray.scalar(values[0]).as(ArrayElement.FLOAT32) : NpArray.of(values, shape);
    }

    private static NpArray array(double[] values, int[] shape) {
        return shape.length == 0 ? NpArray.scalar(values[0]) : NpArray.of(values, shape);
    }

    private static NpArray array(long[] values, int[] shape) {
        return shape.length == 0 ? NpArray.scalar(values[0]) : NpArray.of(values, shape);
    }

    private static Weights withLayout(
            Path file,
            Map<String, NpArray> tensors,
            Map<String, String> metadata,
            String prefix,
            List<String> remarks) {
        String recorded = metadata.remove(WeightLayout.METADATA_KEY);
        if (recorded == null) {
            return new Weights(tensors, Optional.empty(), metadata, prefix, remarks);
        }
        try {
            return new Weights(tensors, Optional.of(WeightLayout.of(recorded)), metadata, prefix, remarks);
        } catch (IllegalArgumentException e) {
            throw new TorchFormatException(
                    file,
                    "metadata '" + WeightLayout.METADATA_KEY + "'",
                    e.getMessage(),
                    "write the file again with the layout it has",
                    e);
        }
    }

    /**
     * Writes all tensors and metadata, the layout with them.
     *
     * @throws IllegalArgumentException when the ending of the name or the type of a tensor is not one that can be written
     * @throws java.io.UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, Weights weights) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            writeSafetensors(file, weights);
        } else if (name.endsWith(".pth") || name.endsWith(".pt")) {
            writeTorch(file, weights);
        } else {
            throw new IllegalArgumentException(file + ": the ending says no format; use .safetensors, .pth or .pt");
        }
    }

    private static void writeSafetensors(Path file, Weights weights) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(weights.metadata());
        weights.layout().ifPresent(layout -> writer.metadata(WeightLayout.METADATA_KEY, layout.toString()));
        weights.tensors().forEach((name, array) -> {
            switch (array.type()) {
                case FLOAT32, FLOAT16 -> writer.floats(name, array.floats(), array.shape());
                case FLOAT64 -> writer.doubles(name, array.doubles(), array.shape());
                case INT64, UINT64, UINT32 -> writer.longs(name, array.longs(), array.shape());
                case TEXT ->
                    throw new IllegalArgumentException("tensor '" + name + "' holds text; numbers are expected");
                default -> writer.ints(name, array.ints(), array.shape());
            }
        });
        writer.write(file);
    }

    private static void writeTorch(Path file, Weights weights) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        weights.tensors().forEach((name, array) -> tensors.put(name, TorchTensor.of(array)));
        Map<String, TorchValue> root = new LinkedHashMap<>();
        root.put(STATE_DICT, TorchValue.Dict.ordered(tensors));
        Map<String, TorchValue> metadata = new LinkedHashMap<>();
        weights.metadata().forEach((key, text) -> metadata.put(key, new TorchValue.Text(text)));
        root.put(METADATA, TorchValue.Dict.of(metadata));
        weights.layout()
                .ifPresent(layout -> root.put(WeightLayout.METADATA_KEY, new TorchValue.Text(layout.toString())));
        TorchWriter.write(file, TorchValue.Dict.of(root));
    }
}
