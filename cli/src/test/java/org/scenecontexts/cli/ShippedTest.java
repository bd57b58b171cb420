package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);
    private Shipped shipped;

    @BeforeEach
    void fill() throws IOException {
        Path home = folder.resolve("home");
        write(home.resolve("examples/only-here.yaml"));
        write(home.resolve("models/rooms/rooms.safetensors"));
        write(home.resolve("models/notes/README.md"));
        write(folder.resolve("secret.txt"));
        shipped = new Shipped(Optional.of(home));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void aFileThatIsNotThereIsTakenFromTheDistributionAndThatIsSaid() {
        Path found = shipped.file(Path.of("examples/only-here.yaml"), err);
        assertThat(found).isEqualTo(folder.resolve("home/examples/only-here.yaml"));
        assertThat(said.toString()).contains("'examples/only-here.yaml' is taken from the distribution: " + found);
    }

    @Test
    void theUsersOwnFileComesFirst() throws IOException {
        Path own = folder.resolve("own.yaml");
        write(own);
        assertThat(shipped.file(own, err)).isEqualTo(own);
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void nothingOutsideTheDistributionIsTaken() {
        Path outside = Path.of("..", "secret.txt");
        assertThat(shipped.file(outside, err)).isEqualTo(outside);
    }

    @Test
    void aModelIsFoundByItsName() {
        assertThat(shipped.model(Path.of("rooms"), err))
                .isEqualTo(folder.resolve("home/models/rooms/rooms.safetensors"));
        assertThat(shipped.model(Path.of("notes"), err)).isEqualTo(Path.of("notes"));
        assertThat(shipped.models()).containsExactly("rooms");
    }

    @Test
    void withoutADistributionNothingIsFound() {
        Shipped none = new Shipped(Optional.empty());
        assertThat(none.models()).isEmpty();
        assertThat(none.model(Path.of("rooms"), err)).isEqualTo(Path.of("rooms"));
    }
}
