package org.scenecontexts.io.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;

/** Reads the JSON header of a safetensors file and checks that it describes the bytes that follow, all of them, once. */
final class SafetensorsHeader {

    private static final int MAX_DEPTH = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final String place;
    private final long dataBytes;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

    SafetensorsHeader(String place, byte[] json, long dataBytes) {
        this.place = place;
        this.dataBytes = dataBytes;
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "header");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "entry '" + name + "'");
                if (name.equals("__metadata__")) {
                    readMetadata(parser);
                } else {
                    entries.put(name, readEntry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw bad("something follows the header's closing brace");
            }
        } catch (IOException e) {
            throw new CloudException(
                    place + ": the safetensors header is no valid JSON: " + e.getMessage()
                            + "; the file is damaged: write or copy it again",
                    e);
        }
        checkCoverage();
    }

    Map<String, String> metadata() {
        return metadata;
    }

    Map<String, TensorEntry> entries() {
        return entries;
    }

    private void readMetadata(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "metadata '" + key + "'");
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry readEntry(JsonParser parser, String name) throws IOException {
        String type = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        boolean shaped = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(parser, parser.currentToken(), JsonToken.VALUE_STRING, "dtype of '" + name + "'");
                    type = parser.getText();
                }
                case "shape" -> {
                    shape = numbers(parser, "shape of '" + name + "'");
                    shaped = true;
                }
                case "data_offsets" -> offsets = numbers(parser, "data_offsets of '" + name + "'");
                default ->
                    throw bad("tensor '" + name + "' has the unknown key '" + key
                            + "'; dtype, shape and data_offsets are expected");
            }
        }
        if (type.isEmpty() || !shaped || offsets.size() != 2) {
            throw bad("tensor '" + name + "' needs dtype, shape and two data_offsets");
        }
        return checked(name, type(name, type), shape, offsets.get(0), offsets.get(1));
    }

    private TensorType type(String name, String text) {
        return Arrays.stream(TensorType.values())
                .filter(type -> type.name().equals(text))
                .findAny()
                .orElseThrow(() -> bad("tensor '" + name + "' has the element type '" + text + "'; one of "
                        + Arrays.toString(TensorType.values()) + " is expected"));
    }

    private TensorEntry checked(String name, TensorType type, List<Long> shape, long begin, long end) {
        if (begin > end || end > dataBytes) {
            throw bad("tensor '" + name + "' is said to lie at bytes " + begin + " to " + end
                    + " of the data, which has " + dataBytes);
        }
        long bytes = type.bytes();
        for (long side : shape) {
            try {
                bytes = Math.multiplyExact(bytes, side);
            } catch (ArithmeticException e) {
                bytes = -1;
                break;
            }
        }
        if (bytes != end - begin) {
            throw bad("tensor '" + name + "' of shape " + shape + " and type " + type + " does not fill its "
                    + (end - begin) + " bytes");
        }
        return new TensorEntry(name, type, shape, begin, end);
    }

    private void checkCoverage() {
        long at = 0;
        List<TensorEntry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        for (TensorEntry entry : inOrder) {
            if (entry.begin() != at) {
                throw bad("tensor '" + entry.name() + "' starts at byte " + entry.begin()
                        + " of the data, but the one before" + " it ends at " + at
                        + "; tensors may neither overlap nor leave holes");
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw bad("the tensors end at byte " + at + " of the data, which has " + dataBytes);
        }
    }

    private List<Long> numbers(JsonParser parser, String what) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY, what);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            long number = parser.getLongValue();
            if (number < 0) {
                throw bad(what + " holds " + number + "; numbers of at least 0 are expected");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private void expect(JsonParser parser, JsonToken found, JsonToken expected, String what) throws IOException {
        if (found != expected) {
            throw bad(what + ": expected " + expected + ", found " + found + " at byte "
                    + parser.currentTokenLocation().getByteOffset() + " of the header");
        }
    }

    private CloudException bad(String what) {
        return new CloudException(place + ": the safetensors header is wrong: " + what
                + "; the file is damaged or truncated: write or copy it again");
    }
}
