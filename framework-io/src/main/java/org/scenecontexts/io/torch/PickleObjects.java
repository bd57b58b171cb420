package org.scenecontexts.io.torch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.io.torch.PickleNode.Entries;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.Name;
import org.scenecontexts.io.torch.PickleNode.NumpyArray;
import org.scenecontexts.io.torch.PickleNode.NumpyType;
import org.scenecontexts.io.torch.PickleNode.Opaque;
import org.scenecontexts.io.torch.PickleNode.StorageRef;
import org.scenecontexts.io.torch.PickleNode.Unknown;
import org.scenecontexts.io.torch.TorchValue.Sequence.Kind;

/** What the names of the allow-list mean: each builds a value of ours from checked arguments. */
final class PickleObjects {

    /** Functions that make an object of the class that they are given first. */
    private static final Set<String> MAKERS =
            Set.of("copyreg._reconstructor", "copy_reg._reconstructor", "copyreg.__newobj__", "copy_reg.__newobj__");

    private static final TorchValue.Dict NOTHING = new TorchValue.Dict(false, Map.of(), Map.of());

    /** No name takes more arguments that matter. */
    private static final int MAX_ARGUMENTS = 8;

    /** Keys of several kinds make a hash table slow if someone chooses them to collide. */
    private static final int MAX_MIXED_KEYS = 1000;

    private final PickleInput in;
    private final PickleStorages storages;
    private final PickleTensors tensors;
    private final PickleNumpy numpy;
    private final Map<TorchValue.Text, TorchValue.Bytes> encoded = new IdentityHashMap<>();
    private long copied;
    private int opaque;

    PickleObjects(PickleInput in, PickleStorages storages) {
        this.in = in;
        this.storages = storages;
        this.tensors = new PickleTensors(in, storages);
        this.numpy = new PickleNumpy(in, tensors);
    }

    /** An object of which only the name of its class is known. */
    Opaque opaque(String type) {
        return new Opaque(type, opaque++);
    }

    /** What calling an unknown name would make; functions that make objects of a class are called after the class. */
    Opaque opaque(Unknown callee, List<Object> arguments) {
        boolean maker = MAKERS.contains(callee.type());
        return opaque(
                maker && !arguments.isEmpty() && arguments.getFirst() instanceof Unknown made
                        ? made.type()
                        : callee.type());
    }

    /** The result of calling a name. */
    Object call(Name name, List<Object> arguments) {
        // What is made of something unknown is unknown too; dictionaries and arrays take no notice of it.
        Optional<String> unknown = unknown(arguments);
        return switch (name.global()) {
            case ORDERED_DICT, DICT, NUMPY_RECONSTRUCT, REBUILD_FROM_TYPE -> make(name, arguments);
            default -> unknown.<Object>map(this::opaque).orElseGet(() -> make(name, arguments));
        };
    }

    private static Optional<String> unknown(List<Object> arguments) {
        for (int i = 0; i < Math.min(arguments.size(), MAX_ARGUMENTS); i++) {
            if (arguments.get(i) instanceof Opaque object) {
                return Optional.of(object.type);
            }
            if (arguments.get(i) instanceof Unknown type) {
                return Optional.of(type.type());
            }
        }
        return Optional.empty();
    }

