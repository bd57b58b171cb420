package org.scenecontexts.datasets.stored;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;

/**
 * Reads a folder of scenes in this project's own format, under {@code data: {type: scenes}}.
 *
 * @since 0.2
 */
@Extension
public final class StoredScenesFactory implements DatasetFactory<StoredScenesFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("folder that 'prepare: {type: scenes}' wrote")
            Path path,

            @Doc("whether scenes read once are kept while there is memory") @Default("false")
            boolean cache) {}

    @Override
    public String name() {
        return "scenes";
    }

    @Override
    public String filesFrom(Config config) {
        return "make the folder of any data set with 'prepare: {type: scenes}'";
    }

    @Override
    public String summary() {
        return "Scenes in this program's own format (.cscene), with all that a scene can have; opened in milliseconds.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown().withViews(1);
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path folder = context.resolve(config.path());
        List<StoredList.Item> items = StoredList.read(folder).items();
        SceneClasses classes =
                SceneFile.header(folder.resolve(items.getFirst().file())).classes();
        return new CachedDataset(
                items.stream().map(StoredList.Item::id).toList(),
                classes,
                1,
                config.cache(),
                folder.toString(),
                index -> load(folder, items.get(index), classes));
    }

    private static Example load(Path folder, StoredList.Item item, SceneClasses classes) {
        Path file = folder.resolve(item.file());
        SceneHeader header = SceneFile.header(file);
        if (!header.classes().names().equals(classes.names())) {
            throw new CloudException(
                    file + ": has the classes " + header.classes().names() + ", the first scene of the" + " folder "
                            + classes.names() + "; prepare the scenes again, into folders of their own");
        }
        Scene scene = SceneFile.read(file);
        if (!scene.id().equals(item.id())) {
            throw new CloudException(file + ": is scene '" + scene.id() + "', but " + StoredList.FILE + " says '"
                    + item.id() + "'; prepare the scenes again");
        }
        return Example.of(scene);
    }
}
