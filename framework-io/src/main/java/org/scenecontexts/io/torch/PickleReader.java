package org.scenecontexts.io.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.io.torch.PickleNode.Entries;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.Name;
import org.scenecontexts.io.torch.TorchValue.Sequence.Kind;

/**
 * Reads one pickle (protocols 2 to 5) into plain data.
 *
 * <p>A pickle is a program. This machine knows only the instructions that build data, and only the names of
 * {@link PickleGlobal}: of anything else only the name is kept ({@link TorchValue.Opaque}), nothing is looked up or made of
 * it. Every instruction takes at least
 * one byte and there are no jumps, so the work is bounded by the length of the file; lengths are checked against the bytes
 * left before memory is allocated. See docs/adr for why this is no library.
 */
final class PickleReader {

    private static final int MAX_PROTOCOL = 5;
    /** Far above any checkpoint or list of points; keeps the memory for tiny objects within bounds. */
    private static final int MAX_INSTRUCTIONS = 20_000_000;

    /** An empty list takes one byte of the file and a hundred of memory. */
    private static final int MAX_CONTAINERS = 2_000_000;

    private static final TorchValue NONE = new TorchValue.None();
    private static final Object MARK = new Object();

    private final PickleInput in;
    private final PickleObjects objects;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private int containers;

    private PickleReader(PickleInput in, PickleStorages storages) {
        this.in = in;
        this.objects = new PickleObjects(in, storages);
    }

    /** Reads up to and including the next STOP; the result is a {@link TorchValue} or {@link PickleNode}. */
    static TorchValue read(PickleInput in, PickleStorages storages) {
        PickleReader reader = new PickleReader(in, storages);
        return new PickleFreezer(in).freeze(reader.run());
    }

