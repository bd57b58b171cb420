package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.testing.LogLines;

/** What is done when a driver refuses a source or a kept program; the driver is played, so that it fails when it shall. */
class ClCompilerTest {

    private static final int REFUSED = Codes.BUILD_FAILED;
    private static final int INVALID_BINARY = -42;
    private static final OpenClDevice DEVICE =
            new OpenClDevice(7, 1, "a card", "a platform", "1.0", false, 4, 1 << 30, 1 << 28, 256, 48 << 10, true, 0);
    private static final byte[] BINARY = "compiled".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final Driver driver = new Driver();
    private final LogLines said = LogLines.of(ProgramCache.class);

    @AfterEach
    void stop() {
        said.close();
    }

    /** A driver that numbers its programs from 1 and answers builds as it was told, with success when nothing is left. */
    private static final class Driver implements ProgramCalls {
        private final Deque<Integer> builds = new ArrayDeque<>();
        private final List<Long> released = new ArrayList<>();
        private int takesBinary;
        private int built;
        private long made;

        private void writeText(String text, long size, MemorySegment value, MemorySegment length) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (size > 0) {
                MemorySegment.copy(bytes, 0, value, JAVA_BYTE, 0, bytes.length);
            } else {
                length.set(JAVA_LONG, 0, bytes.length);
            }
        }

        @Override
        public long createProgram(long context, MemorySegment sources, MemorySegment error) {
            error.set(JAVA_INT, 0, 0);
            return ++made;
        }

        @Override
        public long createProgramWithBinary(
                long context, MemorySegment device, MemorySegment length, MemorySegment binary, MemorySegment error) {
            error.set(JAVA_INT, 0, takesBinary);
            return takesBinary == 0 ? ++made : 0;
        }

        @Override
        public int programInfo(long program, int what, long size, MemorySegment value) {
            if (what == Codes.PROGRAM_BINARY_SIZES) {
                value.set(JAVA_LONG, 0, BINARY.length);
            } else {
                MemorySegment to = value.get(ADDRESS, 0).reinterpret(BINARY.length);
                MemorySegment.copy(BINARY, 0, to, JAVA_BYTE, 0, BINARY.length);
            }
            return 0;
        }

        @Override
        public int build(long program, MemorySegment device, MemorySegment options) {
            built++;
            return builds.isEmpty() ? 0 : builds.removeFirst();
        }

        @Override
        public int buildInfo(
                long program, long device, int what, long size, MemorySegment value, MemorySegment length) {
            writeText("program " + program + ": unable to rename temporary", size, value, length);
            return 0;
        }

        @Override
        public int releaseProgram(long program) {
            released.add(program);
            return 0;
        }
    }

    private ClCompiler compiler() {
        return new ClCompiler(driver, 3, DEVICE, Optional.of(new ProgramCache(folder)));
    }

    private static long compile(ClCompiler compiler) {
        return compiler.program("one.cl", "a source", true);
    }

    private Path kept() {
        return new ProgramCache(folder).file(DEVICE, ClCompiler.OPTIONS, "a source");
    }

    @Test
    void aBuildThatFailsOnceIsMadeAgainAndKept() {
        driver.builds.add(REFUSED);
        ClCompiler compiler = compiler();

        assertThat(compile(compiler)).isEqualTo(2);

        assertThat(driver.built).isEqualTo(2);
        assertThat(driver.released).containsExactly(1L);
        assertThat(compiler.compiled()).isEqualTo(1);
        assertThat(kept()).isRegularFile();
        assertThat(said.all()).isEmpty();
    }

    @Test
    void aSourceThatIsRefusedTwiceIsRefusedWithWhatTheCompilerSaidLastAndNotKept() {
        driver.builds.addAll(List.of(REFUSED, REFUSED));
        ClCompiler compiler = compiler();

        assertThatThrownBy(() -> compile(compiler))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("a card")
                .hasMessageContaining("refused one.cl: the compiler refused the source (-11)")
                .hasMessageContaining("program 2: unable to rename temporary");

        assertThat(driver.built).as("not tried a third time").isEqualTo(2);
        assertThat(driver.released).containsExactly(1L, 2L);
        assertThat(compiler.compiled()).isZero();
        assertThat(kept()).doesNotExist();
    }

    @Test
    void withoutACacheABuildThatFailsOnceIsMadeAgainToo() {
        driver.builds.add(REFUSED);
        assertThat(compile(new ClCompiler(driver, 3, DEVICE, Optional.empty()))).isEqualTo(2);
        assertThat(driver.released).containsExactly(1L);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKeptProgramIsTakenWithoutItsSource() {
        compile(compiler());
        ClCompiler later = compiler();

        assertThat(compile(later)).isEqualTo(2);

        assertThat(later.compiled()).isZero();
        assertThat(later.kept()).isEqualTo(1);
        assertThat(driver.released).isEmpty();
    }

    @Test
    void aKeptProgramThatTheDriverDoesNotTakeIsToldAndMadeAnew() throws Exception {
        compile(compiler());
        byte[] before = Files.readAllBytes(kept());
        Files.delete(kept());
        new ProgramCache(folder).write(kept(), "of another driver".getBytes(StandardCharsets.UTF_8));
        driver.takesBinary = INVALID_BINARY;
        ClCompiler later = compiler();

        assertThat(compile(later)).isEqualTo(2);

        assertThat(List.of(later.compiled(), later.kept())).containsExactly(1, 0);
        assertThat(said.all())
                .singleElement()
                .asString()
                .contains("one.cl", kept().toString(), "the driver does not take it")
                .contains("an invalid compiled program (-42)", "compiled again");
        assertThat(Files.readAllBytes(kept())).isEqualTo(before);
    }

    @Test
    void aKeptProgramThatDoesNotBuildIsGivenBackAndItsSourceIsTriedTwiceLikeAnyOther() {
        compile(compiler());
        driver.builds.addAll(List.of(REFUSED, REFUSED));
        ClCompiler later = compiler();

        assertThat(compile(later)).isEqualTo(4);

        assertThat(driver.released).containsExactly(2L, 3L);
        assertThat(List.of(later.compiled(), later.kept())).containsExactly(1, 0);
        assertThat(said.all()).singleElement().asString().contains("building a compiled program", "compiled again");
        assertThat(compile(compiler())).as("what was made anew is kept").isEqualTo(5);
    }
}
