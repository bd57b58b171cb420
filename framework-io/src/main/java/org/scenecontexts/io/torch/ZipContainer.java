package org.scenecontexts.io.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PyTorch's zip format: {@code <name>/data.pkl}, {@code <name>/data/<key>}, {@code <name>/version}. */
final class ZipContainer implements PickleStorages {

    private static final String PICKLE = "data.pkl";

    private final Path file;
    private final Map<String, FileRegion> entries;
    private final String prefix;
    private final long bytes;
    private final Map<String, FileStorage> storages = new HashMap<>();

    private ZipContainer(Path file, Map<String, FileRegion> entries, String prefix) {
        this.file = file;
        this.entries = entries;
        this.prefix = prefix;
        this.bytes = entries.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix + "data/"))
                .mapToLong(e -> e.getValue().bytes())
                .sum();
    }

    static TorchValue read(Path file, FileChannel channel) throws IOException {
        Map<String, FileRegion> entries = ZipDirectory.read(file, channel);
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - PICKLE.length() - 1)
                .toList();
        if (pickles.size() != 1) {
            throw bad(
                    file,
                    "has " + pickles.size() + " entries <name>/" + PICKLE + ", expected one; its " + entries.size()
                            + " entries start with "
                            + entries.keySet().stream().limit(3).toList());
        }
        String prefix = pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
        if (entries.containsKey(prefix + "constants.pkl")) {
            throw bad(file, "is a TorchScript program, not a set of weights");
        }
        ZipContainer container = new ZipContainer(file, entries, prefix);
        container.checkByteOrder();
        FileRegion pickle = entries.get(pickles.getFirst());
        pickle.verify();
        try (PickleInput in = new PickleInput(pickle)) {
            TorchValue root = PickleReader.read(in, container);
            if (in.remaining() != 0) {
                throw in.bad(in.remaining() + " bytes follow the end of the pickle", TorchFormatException.DAMAGED);
            }
            return root;
        }
    }

    private void checkByteOrder() throws IOException {
        FileRegion order = entries.get(prefix + "byteorder");
        if (order == null) {
            return;
        }
        try (InputStream in = order.open()) {
            String text = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
            if (!text.equals("little")) {
                throw bad(file, "has the byte order '" + text + "', expected 'little'");
            }
        }
    }

    @Override
    public TorchStorage storage(TorchType type, String key, long elements) {
        FileRegion region = entries.get(prefix + "data/" + key);
        if (region == null) {
            throw bad(
                    file,
                    "its pickle names the storage '" + key + "', but there is no entry '" + prefix + "data/" + key
                            + "'");
        }
        if (region.bytes() != elements * type.bytes()) {
            throw region.bad(
                    "holds " + region.bytes() + " bytes, but the pickle declares " + elements + " elements of " + type);
        }
        FileStorage storage = storages.computeIfAbsent(key, k -> new FileStorage(type, elements).at(region));
        if (storage.type() != type) {
            throw region.bad("is declared as " + storage.type() + " and as " + type);
        }
        return storage;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    private static TorchFormatException bad(Path file, String problem) {
        return new TorchFormatException(
                file, "zip archive", problem, "expected what torch.save writes; save the state_dict again");
    }
}
