package org.scenecontexts.runtime.train;

import java.util.List;
import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.runtime.evaluate.Evaluation;
import org.scenecontexts.runtime.evaluate.Evaluator;
import org.scenecontexts.runtime.load.RequiredParts;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.Benchmarks;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/** Measures a model while it is trained and tells which of two measurements is better. */
final class Validator {

    private final TrainStage.Validation config;
    private final int workers;
    private final Model model;
    private final RunContext context;
    private final Dataset data;
    private final String metric;

    Validator(TrainStage.Validation config, int workers, Model model, RunContext context) {
        this.config = config;
        this.workers = workers;
        this.model = model;
        this.context = context;
        this.data = config.data().create(context.build("validation.data"));
        this.metric = config.metric()
                .orElseGet(() -> config.benchmark().map(Validator::leading).orElse(TrainStage.Validation.LOSS));
    }

    private static String leading(Choice<?, ?> benchmark) {
        if (benchmark.factory() instanceof BenchmarkFactory<?> factory) {
            return factory.leadingFigure();
        }
        throw new IllegalStateException(
                "plugin '" + benchmark.type() + "' makes a benchmark but is no BenchmarkFactory");
    }

    /** Number of scenes. */
    int scenes() {
        return data.size();
    }

    /** Name of the figure that tells which is best. */
    String metric() {
        return metric;
    }

    /** @param last whether no step follows */
    boolean due(long iteration, boolean last) {
        return iteration % config.every() == 0 || last;
    }

    Evaluation measure() {
        List<Transform> transforms = transforms(config.transforms(), context);
        List<Evaluator.Named> benchmarks = config.benchmark().stream()
                .map(choice -> new Evaluator.Named(
                        choice.type(), choice.create(context.benchmark("validation.benchmark", data.classes()))))
                .toList();
        return new Evaluator(model, context)
                .measure(data, transforms, benchmarks, config.batch(), workers, Progress.none());
    }

    private static List<Transform> transforms(List<Choice<BuildContext, Transform>> chosen, RunContext context) {
        return java.util.stream.IntStream.range(0, chosen.size())
                .mapToObj(i -> chosen.get(i).create(context.build("validation.transforms." + i)))
                .toList();
    }

    /** @throws StageFailedException when the figure that chooses the best was not measured */
    double leading(Evaluation evaluation) {
        Double value = evaluation.figures().get(metric);
        if (value == null) {
            throw new StageFailedException("the figure '" + metric + "' that shall choose the best checkpoint was not"
                    + " measured; there are " + evaluation.figures().keySet()
                    + "; set validation.metric to one of these");
        }
        return value;
    }

    private TrainStage.Goal goal() {
        return config.goal()
                .orElse(metric.equals(TrainStage.Validation.LOSS) ? TrainStage.Goal.LOWEST : TrainStage.Goal.HIGHEST);
    }

    /** @throws org.scenecontexts.api.data.CloudException when the data has nothing of what figures compare with */
    void requireParts() {
        RequiredParts.require(
                data,
                config.benchmark()
                        .<Set<ScenePart>>map(Benchmarks::needs)
                        .orElseGet(() -> model.spec().facts().needs()),
                "the validation data");
    }

    boolean better(double value, double than) {
        if (Double.isNaN(value)) {
            return false;
        }
        return Double.isNaN(than) || (goal() == TrainStage.Goal.LOWEST ? value < than : value > than);
    }
}
