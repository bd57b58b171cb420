package org.scenecontexts.runtime.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The small JSON files of a run folder. Numbers that JSON cannot write (not-a-number, infinities) become {@code null}.
 *
 * @since 0.1
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** One line without a line break. */
    public static String line(Map<String, ?> values) {
        try {
            return MAPPER.writeValueAsString(writable(values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + values, e);
        }
    }

    /** Writes a file of one object, replacing an older one at once. */
    public static void write(Path file, Map<String, ?> values) {
        try {
            byte[] text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(writable(values));
            AtomicFile.write(file, out -> {
                out.write(text);
                out.write('\n');
            });
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + values, e);
        }
    }

    /** Reads an object; nothing when the text is none. */
    public static Optional<Map<String, Object>> parse(String text) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> values = MAPPER.readValue(text, LinkedHashMap.class);
            return Optional.ofNullable(values);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Reads a file of one object; nothing when it is missing or damaged. */
    public static Optional<Map<String, Object>> read(Path file) {
        try {
            return Files.isRegularFile(file) ? parse(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object writable(Object value) {
        return switch (value) {
            case Double number when !Double.isFinite(number) -> null;
            case Float number when !Float.isFinite(number) -> null;
            case Map<?, ?> map -> {
                Map<String, Object> written = new LinkedHashMap<>();
                map.forEach((key, inner) -> written.put(String.valueOf(key), writable(inner)));
                yield written;
            }
            case List<?> list -> {
                List<Object> written = new ArrayList<>();
                list.forEach(item -> written.add(writable(item)));
                yield written;
            }
            case Path path -> path.toString();
            default -> value;
        };
    }
}
