package org.scenecontexts.runtime.plugin;

import java.util.List;
import java.util.Optional;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.ExporterFactory;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.api.select.SelectionFactory;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.api.workload.WorkloadSuite;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.runtime.config.Names;

/**
 * The extension points of the API, in the order of listings.
 *
 * @since 0.1
 */
public final class ExtensionPoints {

    /** The factories that pipelines can name. */
    public static final List<Class<?>> FACTORIES = List.of(
            BackboneFactory.class,
            TaskFactory.class,
            LossFactory.class,
            DatasetFactory.class,
            PreparationFactory.class,
            SelectionFactory.class,
            TransformFactory.class,
            BenchmarkFactory.class,
            ExporterFactory.class,
            OptimizerFactory.class,
            ScheduleFactory.class,
            TrainingHookFactory.class,
            EngineFactory.class);

    private ExtensionPoints() {}

    /** The interfaces that a {@code META-INF/services} file on the class path can be named after. */
    static List<Class<?>> services() {
        return java.util.stream.Stream.concat(
                        FACTORIES.stream(),
                        java.util.stream.Stream.of(
                                Factory.class,
                                KernelProvider.class,
                                CloudReader.class,
                                WorkloadSuite.class,
                                WorkloadClouds.class))
                .toList();
    }

    /** What a factory makes, in words: {@code backbone}, {@code training hook}. */
    public static String noun(ExtensionPoint extension) {
        Optional<String> known = FACTORIES.stream()
                .filter(point -> point.isInstance(extension))
                .map(point -> Names.hyphenated(point.getSimpleName().replaceFirst("Factory$", ""))
                        .replace('-', ' '))
                .findFirst();
        return known.orElse(
                switch (extension) {
                    case KernelProvider<?> kernels -> "kernels";
                    case CloudReader reader -> "file format";
                    case WorkloadSuite suite -> "workloads";
                    case WorkloadClouds clouds -> "clouds";
                    default -> "extension";
                });
    }
}
