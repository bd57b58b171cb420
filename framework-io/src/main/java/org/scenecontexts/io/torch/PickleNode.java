package org.scenecontexts.io.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.io.torch.TorchValue.Sequence.Kind;

/** What may lie on a pickle's stack besides finished values: things that the pickle can still change, and names. */
sealed interface PickleNode {

    /** A list, tuple or set; its items are {@link TorchValue} or {@link PickleNode}. */
    final class Items implements PickleNode {
        final Kind kind;
        final List<Object> items;

        Items(Kind kind, List<Object> items) {
            this.kind = kind;
            this.items = items;
        }

        static Items tuple(Object... items) {
            return new Items(Kind.TUPLE, new ArrayList<>(Arrays.asList(items)));
        }
    }

    /** A dictionary; keys are scalars, which cannot hash slowly or contain themselves. */
    final class Entries implements PickleNode {
        final boolean ordered;
        final Map<TorchValue, Object> entries = new LinkedHashMap<>(4);
        Map<TorchValue, Object> attributes = Map.of();

        Entries(boolean ordered) {
            this.ordered = ordered;
        }
    }

    /** A NumPy array before and after its state is set. */
    final class NumpyArray implements PickleNode {
        TorchValue value;
    }

    /** A NumPy element type; the byte order comes with its state. */
    final class NumpyType implements PickleNode {
        final String code;
        char order = '|';

        NumpyType(String code) {
            this.code = code;
        }

        String description() {
            return order + code;
        }
    }

    /** A class or function that is not on the list: its name and nothing else. */
    record Unknown(String module, String name) implements PickleNode {

        String type() {
            return module + "." + name;
        }
    }

    /** An object of an unknown class: the class's name, and by key what was put into it. */
    final class Opaque implements PickleNode {
        final String type;
        final int number;
        private Entries content;

        Opaque(String type, int number) {
            this.type = type;
            this.number = number;
        }

        Entries content() {
            if (content == null) {
                content = new Entries(false);
            }
            return content;
        }
    }

    /** A name from the allow-list. */
    record Name(PickleGlobal global, String module, String name) implements PickleNode {}

    /** A storage that a persistent id names. */
    record StorageRef(TorchStorage storage, long first, long elements) implements PickleNode {}
}
