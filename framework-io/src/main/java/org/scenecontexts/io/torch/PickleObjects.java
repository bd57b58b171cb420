package org.scenecontexts.io.torch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.io.torch.PickleNode.Entries;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.Name;
import org.scenecontexts.io.torch.PickleNode.NumpyArray;
import org.scenecontexts.io.torch.PickleNode.NumpyType;
import org.scenecontexts.io.torch.PickleNode.StorageRef;
import org.scenecontexts.io.torch.TorchValue.Sequence.Kind;

/** What the names of the allow-list mean: each builds a value of ours from checked arguments. */
final class PickleObjects {

    /** Keys of several kinds make a hash table slow if someone chooses them to collide. */
    private static final int MAX_MIXED_KEYS = 1000;

    private final PickleInput in;
    private final PickleStorages storages;
    private final PickleTensors tensors;
    private final PickleNumpy numpy;
    private final Map<TorchValue.Text, TorchValue.Bytes> encoded = new IdentityHashMap<>();
    private long copied;

    PickleObjects(PickleInput in, PickleStorages storages) {
        this.in = in;
        this.storages = storages;
        this.tensors = new PickleTensors(in, storages);
        this.numpy = new PickleNumpy(in, tensors);
    }

    /** The result of calling a name. */
    Object call(Name name, List<Object> arguments) {
        return switch (name.global()) {
            case ORDERED_DICT -> dictionary(true, arguments);
            case DICT -> dictionary(false, arguments);
            case LIST -> sequence(name, Kind.LIST, arguments);
            case TUPLE -> sequence(name, Kind.TUPLE, arguments);
            case SET -> sequence(name, Kind.SET, arguments);
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensors.rebuild(arguments);
            case REBUILD_PARAMETER -> {
                if (arguments.isEmpty() || !(arguments.getFirst() instanceof TorchTensor tensor)) {
                    throw wrong(name, arguments);
                }
                yield tensor;
            }
            case DEVICE -> new TorchValue.Text(device(name, arguments));
            case CODECS_ENCODE -> encode(name, arguments);
            case BYTES -> bytes(name, arguments);
            case NUMPY_RECONSTRUCT -> new NumpyArray();
            case NUMPY_DTYPE -> numpy.type(arguments);
            case NUMPY_SCALAR -> numpy.scalar(arguments);
            case NUMPY_FROM_BUFFER -> numpy.fromBuffer(arguments);
            case STORAGE_TYPE, ELEMENT_TYPE, NUMPY_NDARRAY -> throw wrong(name, arguments);
        };
    }

    /** What BUILD does: the state of NumPy things, and attributes of dictionaries such as {@code _metadata}. */
    void setState(Object target, Object state) {
        switch (target) {
            case NumpyArray array -> array.value = numpy.state(state);
            case NumpyType type -> numpy.setOrder(type, state);
            case Entries entries
            when state instanceof Entries attributes && attributes != entries ->
                entries.attributes = attributes.entries;
            default ->
                throw in.bad(
                        "state is given to " + kind(target) + ", which has none",
                        "nothing was run; " + TorchFormatException.DAMAGED);
        }
    }

    /** The storage behind a persistent id. */
    StorageRef persistent(Object id) {
        if (!(id instanceof Items tuple)
                || tuple.items.size() < 5
                || !(tuple.items.get(0) instanceof TorchValue.Text(String what))
                || !what.equals("storage")
                || !(tuple.items.get(1) instanceof Name type)
                || type.global() != PickleGlobal.STORAGE_TYPE
                || !(tuple.items.get(2) instanceof TorchValue.Text(String key))
                || !(tuple.items.get(4) instanceof TorchValue.Int(long elements))) {
            throw in.bad(
                    "a persistent id is no ('storage', type, key, location, elements)", TorchFormatException.DAMAGED);
        }
        TorchType elementType = TorchType.ofStorage(type.name()).orElseThrow();
        if (elements < 0 || elements > Long.MAX_VALUE / 16) {
            throw in.bad("storage '" + key + "' of " + elements + " elements", TorchFormatException.DAMAGED);
        }
        TorchStorage storage = storages.storage(elementType, key, elements);
        if (tuple.items.size() == 5 || tuple.items.get(5) instanceof TorchValue.None) {
            return new StorageRef(storage, 0, elements);
        }
        return view(storage, key, tuple.items.get(5));
    }

    /** The oldest files describe overlapping storages as views (key, offset, elements) of one. */
    private StorageRef view(TorchStorage storage, String key, Object view) {
        if (view instanceof Items tuple
                && tuple.items.size() == 3
                && tuple.items.get(1) instanceof TorchValue.Int(long first)
                && tuple.items.get(2) instanceof TorchValue.Int(long elements)
                && first >= 0
                && elements >= 0
                && first <= storage.elements()
                && elements <= storage.elements() - first) {
            return new StorageRef(storage, first, elements);
        }
        throw in.bad("the view of storage '" + key + "' does not lie inside it", TorchFormatException.DAMAGED);
    }

