package org.scenecontexts.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes results that other programs read, so that plugins need no JSON library of their own.
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
}
