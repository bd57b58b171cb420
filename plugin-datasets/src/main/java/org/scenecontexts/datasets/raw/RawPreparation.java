package org.scenecontexts.datasets.raw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.io.array.Leftovers;

/**
 * Prepares the scenes of a raw data set in parallel, and goes on where an earlier run was stopped.
 *
 * @since 0.2
 */
public final class RawPreparation implements Preparation {

    private final Plan plan;
    private final Parallel parallel;

    /**
     * What to do.
     *
     * @param target the folder to write
     * @param settings everything besides the sources that decides what is written, for the records of what is done
     * @param scenes found when the work begins, so that what an earlier stage of the pipeline writes is seen
     * @param finish writes what concerns all scenes (lists) and gives further figures
     */
    public record Plan(Path target, String settings, Finder scenes, Finish finish) {}

    /** Finds the scenes. */
    @FunctionalInterface
    public interface Finder {
        List<RawScene> find();
    }

    /** Ends the work. */
    @FunctionalInterface
    public interface Finish {
        /** @param figures receives more figures by name */
        void finish(Consumer<Map<String, Double>> figures);
    }

    public RawPreparation(Plan plan, Parallel parallel) {
        this.plan = plan;
        this.parallel = parallel;
    }

    @Override
    public Map<String, Double> run(WorkProgress progress) {
        List<RawScene> scenes = plan.scenes().find();
        List<Path> missing = SceneRecords.missing(scenes);
        if (!missing.isEmpty()) {
            throw new CloudException(missing.getFirst() + ": no such file"
                    + (missing.size() > 1 ? ", nor " + (missing.size() - 1) + " others" : "")
                    + " that the scenes need; download it again, or take the scene out of the source folder");
        }
        Leftovers.remove(plan.target());
        SceneRecords records = new SceneRecords(plan.target(), plan.settings());
        AtomicInteger done = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        parallel.run(scenes.size(), index -> {
            RawScene scene = scenes.get(index);
            if (!records.done(scene)) {
                SceneOutput output = new SceneOutput(plan.target());
                scene.maker().make(output);
                records.write(scene, output.written());
                made.incrementAndGet();
            }
            progress.at(done.incrementAndGet(), scenes.size(), scene.name());
        });
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("scenes", (double) scenes.size());
        figures.put("scenes_made", made.doubleValue());
        figures.put("scenes_kept", (double) scenes.size() - made.get());
        plan.finish().finish(figures::putAll);
        return figures;
    }
}
