package org.scenecontexts.io.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * PyTorch's format before 1.6: the pickles of a magic number, a version, system facts and the object, then the pickled list
 * of storage keys, then each storage as an int64 count and raw values. Source: REFERENCE 11.2.
 */
final class LegacyContainer implements PickleStorages {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;
    private static final String NOT_TORCH = "a file written by torch.save is expected";

    private final Path file;
    private final long length;
    private final Map<String, FileStorage> storages = new LinkedHashMap<>();

    private LegacyContainer(Path file, long length) {
        this.file = file;
        this.length = length;
    }

    static TorchValue read(Path file, FileChannel channel) throws IOException {
        LegacyContainer container = new LegacyContainer(file, channel.size());
        FileRegion whole = FileRegion.plain(file, "PyTorch file of the older format", 0, channel.size());
        try (PickleInput in = new PickleInput(whole)) {
            container.checkHead(in, PickleStorages.none(whole));
            TorchValue root = PickleReader.read(in, container);
            TorchValue keys = PickleReader.read(in, PickleStorages.none(whole));
            container.locate(in, keys);
            return root;
        }
    }

    private void checkHead(PickleInput in, PickleStorages none) {
        if (!(PickleReader.read(in, none) instanceof TorchValue.BigInt(BigInteger magic)) || !magic.equals(MAGIC)) {
            throw in.bad("the first pickle is not PyTorch's magic number", NOT_TORCH);
        }
        if (!(PickleReader.read(in, none) instanceof TorchValue.Int(long version)) || version != VERSION) {
            throw in.bad("the second pickle is not PyTorch's version " + VERSION, NOT_TORCH);
        }
        if (!(PickleReader.read(in, none) instanceof TorchValue.Dict system)) {
            throw in.bad("the third pickle is not PyTorch's system facts", NOT_TORCH);
        }
        if (!system.get("little_endian").equals(java.util.Optional.of(new TorchValue.Bool(true)))) {
            throw in.bad("the values are not little endian", "save it again on a usual machine");
        }
    }

    @Override
    public TorchStorage storage(TorchType type, String key, long elements) {
        if (elements > length / type.bytes()) {
            throw damaged(
                    key, "has " + elements + " elements of " + type + ", more than the file of " + length + " bytes");
        }
        FileStorage storage = storages.computeIfAbsent(key, k -> new FileStorage(type, elements));
        if (storage.type() != type || storage.elements() != elements) {
            throw damaged(
                    key,
                    "is declared as " + storage.elements() + " elements of " + storage.type() + " and as " + elements
                            + " of " + type);
        }
        return storage;
    }

    @Override
    public long bytes() {
        return length;
    }

    /** Walks over the storages, which lie in the order of the key list. */
    private void locate(PickleInput in, TorchValue keys) throws IOException {
        if (!(keys instanceof TorchValue.Sequence list)) {
            throw in.bad("the list of storage keys is " + PickleObjects.kind(keys), TorchFormatException.DAMAGED);
        }
        Set<String> located = new HashSet<>();
        long at = in.position();
        for (TorchValue item : list.items()) {
            if (!(item instanceof TorchValue.Text(String key)) || !storages.containsKey(key) || !located.add(key)) {
                throw in.bad("the storage keys hold an unknown or repeated one", TorchFormatException.DAMAGED);
            }
            FileStorage storage = storages.get(key);
            long bytes = storage.elements() * storage.type().bytes();
            if (bytes > length - at - Long.BYTES) {
                throw damaged(
                        key, "needs " + bytes + " bytes at byte " + (at + Long.BYTES) + ", the file has " + length);
            }
            long count = count(at);
            if (count != storage.elements()) {
                throw damaged(
                        key,
                        "has " + count + " elements at byte " + at + ", but the pickle declares " + storage.elements());
            }
            at += Long.BYTES;
            storage.at(FileRegion.plain(file, "storage '" + key + "'", at, bytes));
            at += bytes;
        }
        if (located.size() != storages.size() || at != length) {
            throw in.bad(
                    "the storages of " + located.size() + " of " + storages.size() + " keys end at byte " + at + " of "
                            + length,
                    TorchFormatException.DAMAGED);
        }
    }

    private long count(long at) throws IOException {
        try (PickleInput count = new PickleInput(FileRegion.plain(file, "storage count", at, Long.BYTES))) {
            return count.i8();
        }
    }

    private TorchFormatException damaged(String key, String problem) {
        return new TorchFormatException(file, "storage '" + key + "'", problem, TorchFormatException.DAMAGED);
    }
}
