package org.scenecontexts.io.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.NumpyType;

/** Makes NumPy arrays and scalars of a pickle's parts. */
final class PickleNumpy {

    private static final Pattern CODE = Pattern.compile("(b1|[iu][1248]|f[248]|[US][0-9]{1,6})");
    private static final String PLAIN_ONLY = "save arrays of numbers or text only";

    private final PickleInput in;
    private final PickleTensors tensors;
    private long textBytes;

    PickleNumpy(PickleInput in, PickleTensors tensors) {
        this.in = in;
        this.tensors = tensors;
    }

    /** Whether {@code dtype(code, align, copy)} is one of numbers or text; objects and records are not. */
    boolean isPlain(List<Object> arguments) {
        return arguments.isEmpty()
                || !(arguments.getFirst() instanceof TorchValue.Text(String code))
                || CODE.matcher(code).matches();
    }

    /** A type of NumPy that is not plain, in words. */
    String describe(List<Object> arguments) {
        return "NumPy's type " + (arguments.isEmpty() ? "" : arguments.getFirst());
    }

    /** Whether the state of an array names a type that is not plain. */
    boolean isOpaque(Object state) {
        return state instanceof Items tuple
                && tuple.items.size() >= 5
                && tuple.items.get(2) instanceof PickleNode.Opaque;
    }

    /** An array whose type is not plain, in words. */
    String describe(Object state) {
        return state instanceof Items tuple && tuple.items.get(2) instanceof PickleNode.Opaque type
                ? "an array of " + type.type
                : "an array";
    }

    /** {@code dtype(code, align, copy)}. */
    NumpyType type(List<Object> arguments) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof TorchValue.Text(String code))) {
            throw in.bad("a NumPy type without a name", TorchFormatException.DAMAGED);
        }
        return new NumpyType(code);
    }

    /** The state of a type: (version, byte order, subtype, field names, ...). */
    void setOrder(NumpyType type, Object state) {
        if (!(state instanceof Items tuple)
                || tuple.items.size() < 4
                || !(tuple.items.get(1) instanceof TorchValue.Text(String order))
                || !List.of("<", ">", "|", "=").contains(order)
                || !(tuple.items.get(2) instanceof TorchValue.None)
                || !(tuple.items.get(3) instanceof TorchValue.None)) {
            throw in.bad("the NumPy type '" + type.code + "' has fields or an unknown byte order", PLAIN_ONLY);
        }
        type.order = order.equals("=") ? '<' : order.charAt(0);
    }

    /** The state of an array: (version, shape, type, is Fortran order, payload). */
    TorchArray state(Object state) {
        if (!(state instanceof Items tuple)
                || tuple.items.size() < 5
                || !(tuple.items.get(1) instanceof Items shape)
                || !(tuple.items.get(2) instanceof NumpyType type)
                || !(tuple.items.get(3) instanceof TorchValue.Bool(boolean fortran))) {
            throw in.bad(
                    "a NumPy array's state is not (version, shape, type, order, values)", TorchFormatException.DAMAGED);
        }
        return array(type, tensors.shape(shape), fortran, payload(tuple.items.get(4)));
    }

    /** {@code _frombuffer(buffer, type, shape, order)}, which protocol 5 writes. */
    TorchArray fromBuffer(List<Object> arguments) {
        if (arguments.size() < 4
                || !(arguments.get(1) instanceof NumpyType type)
                || !(arguments.get(2) instanceof Items shape)
                || !(arguments.get(3) instanceof TorchValue.Text(String order))) {
            throw in.bad("a NumPy buffer is not (values, type, shape, order)", TorchFormatException.DAMAGED);
        }
        return array(type, tensors.shape(shape), order.equals("F"), payload(arguments.get(0)));
    }

    /** {@code scalar(type, payload)}. */
    TorchValue scalar(List<Object> arguments) {
        if (arguments.size() != 2 || !(arguments.get(0) instanceof NumpyType type)) {
            throw in.bad("a NumPy scalar is not (type, value)", TorchFormatException.DAMAGED);
        }
        byte[] bytes = payload(arguments.get(1));
        array(type, new int[0], false, bytes);
        ByteBuffer value =
                ByteBuffer.wrap(bytes).order(type.order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return switch (type.code) {
            case "b1" -> new TorchValue.Bool(value.get() != 0);
            case "i1" -> new TorchValue.Int(value.get());
            case "u1" -> new TorchValue.Int(Byte.toUnsignedLong(value.get()));
            case "i2" -> new TorchValue.Int(value.getShort());
            case "u2" -> new TorchValue.Int(Short.toUnsignedLong(value.getShort()));
            case "i4" -> new TorchValue.Int(value.getInt());
            case "u4" -> new TorchValue.Int(Integer.toUnsignedLong(value.getInt()));
            case "i8", "u8" -> new TorchValue.Int(value.getLong());
            case "f2" -> new TorchValue.Real(Float.float16ToFloat(value.getShort()));
            case "f4" -> new TorchValue.Real(value.getFloat());
            case "f8" -> new TorchValue.Real(value.getDouble());
            default -> new TorchArray(type.description(), new int[0], false, bytes);
        };
    }

    private TorchArray array(NumpyType type, int[] shape, boolean fortran, byte[] bytes) {
        long expected = elementBytes(type.code);
        for (int side : shape) {
            expected *= side;
        }
        if (expected != bytes.length) {
            throw in.bad(
                    "a NumPy array of type " + type.description() + " and shape " + Arrays.toString(shape) + " needs "
                            + expected + " bytes, found " + bytes.length,
                    TorchFormatException.DAMAGED);
        }
        return new TorchArray(type.description(), shape, fortran, bytes);
    }

    private static long elementBytes(String code) {
        long number = Long.parseLong(code.substring(1));
        return code.charAt(0) == 'U' ? 4 * number : number;
    }

    private byte[] latin1(String text) {
        textBytes += text.length();
        // One text may be named many times, and is copied each time.
        if (textBytes > in.region().bytes() || text.chars().anyMatch(c -> c > 0xFF)) {
            throw in.bad("a NumPy array's values are text that holds no bytes", PLAIN_ONLY);
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Values come as bytes; Python 2 wrote them as text. */
    private byte[] payload(Object value) {
        return switch (value) {
            case TorchValue.Bytes bytes -> bytes.value();
            case TorchValue.Text text -> latin1(text.value());
            default ->
                throw in.bad(
                        "a NumPy array's values are " + PickleObjects.kind(value) + ", bytes are expected", PLAIN_ONLY);
        };
    }
}
