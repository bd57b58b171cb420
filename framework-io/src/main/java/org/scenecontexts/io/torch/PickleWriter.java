package org.scenecontexts.io.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes a tree as one pickle of protocol 2, which every PyTorch since 0.4 reads; storages get the keys 0, 1, 2, ... */
final class PickleWriter {

    private static final int BLOCK = 1 << 12;

    private final OutputStream out;
    private final Map<TorchStorage, Integer> storages = new IdentityHashMap<>();
    private final List<TorchStorage> inOrder = new ArrayList<>();

    /** @param out small pieces are written, many of them; it is neither flushed nor closed */
    PickleWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the pickle of a tree.
     *
     * @throws UncheckedIOException when the stream cannot be written
     */
    void pickle(TorchValue root) {
        op(0x80, 2);
        value(root);
        op('.');
    }

    /** The storages that were named, by key. */
    List<TorchStorage> storages() {
        return inOrder;
    }

    private void value(TorchValue value) {
        switch (value) {
            case TorchValue.None none -> op('N');
            case TorchValue.Bool(boolean truth) -> op(truth ? 0x88 : 0x89);
            case TorchValue.Int(long number) -> integer(number);
            case TorchValue.BigInt(BigInteger number) -> bigInteger(number);
            case TorchValue.Real(double number) -> {
                op('G');
                raw(ByteBuffer.allocate(Double.BYTES).putDouble(0, number).array());
            }
            case TorchValue.Text(String text) -> text(text);
            case TorchValue.Bytes(byte[] bytes) -> bytes(bytes);
            case TorchValue.Sequence sequence -> sequence(sequence);
            case TorchValue.Dict dict -> dictionary(dict);
            case TorchTensor tensor -> tensor(tensor);
            case TorchArray array -> array(array);
            case TorchValue.Opaque object ->
                throw new IllegalArgumentException("only data can be written, found " + object);
        }
    }

    private void integer(long number) {
        if (number == (int) number) {
            op('J');
            i4((int) number);
        } else {
            bigInteger(BigInteger.valueOf(number));
        }
    }

    private void bigInteger(BigInteger number) {
        byte[] big = number.toByteArray();
        if (big.length > 255) {
            throw new IllegalArgumentException("an integer of " + big.length + " bytes cannot be written; at most 255");
        }
        op(0x8a, big.length);
        for (int i = big.length - 1; i >= 0; i--) {
            op(big[i]);
        }
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        i4(utf8.length);
        raw(utf8);
    }

    private void bytes(byte[] bytes) {
        if (bytes.length == 0) {
            global("__builtin__", "bytes");
            op(')', 'R');
            return;
        }
        global("_codecs", "encode");
        latin1(bytes);
        text("latin1");
        op(0x86, 'R');
    }

    /** Bytes as text of one character each, in UTF-8, without a copy of what may be a whole scene. */
    private void latin1(byte[] bytes) {
        int pairs = 0;
        for (byte b : bytes) {
            pairs += (b & 0xFF) >>> 7;
        }
        op('X');
        i4(Math.addExact(bytes.length, pairs));
        byte[] block = new byte[2 * BLOCK];
        for (int from = 0; from < bytes.length; from += BLOCK) {
            raw(block, widen(bytes, from, Math.min(bytes.length, from + BLOCK), block));
        }
    }

    /** Without a branch, which the bits of numbers would let no processor foresee. */
    private static int widen(byte[] bytes, int from, int end, byte[] to) {
        int used = 0;
        for (int i = from; i < end; i++) {
            int u = bytes[i] & 0xFF;
            int high = u >>> 7;
            to[used] = (byte) (0xC0 | u >>> 6);
            to[used + high] = (byte) (u & ~(high << 6));
            used += 1 + high;
        }
        return used;
    }

    private void sequence(TorchValue.Sequence sequence) {
        switch (sequence.kind()) {
            case TUPLE -> {
                op('(');
                sequence.items().forEach(this::value);
                op('t');
            }
            case LIST -> list(sequence);
            case SET -> {
                global("__builtin__", "set");
                list(sequence);
                op(0x85, 'R');
            }
        }
    }

    private void list(TorchValue.Sequence sequence) {
        op(']', '(');
        sequence.items().forEach(this::value);
        op('e');
    }

    private void dictionary(TorchValue.Dict dict) {
        if (dict.ordered()) {
            global("collections", "OrderedDict");
            op(')', 'R');
        } else {
            op('}');
        }
        op('(');
        dict.entries().forEach((key, value) -> {
            value(key);
            value(value);
        });
        op('u');
        // Python's plain dictionaries have no attributes; torch would fail on them.
        if (dict.ordered() && !dict.attributes().isEmpty()) {
            op('}', '(');
            dict.attributes().forEach((key, value) -> {
                text(key);
                value(value);
            });
            op('u', 'b');
        }
    }

    private void tensor(TorchTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2");
        op('(');
        storage(tensor.storage());
        integer(tensor.offset());
        op('(');
        for (int side : tensor.shape()) {
            integer(side);
        }
        op('t', '(');
        for (long stride : tensor.strides()) {
            integer(stride);
        }
        op('t', 0x89);
        global("collections", "OrderedDict");
        op(')', 'R', 't', 'R');
    }

    private void storage(TorchStorage storage) {
        int key = storages.computeIfAbsent(storage, s -> {
            inOrder.add(s);
            return inOrder.size() - 1;
        });
        op('(');
        text("storage");
        global("torch", storage.type().storage());
        text(Integer.toString(key));
        text("cpu");
        integer(storage.elements());
        op('t', 'Q');
    }

    private void array(TorchArray array) {
        global("numpy.core.multiarray", "_reconstruct");
        op('(');
        global("numpy", "ndarray");
        integer(0);
        op(0x85);
        bytes(new byte[] {'b'});
        op('t', 'R', '(');
        integer(1);
        op('(');
        for (int side : array.shape()) {
            integer(side);
        }
        op('t');
        dtype(array.dtype());
        op(array.fortran() ? 0x88 : 0x89);
        bytes(array.payload());
        op('t', 'b');
    }

    private void dtype(String description) {
        String code = description.substring(1);
        global("numpy", "dtype");
        text(code);
        op(0x89, 0x88, 0x87, 'R', '(');
        integer(3);
        text(description.substring(0, 1));
        op('N', 'N', 'N');
        // Text types state their width and alignment, numbers do not.
        boolean unicode = code.charAt(0) == 'U';
        boolean text = unicode || code.charAt(0) == 'S';
        integer(text ? Integer.parseInt(code.substring(1)) * (unicode ? 4L : 1L) : -1);
        integer(unicode ? 4 : text ? 1 : -1);
        integer(unicode ? 8 : 0);
        op('t', 'b');
    }

    private void global(String module, String name) {
        op('c');
        raw((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void op(int... bytes) {
        for (int b : bytes) {
            try {
                out.write(b);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void raw(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void raw(byte[] bytes) {
        raw(bytes, bytes.length);
    }

    private void i4(int number) {
        raw(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, number)
                .array());
    }
}
