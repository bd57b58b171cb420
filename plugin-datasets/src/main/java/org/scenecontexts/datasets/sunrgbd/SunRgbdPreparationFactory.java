package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.RawPreparation;

/**
 * Turns the official archives of SUN RGB-D into the published views of detection under {@code prepare: {type: sunrgbd}},
 * without MATLAB: clouds, boxes of the first version of the labels, and votes (REFERENCE 8.5).
 *
 * @since 0.2
 */
@Extension
public final class SunRgbdPreparationFactory implements PreparationFactory<SunRgbdPreparationFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("the folder of the unpacked archives: SUNRGBD and SUNRGBDtoolbox")
            Path source,

            @WritesFile @Doc("the folder to write: sunrgbd_pc_bbox_votes_50k_v1_train and ..._val")
            Path target,

            @Doc("the table of images and boxes; SUNRGBDtoolbox/Metadata/SUNRGBDMeta.mat in the source when left out")
            Optional<Path> labels,

            @Doc("the division; SUNRGBDtoolbox/traintestSUNRGBD/allsplit.mat in the source when left out")
            Optional<Path> split,

            @Doc("most points of a view; of larger ones so many are drawn by chance, as published; 0 keeps all")
            @Default("50000")
            @Min(0)
            int points,

            @Doc("chooses the points that are kept; the published choice was not recorded") @Default("0")
            long seed,

            @Doc("numbers of images to leave out, counted from 1, because their files are damaged") @Default("[]")
            List<Integer> except,

            @Doc(
                    "whether boxes are left out, numbers rounded, small views filled up and points turned as in the published"
                            + " files; needs SUNRGBDMeta3DBB_v2.mat in the source")
            @Default("false")
            boolean legacy) {

        public Config {
            except = List.copyOf(except);
        }
    }

    @Override
    public String name() {
        return "sunrgbd";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.SUN_RGBD;
    }

    @Override
    public String summary() {
        return "Turns the official archives of SUN RGB-D into the published views of detection: clouds, boxes and votes.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        RawViews views = new RawViews(
                new RawViews.Settings(
                        context.resolve(config.source()),
                        context.resolve(config.target()),
                        config.labels().map(context::resolve),
                        config.split().map(context::resolve),
                        config.points(),
                        config.seed(),
                        config.except(),
                        config.legacy()),
                context::warn);
        String settings =
                "sunrgbd v1 points " + config.points() + " seed " + config.seed() + " legacy " + config.legacy();
        return new RawPreparation(
                new RawPreparation.Plan(
                        context.resolve(config.target()),
                        settings,
                        views::find,
                        figures -> figures.accept(Map.of(
                                "boxes", (double) views.boxes(), "boxes_left_out", (double) views.boxesLeftOut()))),
                context.parallel());
    }
}
