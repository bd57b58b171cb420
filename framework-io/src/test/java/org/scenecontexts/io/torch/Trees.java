package org.scenecontexts.io.torch;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Puts a tree into words, with a digest of all values, so that trees can be compared and differences read. */
final class Trees {

    private Trees() {}

    static List<String> lines(TorchValue root) {
        List<String> lines = new ArrayList<>();
        add("", root, lines);
        return lines;
    }

    private static void add(String path, TorchValue value, List<String> lines) {
        switch (value) {
            case TorchTensor tensor ->
                lines.add(path + " = " + tensor + Arrays.toString(tensor.strides()) + " " + sha256(tensor.bytes()));
            case TorchArray array ->
                lines.add(path + " = " + array + " " + sha256(array.payload()) + " " + array.array());
            case TorchValue.Dict dict -> {
                lines.add(path + " = " + (dict.ordered() ? "ordered " : "") + "dictionary of "
                        + dict.entries().size());
                for (Map.Entry<TorchValue, TorchValue> entry : dict.entries().entrySet()) {
                    add(path + "/" + entry.getKey(), entry.getValue(), lines);
                }
                dict.attributes().forEach((name, attribute) -> add(path + "@" + name, attribute, lines));
            }
            case TorchValue.Sequence sequence -> {
                lines.add(path + " = " + sequence.kind() + " of "
                        + sequence.items().size());
                for (int i = 0; i < sequence.items().size(); i++) {
                    add(path + "/" + i, sequence.items().get(i), lines);
                }
            }
            default -> lines.add(path + " = " + value);
        }
    }

    /** Reads a file's structure and every value. */
    static void readAll(Path file) {
        values(TorchFile.read(file).root());
    }

    private static void values(TorchValue value) {
        switch (value) {
            case TorchTensor tensor -> tensor.bytes();
            case TorchArray array -> array.array();
            case TorchValue.Dict dict -> dict.entries().values().forEach(Trees::values);
            case TorchValue.Sequence sequence -> sequence.items().forEach(Trees::values);
            default -> {}
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
