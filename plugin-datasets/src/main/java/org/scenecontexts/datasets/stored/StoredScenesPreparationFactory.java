package org.scenecontexts.datasets.stored;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.array.Leftovers;

/**
 * Turns any data set into stored scenes, under {@code prepare: {type: scenes}}. A scene whose file holds it already is kept, whatever
 * wrote it and when: its source is read, and only the writing is saved.
 *
 * @since 0.2
 */
@Extension
public final class StoredScenesPreparationFactory implements PreparationFactory<StoredScenesPreparationFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("the scenes to store, of any data set") Choice<BuildContext, Dataset> data,

            @WritesFile @Doc("the folder to write: SCENE.cscene for each scene, and scenes.txt")
            Path target) {}

    @Override
    public String name() {
        return "scenes";
    }

    @Override
    public String filesFrom(Config config) {
        return config.data().filesFrom();
    }

    @Override
    public String summary() {
        return "Stores the scenes of any data set in this program's own format, one checked file for each.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        Path target = context.resolve(config.target());
        return progress -> run(config.data().create(context), target, context, progress);
    }

    private static Map<String, Double> run(Dataset data, Path target, BuildContext context, WorkProgress progress) {
        if (data.views() != 1) {
            throw new CloudException(target + ": the data has " + data.views()
                    + " views of each place, a stored scene has one; name data of single scenes with 'data'");
        }
        Leftovers.remove(target);
        List<StoredList.Item> items = items(data, target);
        StoredList.remove(target);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        context.parallel().run(data.size(), index -> {
            Path file = target.resolve(items.get(index).file());
            SceneImage image = SceneImage.of(
                    data.load(index).scene().withId(items.get(index).id()), data.classes());
            if (!image.isIn(file)) {
                image.write(file);
                made.incrementAndGet();
            }
            progress.at(done.incrementAndGet(), data.size(), items.get(index).id());
        });
        new StoredList(items).write(target);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("scenes", (double) data.size());
        figures.put("scenes_made", made.doubleValue());
        figures.put("scenes_kept", (double) data.size() - made.get());
        return figures;
    }

    private static List<StoredList.Item> items(Dataset data, Path target) {
        FileNames names = new FileNames();
        List<StoredList.Item> items = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            String id = data.id(i).replaceAll("[\\t\\r\\n]", " ");
            items.add(new StoredList.Item(id, names.of(id) + SceneFile.ENDING));
        }
        if (items.isEmpty()) {
            throw new CloudException(target + ": is not written, as the data has no scenes; name data that has some");
        }
        Map<String, Long> counts =
                items.stream().collect(Collectors.groupingBy(StoredList.Item::id, Collectors.counting()));
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .findFirst()
                .ifPresent(entry -> {
                    throw new CloudException(
                            target + ": is not written, as " + entry.getValue() + " scenes of the data are called '"
                                    + entry.getKey() + "'; name data whose scenes have names of their own");
                });
        return items;
    }
}
