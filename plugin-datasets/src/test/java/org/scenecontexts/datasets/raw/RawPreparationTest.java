package org.scenecontexts.datasets.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.s3dis.S3disPreparationFactory;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;

/** Preparations that are stopped go on to the same bytes, and make again what has changed. */
class RawPreparationTest {

    @TempDir
    Path folder;

    private Preparation work(String target) {
        return new S3disPreparationFactory()
                .create(
                        new S3disPreparationFactory.Config(folder.resolve("raw"), folder.resolve(target), 0.01, false),
                        new TestContext());
    }

    private void write() {
        RawTree.write(folder.resolve("raw"), RawRoomsFactory.Layout.S3DIS, 0);
        RawTree.run(work("undisturbed"));
    }

    @Test
    void stoppedAfterAnySceneItGoesOnToTheSameBytes() throws IOException {
        write();
        Random random = new Random(3);
        for (int round = 0; round < 6; round++) {
            long last = 1 + random.nextInt(4);
            Preparation stopped = work("stopped");
            assertThatThrownBy(() -> stopped.run((done, total, what) -> {
                        if (done >= last) {
                            throw new IllegalStateException("stopped");
                        }
                    }))
                    .hasMessage("stopped");
            // What a process leaves that is killed while it writes: the record goes last, so the scene counts as
            // undone.
            try (var records = Files.list(folder.resolve("stopped/.prepared"))) {
                Files.delete(records.findFirst().orElseThrow());
            }
            assertThat(RawTree.run(work("stopped")).get("scenes_made")).isPositive();
            assertThat(RawTree.files(folder.resolve("stopped")))
                    .isEqualTo(RawTree.files(folder.resolve("undisturbed")));
        }
    }

    @Test
    void aSecondRunKeepsWhatIsDoneAndMakesWhatIsGoneOrOlder() throws IOException {
        write();
        assertThat(RawTree.run(work("undisturbed"))).containsEntry("scenes_kept", 4.0);
        Files.delete(folder.resolve("undisturbed/Area_1/office_1.pth"));
        assertThat(RawTree.run(work("undisturbed"))).containsEntry("scenes_made", 1.0);
        Files.writeString(
                folder.resolve("raw/Area_2/office_1/Annotations/wall_1.txt"),
                "1 2 3 4 5 6\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(RawTree.run(work("undisturbed")))
                .containsEntry("scenes_made", 1.0)
                .containsEntry("scenes_kept", 3.0);
    }
}
