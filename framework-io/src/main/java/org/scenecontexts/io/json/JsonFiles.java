package org.scenecontexts.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.StandIns;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Reads and writes what other programs exchange, so that plugins need no JSON library of their own.
 *
 * @since 0.2
 */
public final class JsonFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFiles() {}

    /**
     * Writes a document, indented; all of it or nothing.
     *
     * @param document values may be text, numbers, booleans, arrays, lists and maps of these
     * @throws java.io.UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, Map<String, ?> document) {
        AtomicFile.write(
                file,
                out -> MAPPER.writerWithDefaultPrettyPrinter()
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .writeValue(out, document));
    }

    /**
     * Reads a document whose root is an object.
     *
     * @return values are text, numbers, booleans, lists and maps of these, or null
     * @throws CloudException when the file cannot be read or is no such document; the message names line and column
     */
    public static Map<String, Object> read(Path file) {
        return opened(file, in -> MAPPER.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }

    /**
     * Reads one long list of whole numbers out of a document whose root is an object, without an object for each number: lists
     * of a million segments take four bytes per number and not forty.
     *
     * @param key of the list, in the root
     * @return the numbers; empty where the document has no such list. Of two lists of one key the last counts
     * @throws CloudException when the file cannot be read or is no such document, or an item is no whole number of 32 bits
     */
    public static Optional<int[]> ints(Path file, String key) {
        return opened(file, in -> {
            try (JsonParser parser = MAPPER.createParser(in)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new CloudException(file + ": an object { ... } is expected as the root; copy the file again");
                }
                Optional<int[]> found = Optional.empty();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = parser.currentName().equals(key);
                    JsonToken value = parser.nextToken();
                    if (wanted && value == JsonToken.START_ARRAY) {
                        found = Optional.of(ints(parser, file + ": " + key));
                    } else {
                        found = wanted ? Optional.empty() : found;
                        parser.skipChildren();
                    }
                }
                return found;
            }
        });
    }

    private static int[] ints(JsonParser parser, String place) throws IOException {
        int[] numbers = new int[1 << 10];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() == JsonParser.NumberType.INT;
            if (!whole) {
                throw new CloudException(place + "[" + count + "]: expected a whole number, found "
                        + Printable.excerpt(parser.getText()) + "; copy the file again");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = parser.getIntValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private static <T> T opened(Path file, Reading<T> reading) {
        StandIns.refuse(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return reading.from(in);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new CloudException(
                    file + place + ": no JSON document, or not the whole of one: " + e.getOriginalMessage()
                            + "; copy the file again",
                    e);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }
}