    private Object make(Name name, List<Object> arguments) {
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
            case REBUILD_FROM_TYPE -> rebuildFromType(name, arguments);
            case DEVICE -> new TorchValue.Text(device(name, arguments));
            case CODECS_ENCODE -> encode(name, arguments);
            case BYTES -> bytes(name, arguments);
            case NUMPY_RECONSTRUCT -> new NumpyArray();
            case NUMPY_DTYPE -> numpy.isPlain(arguments) ? numpy.type(arguments) : opaque(numpy.describe(arguments));
            case NUMPY_SCALAR -> numpy.scalar(arguments);
            case NUMPY_FROM_BUFFER -> numpy.fromBuffer(arguments);
            case STORAGE_TYPE, ELEMENT_TYPE, NUMPY_NDARRAY -> throw wrong(name, arguments);
        };
    }

    /** {@code _rebuild_from_type_v2(function, type, arguments, state)}: tensors of a class derived from PyTorch's. */
    private Object rebuildFromType(Name name, List<Object> arguments) {
        if (arguments.size() >= 3
                && arguments.get(0) instanceof Name function
                && function.global() != PickleGlobal.REBUILD_FROM_TYPE
                && arguments.get(2) instanceof Items inner) {
            return call(function, inner.items);
        }
        return unknown(arguments).map(this::opaque).orElseThrow(() -> wrong(name, arguments));
    }

    /** What BUILD does: the state of NumPy things, and attributes of dictionaries such as {@code _metadata}. */
    void setState(Object target, Object state) {
        switch (target) {
            case NumpyArray array
            when numpy.isOpaque(state) -> array.value = new TorchValue.Opaque(numpy.describe(state), opaque++, NOTHING);
            case NumpyArray array -> array.value = numpy.state(state);
            case NumpyType type -> numpy.setOrder(type, state);
            case Entries entries
            when state instanceof Entries attributes && attributes != entries ->
                entries.attributes = attributes.entries;
            case Opaque object -> fill(object, state);
            default ->
                throw in.bad(
                        "state is given to " + kind(target) + ", which has none",
                        "nothing was run; " + TorchFormatException.DAMAGED);
        }
    }

    /** Attributes come as a dictionary, or as two of them; other states mean nothing here. */
    private void fill(Opaque object, Object state) {
        switch (state) {
            case Entries attributes -> {
                if (attributes != object.content()) {
                    count(attributes.entries.size());
                    object.content().entries.putAll(attributes.entries);
                }
            }
            case Items two
            when two.items.size() == 2 && two.items.stream().noneMatch(Items.class::isInstance) ->
                two.items.forEach(part -> fill(object, part));
            default -> {}
        }
    }

    /** The storage behind a persistent id; nothing is known of storages of other element types. */
    Object persistent(Object id) {
        if (id instanceof Items tuple && tuple.items.size() >= 2 && tuple.items.get(1) instanceof Unknown type) {
            // The oldest files name the source code of a class like that.
            return tuple.items.get(0) instanceof TorchValue.Text(String what) && what.equals("module")
                    ? type
                    : opaque(type.type());
        }
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
            TorchValue key = key(items.get(i));
            if (target.entries.size() > MAX_MIXED_KEYS
                    && target.entries.keySet().iterator().next().getClass() != key.getClass()) {
                throw in.bad(
                        "a dictionary of more than " + MAX_MIXED_KEYS + " entries has keys of several kinds",
                        "save the state_dict alone");
            }
            target.entries.put(key, items.get(i + 1));
        }
    }

    /** Keys that are no plain values are told apart and nothing more: nothing here looks for them. */
    private TorchValue key(Object key) {
        return switch (key) {
            case TorchValue.Text text -> text;
            case TorchValue.Int number -> number;
            case TorchValue.BigInt number -> number;
            case TorchValue.Real number -> number;
            case TorchValue.Bool truth -> truth;
            case TorchValue.None none -> none;
            case Opaque object -> new TorchValue.Opaque(object.type, opaque++, NOTHING);
            case Items items when items.kind != Kind.TUPLE -> throw noKey(key);
            case Entries entries -> throw noKey(key);
            default -> new TorchValue.Opaque(kind(key), opaque++, NOTHING);
        };
    }

    private TorchFormatException noKey(Object key) {
        return in.bad(
                "a dictionary key is " + kind(key),
                "keys must be text, numbers or truth values: save the state_dict alone");
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
            } else if (!isFactory(argument)) {
                throw in.bad("a dictionary is made of " + kind(argument), TorchFormatException.DAMAGED);
            }
        }
        return entries;
    }

    /** What makes the missing values of a {@code defaultdict}. */
    private static boolean isFactory(Object argument) {
        return argument instanceof Name
                || argument instanceof Unknown
                || argument instanceof Opaque
                || argument instanceof TorchValue.None;
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
        String characters = text.value();
        for (int i = 0; i < characters.length(); i++) {
            if (characters.charAt(i) > 0xFF) {
                throw in.bad("bytes hold a character above 255", TorchFormatException.DAMAGED);
            }
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
            case Name name -> "the name " + Shown.plain(name.module() + "." + name.name());
            case Unknown type -> "the name " + Shown.plain(type.type());
            case Opaque object -> "an object of " + Shown.plain(object.type);
            case StorageRef storage -> "a storage";
            case NumpyArray array -> "an array without values";
            case NumpyType type -> "the type " + Shown.plain(type.description());
            case TorchValue.Int number -> "the number " + number.value();
            case TorchValue.Text text -> "the text " + text;
            case TorchValue.Bytes bytes -> "bytes";
            case TorchTensor tensor -> "the tensor " + tensor;
            case TorchArray array -> "the array " + array;
            default -> value.toString();
        };
    }
}
