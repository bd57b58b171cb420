package org.scenecontexts.runtime.select;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.select.Selection;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Lets a selection choose points in every scene of a data set, with the features of a network at the original points
 * (REFERENCE 9.4; the published way dumps them to files first, 6.5).
 *
 * @since 0.1
 */
public final class PointSelection {

    private final Selection selection;
    private final Optional<Model> model;
    private final RunContext context;

    /**
     * What was chosen.
     *
     * @param points indices of the chosen points, by scene, in the order of the data set
     * @param seen points of all scenes together
     * @param objects of all scenes together; 0 where nobody knows them
     * @param covered those of them that have a chosen point
     */
    public record Chosen(Map<String, long[]> points, long seen, long objects, long covered) {}

    /** @param model in evaluation mode; empty when the selection needs no features */
    public PointSelection(Selection selection, Optional<Model> model, RunContext context) {
        this.selection = selection;
        this.model = model;
        this.context = context;
    }

    /** Chooses in all scenes, in order. */
    public Chosen choose(Dataset data, Progress progress) {
        Map<String, long[]> points = new LinkedHashMap<>();
        long seen = 0;
        long objects = 0;
        long covered = 0;
        Optional<SceneFeatures> network = model.map(found -> new SceneFeatures(found, data, context));
        for (int i = 0; i < data.size(); i++) {
            context.endIfStopping();
            Scene scene = data.load(i).scene();
            Chance chance = context.chance("scenes").at(scene.id());
            int[] chosen = selection.choose(
                    scene,
                    network.map(found -> found.of(scene, chance.at("sampling"))).orElseGet(PointFeatures::none),
                    chance.at("choice").random());
            for (int point : chosen) {
                if (point < 0 || point >= scene.size()) {
                    throw new CloudException("the selection chose point " + point + " of scene '" + scene.id()
                            + "', which has " + scene.size() + " points; this is a defect of the selection's plugin");
                }
            }
            points.put(scene.id(), Arrays.stream(chosen).asLongStream().toArray());
            seen += scene.size();
            objects += objects(Arrays.stream(scene.instances()));
            covered += scene.hasInstances() ? objects(Arrays.stream(chosen).map(point -> scene.instances()[point])) : 0;
            progress.at(i + 1L, scene.id());
        }
        return new Chosen(points, seen, objects, covered);
    }

    private static long objects(IntStream instances) {
        return instances.filter(instance -> instance >= 0).distinct().count();
    }
}
