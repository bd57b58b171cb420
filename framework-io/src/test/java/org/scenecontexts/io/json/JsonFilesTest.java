package org.scenecontexts.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;

/** Long lists of whole numbers come out of documents. */
class JsonFilesTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.json"), text);
    }

    @Test
    void aLongListIsReadWhereverItStands() {
        int[] numbers = new int[5000];
        Arrays.setAll(numbers, i -> 7 * i - 3);
        Path file = folder.resolve("a.json");
        JsonFiles.write(file, Map.of("before", Map.of("list", new int[] {1}), "list", numbers, "text", "[2]"));

        assertThat(JsonFiles.ints(file, "list")).get().isEqualTo(numbers);
    }

    @Test
    void noListOfThatKeyIsNone() throws IOException {
        assertThat(JsonFiles.ints(file("{\"other\": [1], \"list\": 3}"), "list"))
                .isEmpty();
        assertThat(JsonFiles.ints(file("{}"), "list")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'list': [1, 2.5]};list[1]: expected a whole number, found 2.5",
                "{'list': [1, null]};list[1]: expected a whole number, found null",
                "{'list': [[1]]};list[0]: expected a whole number, found [",
                "{'list': [99999999999]};list[0]: expected a whole number, found 99999999999",
                "{'list': [1, 2;line 1, column",
                "{'list': [1], 'more': {;line 1, column",
                "[1];an object { ... } is expected",
                "'';an object { ... } is expected"
            })
    void whatIsDamagedIsToldWithItsPlace(String text, String message) throws IOException {
        Path file = file(text.replace('\'', '"'));

        assertThatThrownBy(() -> JsonFiles.ints(file, "list"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a.json")
                .hasMessageContaining(message);
    }
}