    /** Puts alternating keys and values into a dictionary. */
    void put(Entries target, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw in.bad(items.size() + " keys and values, an even number is expected", TorchFormatException.DAMAGED);
        }
        for (int i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof TorchValue key) || !isKey(key)) {
                throw in.bad(
                        "a dictionary key is " + kind(items.get(i)),
                        "keys must be text, numbers or truth values: save the state_dict alone");
            }
            if (target.entries.size() > MAX_MIXED_KEYS
                    && target.entries.keySet().iterator().next().getClass() != key.getClass()) {
                throw in.bad(
                        "a dictionary of more than " + MAX_MIXED_KEYS + " entries has keys of several kinds",
                        "save the state_dict alone");
            }
            target.entries.put(key, items.get(i + 1));
        }
    }

    private static boolean isKey(TorchValue key) {
        return switch (key) {
            case TorchValue.Text t -> true;
            case TorchValue.Int i -> true;
            case TorchValue.BigInt i -> true;
            case TorchValue.Real r -> true;
            case TorchValue.Bool b -> true;
            case TorchValue.None n -> true;
            default -> false;
        };
    }

    private Entries dictionary(boolean ordered, List<Object> arguments) {
        Entries entries = new Entries(ordered);
        for (Object argument : arguments) {
            if (argument instanceof Items pairs) {
                count(pairs.items.size());
                for (Object pair : pairs.items) {
                    if (!(pair instanceof Items two) || two.items.size() != 2) {
                        throw in.bad("a dictionary is made of " + kind(pair), TorchFormatException.DAMAGED);
                    }
                    put(entries, two.items);
                }
            } else if (!(argument instanceof Name) && !(argument instanceof TorchValue.None)) {
                throw in.bad("a dictionary is made of " + kind(argument), TorchFormatException.DAMAGED);
            }
        }
        return entries;
    }

    private Items sequence(Name name, Kind kind, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return new Items(kind, new ArrayList<>(0));
        }
        if (arguments.size() == 1 && arguments.getFirst() instanceof Items items) {
            count(items.items.size());
            return new Items(kind, new ArrayList<>(items.items));
        }
        throw wrong(name, arguments);
    }

    private String device(Name name, List<Object> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof TorchValue.Text(String type)) {
            return arguments.size() > 1 && arguments.get(1) instanceof TorchValue.Int(long index)
                    ? type + ":" + index
                    : type;
        }
        throw wrong(name, arguments);
    }

    private TorchValue.Bytes bytes(Name name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return new TorchValue.Bytes(new byte[0]);
        }
        if (arguments.size() == 1 && arguments.getFirst() instanceof TorchValue.Bytes bytes) {
            return bytes;
        }
        return encode(name, arguments);
    }

    /** How protocol 2 writes bytes: as text, one character per byte. */
    private TorchValue.Bytes encode(Name name, List<Object> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof TorchValue.Text text
                && arguments.get(1) instanceof TorchValue.Text(String encoding)
                && encoding.toLowerCase(Locale.ROOT).replace("-", "").equals("latin1")) {
            return encoded.computeIfAbsent(text, this::latin1);
        }
        throw wrong(name, arguments);
    }

    private TorchValue.Bytes latin1(TorchValue.Text text) {
        if (text.value().chars().anyMatch(c -> c > 0xFF)) {
            throw in.bad("bytes hold a character above 255", TorchFormatException.DAMAGED);
        }
        return new TorchValue.Bytes(text.value().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void count(int items) {
        copied += items;
        // An honest item takes at least a byte; a list that is named again and again does not.
        if (copied > in.region().bytes()) {
            throw in.bad(
                    copied + " items are copied, but the pickle has "
                            + in.region().bytes() + " bytes",
                    "no checkpoint needs as many: do not trust this file");
        }
    }

    private TorchFormatException wrong(Name name, List<Object> arguments) {
        return in.bad(
                "'" + name.module() + "." + name.name() + "' is called with "
                        + arguments.stream().limit(6).map(PickleObjects::kind).toList(),
                "nothing was run; " + TorchFormatException.DAMAGED);
    }

    /** A short description for messages; never the contents, which may be huge. */
    static String kind(Object value) {
        return switch (value) {
            case Items items -> "a " + items.kind.name().toLowerCase(Locale.ROOT);
            case Entries entries -> "a dictionary";
            case Name name -> "the name " + name.module() + "." + name.name();
            case TorchValue.None none -> "None";
            case TorchValue.Int number -> "the number " + number.value();
            case TorchValue.Bytes bytes -> "bytes";
            case TorchTensor tensor -> "the tensor " + tensor;
            case TorchArray array -> "the array " + array;
            default -> "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }
}