    private Object run() {
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            int opcode = in.u1();
            if (opcode == '.') {
                return pop();
            }
            execute(opcode);
        }
        throw bad(
                "more than " + MAX_INSTRUCTIONS + " instructions",
                "no checkpoint needs as many: do not trust this file");
    }

    private void execute(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(in.u1());
            case 0x95 -> frame(in.i8());
            case '(' -> stack.add(MARK);
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> stack.add(top());
            case 'q' -> memo.put(in.u1(), top());
            case 'r' -> memo.put(in.i4(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> stack.add(recall(in.u1()));
            case 'j' -> stack.add(recall(in.i4()));
            case 'c' -> stack.add(global(in.line(), in.line()));
            case 0x93 -> {
                String name = text(pop());
                stack.add(global(text(pop()), name));
            }
            case 'R', 0x81 -> {
                Items arguments = arguments(pop());
                stack.add(call(pop(), arguments.items));
            }
            case 'b' -> {
                Object state = pop();
                objects.setState(top(), state);
            }
            case 'Q' -> stack.add(objects.persistent(pop()));
            case 'i' -> {
                Object type = global(in.line(), in.line());
                popToMark();
                stack.add(unknown(opcode, type));
            }
            case 'o' -> {
                List<Object> items = popToMark();
                if (items.isEmpty()) {
                    throw bad("an object without a class", TorchFormatException.DAMAGED);
                }
                stack.add(unknown(opcode, items.getFirst()));
            }
            case 0x92 -> {
                pop();
                pop();
                stack.add(unknown(opcode, pop()));
            }
            default -> {
                if (!scalar(opcode) && !container(opcode)) {
                    throw needless(opcode);
                }
            }
        }
    }

    private TorchFormatException needless(int opcode) {
        return bad(
                "instruction " + PickleOpcodes.describe(opcode) + " is not one that data needs",
                "the file is damaged, or no checkpoint: save it with torch.save and protocol 2");
    }

    private void count() {
        if (++containers > MAX_CONTAINERS) {
            throw bad(
                    "more than " + MAX_CONTAINERS + " lists, tuples and dictionaries",
                    "no checkpoint needs as many: do not trust this file");
        }
    }

    /** Known names make data of ours; of anything else only the name is kept. */
    private Object call(Object callee, List<Object> arguments) {
        count();
        return switch (callee) {
            case Name name -> objects.call(name, arguments);
            case PickleNode.Unknown type -> objects.opaque(type, arguments);
            case PickleNode.Opaque maker -> objects.opaque(maker.type);
            default ->
                throw bad(
                        "a call of " + PickleObjects.kind(callee), "nothing was run; " + TorchFormatException.DAMAGED);
        };
    }

    /** Instructions that only objects of other programs need. */
    private Object unknown(int opcode, Object type) {
        count();
        if (type instanceof PickleNode.Unknown unknown) {
            return objects.opaque(unknown.type());
        }
        throw needless(opcode);
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case 'N' -> stack.add(NONE);
            case 0x88 -> stack.add(new TorchValue.Bool(true));
            case 0x89 -> stack.add(new TorchValue.Bool(false));
            case 'J' -> stack.add(new TorchValue.Int(in.i4()));
            case 'K' -> stack.add(new TorchValue.Int(in.u1()));
            case 'M' -> stack.add(new TorchValue.Int(in.u2()));
            case 0x8a -> stack.add(in.integer(in.u1()));
            case 0x8b -> stack.add(in.integer(in.i4()));
            case 'G' -> stack.add(new TorchValue.Real(in.f8()));
            case 'X' -> stack.add(new TorchValue.Text(in.utf8(Integer.toUnsignedLong(in.i4()))));
            case 0x8c -> stack.add(new TorchValue.Text(in.utf8(in.u1())));
            case 0x8d -> stack.add(new TorchValue.Text(in.utf8(in.i8())));
            case 'T' -> stack.add(new TorchValue.Text(in.latin1(in.i4())));
            case 'U' -> stack.add(new TorchValue.Text(in.latin1(in.u1())));
            case 'B' -> stack.add(new TorchValue.Bytes(in.bytes(Integer.toUnsignedLong(in.i4()))));
            case 'C' -> stack.add(new TorchValue.Bytes(in.bytes(in.u1())));
            case 0x8e, 0x96 -> stack.add(new TorchValue.Bytes(in.bytes(in.i8())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        if (opcode != 'a' && opcode != 'e' && opcode != 's' && opcode != 'u') {
            count();
        }
        switch (opcode) {
            case ']' -> stack.add(new Items(Kind.LIST, new ArrayList<>(0)));
            case ')' -> stack.add(new Items(Kind.TUPLE, List.of()));
            case 0x8f -> stack.add(new Items(Kind.SET, new ArrayList<>(0)));
            case '}' -> stack.add(new Entries(false));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 't' -> stack.add(new Items(Kind.TUPLE, popToMark()));
            case 'l' -> stack.add(new Items(Kind.LIST, popToMark()));
            case 0x91 -> stack.add(new Items(Kind.SET, popToMark()));
            case 'd' -> {
                List<Object> items = popToMark();
                Entries entries = new Entries(false);
                stack.add(entries);
                objects.put(entries, items);
            }
            case 'a' -> append(List.of(pop()));
            case 'e', 0x90 -> append(popToMark());
            case 's' -> {
                Object value = pop();
                List<Object> pair = List.of(pop(), value);
                objects.put(entries(top()), pair);
            }
            case 'u' -> {
                List<Object> items = popToMark();
                objects.put(entries(top()), items);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) {
        if (version > MAX_PROTOCOL) {
            throw bad(
                    "pickle protocol " + version + ", at most " + MAX_PROTOCOL + " is known",
                    "save it with protocol 2");
        }
    }

    private void frame(long length) {
        if (length < 0 || length > in.remaining()) {
            throw bad(
                    "a frame of " + Long.toUnsignedString(length) + " bytes, but only " + in.remaining() + " are left",
                    TorchFormatException.DAMAGED);
        }
    }

    private PickleNode global(String module, String name) {
        return PickleGlobal.of(module, name)
                .<PickleNode>map(global -> new Name(global, module, name))
                .orElseGet(() -> new PickleNode.Unknown(module, name));
    }

    private void tuple(int length) {
        List<Object> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            items.add(pop());
        }
        Collections.reverse(items);
        stack.add(new Items(Kind.TUPLE, items));
    }

    private void append(List<Object> items) {
        if (top() instanceof PickleNode.Opaque) {
            return;
        }
        if (!(top() instanceof Items target) || target.kind == Kind.TUPLE) {
            throw bad("items are appended to " + PickleObjects.kind(top()), TorchFormatException.DAMAGED);
        }
        target.items.addAll(items);
    }

    private Entries entries(Object value) {
        if (value instanceof Entries entries) {
            return entries;
        }
        if (value instanceof PickleNode.Opaque object) {
            return object.content();
        }
        throw bad("an entry is put into " + PickleObjects.kind(value), TorchFormatException.DAMAGED);
    }

    private Items arguments(Object value) {
        if (value instanceof Items items && items.kind == Kind.TUPLE) {
            return items;
        }
        throw bad("a call with " + PickleObjects.kind(value) + " for arguments", TorchFormatException.DAMAGED);
    }

    private String text(Object value) {
        if (value instanceof TorchValue.Text text) {
            return text.value();
        }
        throw bad("a name that is " + PickleObjects.kind(value), TorchFormatException.DAMAGED);
    }

    private Object recall(int index) {
        Object value = memo.get(index);
        if (value == null) {
            throw bad(
                    "memo " + Integer.toUnsignedString(index) + " is used but was never set",
                    TorchFormatException.DAMAGED);
        }
        return value;
    }

    private Object top() {
        if (stack.isEmpty() || stack.getLast() == MARK) {
            throw bad("a value is expected on the stack, found none", TorchFormatException.DAMAGED);
        }
        return stack.getLast();
    }

    private Object pop() {
        Object value = top();
        stack.removeLast();
        return value;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw bad("a mark is expected on the stack, found none", TorchFormatException.DAMAGED);
        }
        List<Object> tail = stack.subList(mark + 1, stack.size());
        List<Object> items = new ArrayList<>(tail);
        stack.subList(mark, stack.size()).clear();
        return items;
    }

    private TorchFormatException bad(String problem, String remedy) {
        return in.bad(problem, remedy);
    }
}
