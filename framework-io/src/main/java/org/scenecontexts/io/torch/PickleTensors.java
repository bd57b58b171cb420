package org.scenecontexts.io.torch;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.io.torch.PickleNode.Items;
import org.scenecontexts.io.torch.PickleNode.StorageRef;

/** Makes tensors of a pickle's numbers, after checking that every element lies inside the storage. */
final class PickleTensors {

    private static final int MAX_RANK = 64;
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8L;
    /** Views may show a storage more than once, but not make gigabytes out of a small file. */
    private static final long MAX_REPETITION = 8;

    private static final long SMALL = 64L << 20;

    private final PickleInput in;
    private final PickleStorages storages;
    private long shownBytes;

    PickleTensors(PickleInput in, PickleStorages storages) {
        this.in = in;
        this.storages = storages;
    }

    /** {@code _rebuild_tensor[_v2](storage, offset, size, stride, ...)}. */
    TorchTensor rebuild(List<Object> arguments) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof StorageRef storage)
                || !(arguments.get(1) instanceof TorchValue.Int(long offset))
                || !(arguments.get(2) instanceof Items size)
                || !(arguments.get(3) instanceof Items stride)) {
            throw in.bad(
                    "a tensor is made of "
                            + arguments.stream()
                                    .limit(6)
                                    .map(PickleObjects::kind)
                                    .toList()
                            + ", expected a storage, an offset, sizes and strides",
                    TorchFormatException.DAMAGED);
        }
        int[] shape = shape(size);
        long[] strides = numbers(stride, "stride");
        if (strides.length != shape.length) {
            throw in.bad(shape.length + " sizes but " + strides.length + " strides", TorchFormatException.DAMAGED);
        }
        check(storage, offset, shape, strides);
        return new TorchTensor(storage.storage(), storage.first() + offset, shape, strides);
    }

    /** The sizes of a tensor or array, none negative, all of them together what one array can hold. */
    int[] shape(Items items) {
        long[] numbers = numbers(items, "size");
        int[] shape = new int[numbers.length];
        long count = 1;
        boolean empty = false;
        for (int i = 0; i < shape.length; i++) {
            if (numbers[i] > MAX_ELEMENTS) {
                throw in.bad(
                        "size " + numbers[i] + ", at most " + MAX_ELEMENTS + " is expected",
                        TorchFormatException.DAMAGED);
            }
            shape[i] = (int) numbers[i];
            empty |= shape[i] == 0;
            count = Math.min(count * Math.max(1, shape[i]), MAX_ELEMENTS + 1);
        }
        if (!empty && count > MAX_ELEMENTS) {
            throw in.bad(
                    "sizes " + Arrays.toString(shape) + " make more elements than an array can hold",
                    TorchFormatException.DAMAGED);
        }
        return shape;
    }

    private long[] numbers(Items items, String what) {
        if (items.items.size() > MAX_RANK) {
            throw in.bad(
                    "a tensor of rank " + items.items.size() + ", at most " + MAX_RANK + " is expected",
                    TorchFormatException.DAMAGED);
        }
        long[] numbers = new long[items.items.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(items.items.get(i) instanceof TorchValue.Int(long number)) || number < 0) {
                throw in.bad(
                        what + " " + i + " is " + PickleObjects.kind(items.items.get(i))
                                + ", a number of at least 0 is expected",
                        TorchFormatException.DAMAGED);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private void check(StorageRef storage, long offset, int[] shape, long[] strides) {
        long last = offset;
        long count = 1;
        try {
            for (int axis = 0; axis < shape.length; axis++) {
                count *= shape[axis];
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1L), strides[axis]));
            }
        } catch (ArithmeticException e) {
            last = Long.MAX_VALUE;
        }
        if (offset < 0 || offset > storage.elements() || count > 0 && last >= storage.elements()) {
            throw in.bad(
                    "a tensor of shape " + Arrays.toString(shape) + " needs element " + last + " of a storage of "
                            + storage.elements(),
                    TorchFormatException.DAMAGED);
        }
        shownBytes += count * storage.storage().type().bytes();
        if (shownBytes > SMALL + MAX_REPETITION * storages.bytes()) {
            throw in.bad(
                    "its tensors show " + shownBytes + " bytes, but its storages hold " + storages.bytes(),
                    "do not trust this file, or save contiguous copies of its tensors");
        }
    }
}
