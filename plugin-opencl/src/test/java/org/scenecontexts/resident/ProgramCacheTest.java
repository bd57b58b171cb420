package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.resident.cl.OpenClDevices;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.SessionProgram;
import org.scenecontexts.resident.device.Wanted;
import org.scenecontexts.testing.LogLines;

/** Compiled programs are kept on disk, and a file that is of no use is told and made anew. */
class ProgramCacheTest {

    private static final String SOURCE = "__kernel void one(__global float* x) { x[0] = 1; }";
    private static final String OTHER = "__kernel void one(__global float* x) { x[0] = 2; }";

    @TempDir
    private Path folder;

    private final LogLines said = LogLines.of(ProgramCache.class);

    @AfterEach
    void stop() {
        said.close();
    }

    /** Compiles in a session of its own and returns how many programs the driver compiled, and how many were kept. */
    private List<Integer> compile(Path cache, String... sources) {
        try (DeviceSession session = open(cache)) {
            List<SessionProgram> programs = Stream.of(sources)
                    .map(source -> session.compile("one.cl", source, true))
                    .toList();
            assertThat(programs)
                    .allSatisfy(program -> assertThat(program.await()).isNotZero());
            return List.of(session.compiled(), session.kept());
        }
    }

    private static DeviceSession open(Path cache) {
        try {
            return OpenClDevices.find(new ProgramCache(cache)).open(Wanted.named(""));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void theSecondSessionCompilesNothing() throws IOException {
        assertThat(compile(folder, SOURCE, OTHER)).containsExactly(2, 0);
        assertThat(compile(folder, SOURCE, OTHER)).containsExactly(0, 2);
        assertThat(files()).hasSize(2);
        assertThat(said.all()).isEmpty();
    }

    @Test
    void aFileThatWasCutIsToldAndMadeAnew() throws IOException {
        compile(folder, SOURCE);
        Path file = files().getFirst();
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));

        assertThat(compile(folder, SOURCE)).containsExactly(1, 0);

        assertThat(said.all()).hasSize(1);
        assertThat(said.all().getFirst()).contains("one.cl", file.toString(), "damaged", "compiled again");
        assertThat(compile(folder, SOURCE)).containsExactly(0, 1);
    }

    @Test
    void anEmptyFileIsToldAndMadeAnew() throws IOException {
        compile(folder, SOURCE);
        Files.write(files().getFirst(), new byte[0]);
        assertThat(compile(folder, SOURCE)).containsExactly(1, 0);
        assertThat(said.all()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsTimeOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "a file");
        assertThat(compile(file, SOURCE, OTHER)).containsExactly(2, 0);
        assertThat(said.all()).hasSize(1);
        assertThat(said.all().getFirst()).contains("are not kept", file.toString());
    }

    @Test
    void otherOptionsDriversAndSourcesHaveOtherFiles() {
        try (DeviceSession session = open(folder)) {
            ProgramCache cache = new ProgramCache(folder);
            assertThat(List.of(
                            cache.file(session.device(), "", SOURCE),
                            cache.file(session.device(), "-g", SOURCE),
                            cache.file(session.device(), "", OTHER)))
                    .doesNotHaveDuplicates();
        }
    }
}
