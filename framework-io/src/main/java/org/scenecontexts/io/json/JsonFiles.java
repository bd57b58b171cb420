package org.scenecontexts.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
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
        StandIns.refuse(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return MAPPER.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
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
