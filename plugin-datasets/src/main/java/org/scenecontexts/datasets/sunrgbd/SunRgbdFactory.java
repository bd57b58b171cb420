package org.scenecontexts.datasets.sunrgbd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;

/**
 * Reads SUN RGB-D as prepared for detection by the published program: clouds of single views with turned boxes of 10 classes, z
 * up (REFERENCE 8.5).
 *
 * @since 0.2
 */
@Extension
public final class SunRgbdFactory implements DatasetFactory<SunRgbdFactory.Config> {

    static final String ENDING = "_pc.npz";
    static final String PUBLISHED = "sunrgbd_pc_bbox_votes_50k_v1_";

    /** The YAML keys. */
    public record Config(
            @Doc("folder of sunrgbd_pc_bbox_votes_50k_v1_train and ..._val, or of NUMBER_pc.npz and NUMBER_bbox.npy")
            Path path,

            @Doc("train or val, where the folder has both; train when left out")
            Optional<String> split,

            @Doc("whether views read once are kept while there is memory") @Default("false")
            boolean cache) {}

    @Override
    public String name() {
        return "sunrgbd";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.prepared(Sources.SUN_RGBD, name());
    }

    @Override
    public String summary() {
        return "SUN RGB-D in the published format of detection: clouds of single views with turned boxes of 10 classes.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown()
                .withViews(1)
                .withAttributes(Set.of())
                .withLabelled(false)
                .with(ScenePart.INSTANCES, false)
                .with(ScenePart.BOXES, true)
                .withClasses(SceneClasses.of(SunRgbdViews.CLASSES));
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        views(folder(config, context));
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path folder = folder(config, context);
        List<String> views = views(folder);
        return new CachedDataset(
                views,
                SceneClasses.of(SunRgbdViews.CLASSES),
                1,
                config.cache(),
                index -> SunRgbdViews.load(folder, views.get(index)));
    }

    private static Path folder(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        Path part = root.resolve(PUBLISHED + config.split().orElse("train"));
        if (Files.isDirectory(part)) {
            return part;
        }
        if (config.split().isPresent() && Files.isDirectory(root)) {
            throw new CloudException(part + ": no such folder; 'split: "
                    + config.split().get() + "' needs it, leave 'split' out where 'path' is the folder of the views");
        }
        if (!Files.isDirectory(root)) {
            throw new CloudException(root + ": no such folder; 'path' names the folder of the prepared views, which"
                    + " 'prepare: {type: sunrgbd}' makes of SUN RGB-D's archives (https://rgbd.cs.princeton.edu; see"
                    + " docs/datasets.md), as does the published sunrgbd_data.py --gen_v1_data");
        }
        return root;
    }

    /** In the order of their numbers. */
    private static List<String> views(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> views = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
            if (views.isEmpty()) {
                throw new CloudException(folder + ": has no view (NUMBER" + ENDING
                        + "); 'path' names the folder that 'prepare: {type: sunrgbd}' or the published sunrgbd_data.py"
                        + " --gen_v1_data writes");
            }
            return views;
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
    }
}
