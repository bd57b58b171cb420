package org.scenecontexts.io.torch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.io.torch.PickleNode.Entries;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.Name;
import org.scenecontexts.io.torch.PickleNode.NumpyArray;
import org.scenecontexts.io.torch.PickleNode.NumpyType;
import org.scenecontexts.io.torch.PickleNode.Opaque;
import org.scenecontexts.io.torch.PickleNode.StorageRef;
import org.scenecontexts.io.torch.PickleNode.Unknown;

/**
 * Turns what a pickle left into an immutable tree.
 *
 * <p>Objects of unknown classes keep what was put into them, because a whole network that was saved is one; they often refer
 * back to each other, so inside them such references are cut. Elsewhere values that contain themselves are refused, as are deep
 * nesting, and trees that repeat parts so often that walking over them would take for ever.
 */
final class PickleFreezer {

    private static final int MAX_DEPTH = 200;
    private static final long MAX_NODES = 50_000_000;

    private record Frozen(TorchValue value, long nodes) {}

    private static final Frozen IN_PROGRESS = new Frozen(new TorchValue.None(), 0);
    private static final TorchValue.Dict NOTHING = new TorchValue.Dict(false, Map.of(), Map.of());

    /** In place of what is nested too deep, or contains itself, inside an object that nothing is known of. */
    private static final Frozen CUT = new Frozen(new TorchValue.Opaque("a value around it", 0, NOTHING), 1);

    private final PickleInput in;
    private final Map<Object, Frozen> done = new IdentityHashMap<>();

    PickleFreezer(PickleInput in) {
        this.in = in;
    }

    TorchValue freeze(Object root) {
        return freeze(root, 0, false).value();
    }

    /** @param inside whether the value lies in an object of an unknown class, of which nothing is needed */
    private Frozen freeze(Object node, int depth, boolean inside) {
        if (depth > MAX_DEPTH) {
            if (inside) {
                return CUT;
            }
            throw in.bad(
                    "values are nested more than " + MAX_DEPTH + " deep",
                    "save the state_dict alone, or do not trust this file");
        }
        return switch (node) {
            case TorchValue value -> new Frozen(value, 1);
            case NumpyType type -> new Frozen(new TorchValue.Text(type.description()), 1);
            case Name name
            when name.global() == PickleGlobal.ELEMENT_TYPE ->
                new Frozen(new TorchValue.Text(name.module() + "." + name.name()), 1);
            case Name name -> named(name.module() + "." + name.name());
            case Unknown type -> named(type.type());
            case StorageRef storage -> named("torch storage");
            case NumpyArray array when array.value != null -> new Frozen(array.value, 1);
            case Items items -> container(items, depth, inside);
            case Entries entries -> container(entries, depth, inside);
            case Opaque object -> container(object, depth, true);
            default ->
                throw in.bad(
                        PickleObjects.kind(node) + " is left as a value; data is expected",
                        TorchFormatException.DAMAGED);
        };
    }

    /** A class or function that lies in the tree as a value. */
    private static Frozen named(String name) {
        return new Frozen(new TorchValue.Opaque(name, 0, NOTHING), 1);
    }

    private Frozen container(PickleNode node, int depth, boolean inside) {
        Frozen known = done.putIfAbsent(node, IN_PROGRESS);
        if (known == IN_PROGRESS) {
            if (inside) {
                return CUT;
            }
            throw in.bad("a value contains itself", "save the state_dict alone, or do not trust this file");
        }
        if (known != null) {
            return known;
        }
        Frozen frozen = switch (node) {
            case Items items -> items(items, depth, inside);
            case Entries entries -> entries(entries, depth, inside);
            case Opaque object -> opaque(object, depth);
            default -> throw new IllegalStateException("no container: " + node);
        };
        if (frozen.nodes() > MAX_NODES) {
            throw in.bad("the values repeat each other more than " + MAX_NODES + " times", "do not trust this file");
        }
        done.put(node, frozen);
        return frozen;
    }

    private Frozen opaque(Opaque object, int depth) {
        Frozen content = entries(object.content(), depth, true);
        return new Frozen(
                new TorchValue.Opaque(object.type, object.number, (TorchValue.Dict) content.value()), content.nodes());
    }

    private Frozen items(Items items, int depth, boolean inside) {
        List<TorchValue> values = new ArrayList<>(items.items.size());
        long nodes = 1;
        for (Object item : items.items) {
            Frozen frozen = freeze(item, depth + 1, inside);
            nodes = Math.addExact(nodes, frozen.nodes());
            values.add(frozen.value());
        }
        return new Frozen(new TorchValue.Sequence(items.kind, values), nodes);
    }

    private Frozen entries(Entries entries, int depth, boolean inside) {
        Map<TorchValue, TorchValue> values = new LinkedHashMap<>();
        long nodes = 1;
        for (Map.Entry<TorchValue, Object> entry : entries.entries.entrySet()) {
            Frozen frozen = freeze(entry.getValue(), depth + 1, inside);
            nodes = Math.addExact(nodes, frozen.nodes());
            values.put(entry.getKey(), frozen.value());
        }
        Map<String, TorchValue> attributes = new LinkedHashMap<>();
        for (Map.Entry<TorchValue, Object> entry : entries.attributes.entrySet()) {
            if (entry.getKey() instanceof TorchValue.Text(String name)) {
                Frozen frozen = freeze(entry.getValue(), depth + 1, inside);
                nodes = Math.addExact(nodes, frozen.nodes());
                attributes.put(name, frozen.value());
            }
        }
        return new Frozen(new TorchValue.Dict(entries.ordered, values, attributes), nodes);
    }
}
