package org.scenecontexts.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.folders.Mmdet3dFactory;
import org.scenecontexts.datasets.folders.PointceptFactory;
import org.scenecontexts.datasets.folders.SemanticKittiFactory;
import org.scenecontexts.datasets.limited.LimitedFactory;
import org.scenecontexts.datasets.limited.LimitedListsFactory;
import org.scenecontexts.datasets.stored.ExportFactory;
import org.scenecontexts.datasets.stored.StoredScenesFactory;
import org.scenecontexts.datasets.stored.StoredScenesPreparationFactory;

/** Who lacks the files of a data set is told where they come from. */
class SourcesTest {

    private static final Path PATH = Path.of("no-such-folder");

    private static Choice<BuildContext, Dataset> kitti() {
        return new Choice<>(
                new SemanticKittiFactory(),
                new SemanticKittiFactory.Config(PATH, Optional.empty(), List.of(), List.of()));
    }

    private static String pointcept(PointceptFactory.Contents contents) {
        return new PointceptFactory()
                .filesFrom(new PointceptFactory.Config(PATH, contents, List.of(), List.of(), false));
    }

    private static String mmdet3d(Mmdet3dFactory.Contents contents, String... classes) {
        return new Mmdet3dFactory()
                .filesFrom(new Mmdet3dFactory.Config(
                        PATH, contents, Optional.empty(), List.of(), List.of(classes), 4, List.of(), false));
    }

    @Test
    void foldersOfOtherProgramsComeFromTheDataSetAndTheProgram() {
        assertThat(pointcept(PointceptFactory.Contents.SCANNET200)).contains("www.scan-net.org", "Pointcept/Pointcept");
        assertThat(pointcept(PointceptFactory.Contents.S3DIS)).contains("buildingparser", "Pointcept/Pointcept");
        assertThat(mmdet3d(Mmdet3dFactory.Contents.SCANNET)).contains("www.scan-net.org", "open-mmlab/mmdetection3d");
        assertThat(mmdet3d(Mmdet3dFactory.Contents.S3DIS)).contains("buildingparser", "open-mmlab/mmdetection3d");
        assertThat(kitti().filesFrom()).contains("semantic-kitti.org", "cvlibs.net");
    }

    @Test
    void nobodyKnowsWhereOwnCloudsComeFrom() {
        assertThat(mmdet3d(Mmdet3dFactory.Contents.CUSTOM, "Car")).isEmpty();
    }

    @Test
    void storedScenesComeFromTheirPreparation() {
        assertThat(new StoredScenesFactory().filesFrom(new StoredScenesFactory.Config(PATH, false)))
                .contains("prepare: {type: scenes}");
    }

    @Test
    void whatTakesOtherDataSaysWhereThoseComeFrom() {
        Stream<Choice<?, ?>> takers = Stream.of(
                new Choice<>(
                        new LimitedListsFactory(),
                        new LimitedListsFactory.Config(
                                kitti(),
                                Optional.of(0.5),
                                LimitedFactory.Take.FIRST,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                PATH)),
                new Choice<>(
                        new StoredScenesPreparationFactory(), new StoredScenesPreparationFactory.Config(kitti(), PATH)),
                new Choice<>(
                        new ExportFactory(),
                        new ExportFactory.Config(kitti(), PATH, ExportFactory.Format.PLY, "train")));

        assertThat(takers.map(Choice::filesFrom)).containsOnly(kitti().filesFrom());
    }
}
