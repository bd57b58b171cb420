package org.scenecontexts.runtime.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.TooFewRowsException;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.engine.cpu.CpuEngine;

/** Every fault of a part names the part and its plugin, what was found and what is expected. */
class GuardTest extends GuardedParts {

    private static final String WHO = "of plugin 'acme' 1.2";

    private final CpuEngine engine = new CpuEngine(1, List.of());
    private final RandomGenerator random = new SplittableRandom(1);

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void createThatThrowsNamesPluginTypeLineAndTheWayToTheTrace() {
        Backbones factory = new Backbones(
                context -> {
                    throw new NullPointerException("weights");
                },
                Samplers.points(8));
        assertThatExceptionOfType(PluginFaultException.class)
                .isThrownBy(() -> guarded(factory).create(new None(), null))
                .withMessageContaining("backbone 'widget' " + WHO + ": create(")
                .withMessageContaining("NullPointerException: weights at " + GuardTest.class.getName())
                .withMessageContaining("GuardTest.java:")
                .withMessageContaining("--stacktrace shows where")
                .withCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void aSentenceOfThePluginIsShownAsItIs() {
        Backbones factory = new Backbones(
                context -> {
                    throw new IllegalArgumentException("width 3 is odd; make it even");
                },
                Samplers.points(8));
        assertThatThrownBy(() -> guarded(factory).create(new None(), null))
                .hasMessage("backbone 'widget' " + WHO + ": width 3 is odd; make it even; --stacktrace shows where");
    }

    @Test
    void createThatReturnsNullOrSomethingElseIsABreach() {
        assertThatThrownBy(() -> guarded(new Backbones(context -> null, Samplers.points(8)))
                        .create(new None(), null))
                .hasMessageContaining(WHO + ": create(config, context) returned null, expected a backbone");
        assertThatThrownBy(() -> guarded(new Raw<Object>("a text")).create(new None(), null))
                .hasMessageContaining("returned a java.lang.String, expected a backbone");
    }

    /** As a plugin in another language may be: nothing checks the type of what it gives back. */
    private static final class Raw<T> extends Named implements Factory<None, ModelContext, T> {
        private final T made;

        Raw(T made) {
            this.made = made;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<T> product() {
            return (Class<T>) Backbone.class;
        }

        @Override
        public T create(None config, ModelContext context) {
            return made;
        }
    }

    @Test
    void aMissingClassIsExplained() {
        Backbones factory = new Backbones(
                context -> {
                    throw new NoClassDefFoundError("org/yaml/snakeyaml/Yaml");
                },
                Samplers.points(8));
        assertThatThrownBy(() -> guarded(factory).create(new None(), null))
                .isInstanceOf(PluginFaultException.class)
                .hasMessageContaining(WHO)
                .hasMessageContaining("needs the class org.yaml.snakeyaml.Yaml, which is missing")
                .hasMessageContaining("put the missing library into the plugin");
    }

    @Test
    void anEndlessRecursionIsContained() {
        Backbone endless = backbone(batch -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> endless.features(batch().points()))
                .isInstanceOf(PluginFaultException.class)
                .hasMessageContaining("features(batch) never ends");
    }

    @Test
    void memoryAndWhatTheApiLetsPartsThrowPassUnchanged() {
        for (Throwable allowed : List.of(
                new OutOfMemoryError("heap"),
                new CloudException("a.ply: no such file"),
                new UnsupportedOperationException("no seeds"),
                new TooFewRowsException("1 row"))) {
            Backbone backbone = backbone(batch -> {
                switch (allowed) {
                    case Error error -> throw error;
                    case RuntimeException exception -> throw exception;
                    default -> throw new AssertionError(allowed);
                }
            });
            assertThatThrownBy(() -> backbone.features(batch().points())).isSameAs(allowed);
        }
    }

    @Test
    void featuresOfAnotherShapeAreABreachThatNamesBothShapes() {
        for (int[] shape : List.of(new int[] {2, 4}, new int[] {3, 5}, new int[] {12})) {
            int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            Backbone backbone = backbone(batch -> engine.wrap(new float[size], shape));
            assertThatThrownBy(() -> backbone.features(batch().points()))
                    .hasMessageContaining("backbone 'widget' " + WHO)
                    .hasMessageContaining("gave " + Arrays.toString(shape) + ", expected [3, 4]");
        }
        assertThatThrownBy(() -> backbone(batch -> null).features(batch().points()))
                .hasMessageContaining("returned null, expected a tensor [3, 4]");
    }

    @Test
    void aLossThatIsNoScalarIsABreach() {
        Task task = losing((backbone, batch) -> new LossResult(engine.wrap(new float[3], 3), Map.of(), 1));
        assertThatThrownBy(() -> task.loss(null, batch()))
                .hasMessageContaining("task 'widget' " + WHO + ": loss(backbone, batch) gave the loss [3]")
                .hasMessageContaining("expected a scalar");
        assertThatThrownBy(() -> losing((backbone, batch) -> null).loss(null, batch()))
                .hasMessageContaining("loss(backbone, batch) returned null");
    }

    @Test
    void theFaultOfABackboneIsNotBlamedOnTheTaskThatCallsIt() {
        Backbone broken = backbone(batch -> null);
        Task task = losing((backbone, batch) ->
                new LossResult(backbone.features(batch.points()).sum(), Map.of(), 1));
        assertThatThrownBy(() -> task.loss(broken, batch())).hasMessageStartingWith("backbone 'widget'");
    }

    @Test
    void fewerPredictionsThanSamplesAreABreach() {
        assertThatThrownBy(() -> predicting(batch -> List.of()).predict(null, batch()))
                .hasMessageContaining("gave 0 predictions, expected 1, one for each sample");
        assertThatThrownBy(() -> predicting(batch -> Arrays.asList((ScenePrediction) null))
                        .predict(null, batch()))
                .hasMessageContaining("gave null for scene 'hall'");
        assertThatThrownBy(() -> predicting(batch ->
                                List.of(ScenePrediction.semantic(new int[2], new float[2], new float[6], new int[3])))
                        .predict(null, batch()))
                .hasMessageContaining("gave 2 labels and 2 confidences for scene 'hall'")
                .hasMessageContaining("3 in all");
    }

    @Test
    void aLabelOutsideTheClassListNamesSceneAndList() {
        assertThatThrownBy(() -> data(index -> Example.of(scene(0, 2))).load(0))
                .hasMessageContaining("data set 'widget' " + WHO)
                .hasMessageContaining("point 1 of scene 'hall' the label 2")
                .hasMessageContaining("expected 0 to 1 for the classes [floor, wall]");
        assertThat(data(index -> Example.of(scene(-1, -2, 1))).load(0).scene().size())
                .isEqualTo(3);
    }

    @Test
    void aLoadThatThrowsReturnsNullOrAnotherNumberOfViewsIsNamed() {
        assertThatThrownBy(() -> data(index -> {
                            throw new ArrayIndexOutOfBoundsException("7");
                        })
                        .load(1))
                .hasMessageContaining("load(1) failed with java.lang.ArrayIndexOutOfBoundsException: 7 at");
        assertThatThrownBy(() -> data(index -> null).load(0)).hasMessageContaining("load(0) returned null");
        assertThatThrownBy(() -> data(index -> new Example("x", List.of(scene(0), scene(0))))
                        .load(0))
                .hasMessageContaining("an example of 2 view(s), expected 1");
    }

    @Test
    void twoExamplesOfOneNameAreRefused() {
        Datasets twins = new Datasets(new FixedData(List.of("a", "b", "a"), 1, index -> null));
        assertThatThrownBy(() -> guarded(twins).create(new None(), null))
                .hasMessageContaining("id(2) returned 'a', which an earlier example has too");
    }

    @Test
    void aTransformThatReturnsNullIsNamed() {
        final class Transforms extends Named implements TransformFactory<None> {
            @Override
            public Transform create(None config, BuildContext context) {
                return new Transform() {
                    @Override
                    public Scene apply(Scene scene, RandomGenerator chance) {
                        return null;
                    }

                    @Override
                    public SampledPoints applySampled(SampledPoints points, RandomGenerator chance) {
                        throw new ClassCastException("x");
                    }
                };
            }
        }
        Transform transform = guarded(new Transforms()).create(new None(), null);
        assertThatThrownBy(() -> transform.apply(scene(0), random))
                .hasMessageContaining("transform 'widget' " + WHO + ": apply(scene) returned null");
        assertThatThrownBy(() -> transform.applySampled(sampled(), random))
                .hasMessageContaining("applySampled(points) failed with java.lang.ClassCastException");
    }

    @Test
    void aBenchmarkThatFailsNamesTheScene() {
        final class Benchmarks extends Named implements BenchmarkFactory<None> {
            @Override
            public Set<Prediction.Part> takes(None config) {
                return Set.of(Prediction.Part.LABELS);
            }

            @Override
            public String leadingFigure() {
                return "share";
            }

            @Override
            public Benchmark create(None config, Context context) {
                return new Benchmark() {
                    @Override
                    public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
                        throw new ArithmeticException("/ by zero");
                    }

                    @Override
                    public Report report() {
                        return null;
                    }
                };
            }
        }
        Benchmark benchmark = guarded(new Benchmarks()).create(new None(), null);
        assertThatThrownBy(() -> benchmark.add(scene(0), sampled(), null))
                .hasMessageContaining("benchmark 'widget' " + WHO + ": add(scene 'hall') failed with")
                .hasMessageContaining("/ by zero");
        assertThatThrownBy(benchmark::report).hasMessageContaining("report() returned null, expected a report");
    }

    @Test
    void theLossThatATaskCreatesIsGuardedToo() {
        final class Losses extends Named implements LossFactory<None, ClassificationLoss> {
            @Override
            public Class<ClassificationLoss> product() {
                return ClassificationLoss.class;
            }

            @Override
            public ClassificationLoss create(None config, ModelContext context) {
                return (scores, labels) -> scores;
            }
        }
        ClassificationLoss loss = guarded(new Losses()).create(new None(), null);
        assertThatThrownBy(() -> loss.apply(engine.wrap(new float[6], 3, 2), null))
                .hasMessageContaining("classification loss 'widget' " + WHO)
                .hasMessageContaining("[3, 2], expected a scalar");
    }

    @Test
    void aSamplerThatForgetsPointsIsNamed() {
        Sampler forgetful = (scene, chance) -> new SampledPoints(scene(0), new int[0], 0, new int[] {0}, new int[] {0});
        Sampler sampler = sampling(forgetful);
        assertThatThrownBy(() -> sampler.sample(scene(0, 1), random))
                .hasMessageContaining("backbone 'widget' " + WHO)
                .hasMessageContaining("for scene 'hall', gave rows for 1 points, expected one entry for each of the"
                        + " scene's 2 points");
        assertThatThrownBy(() -> sampling(null))
                .hasMessageContaining("sampling(...) returned null, expected a sampler");
    }

    private static Sampler sampling(Sampler sampler) {
        return ((BackboneFactory<None>) guarded(new Backbones(context -> null, sampler))).sampling(new None());
    }

    /** A default method that a guard does not hand on would silently do nothing. */
    @Test
    void everyMethodOfAnInterfaceIsHandedOn() {
        for (Class<?> kind : GuardedProducts.kinds()) {
            Object guarded =
                    GuardedProducts.guard(new Guard(new PluginPart("part", "x", "acme", "1")), kind, stub(kind));
            for (Method method : kind.getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    continue;
                }
                assertThatCode(() -> guarded.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .as("%s of %s", method.getName(), guarded.getClass().getSimpleName())
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Answers what a guard asks of a part when it is put behind it. */
    private static Object stub(Class<?> kind) {
        return Proxy.newProxyInstance(
                GuardTest.class.getClassLoader(),
                new Class<?>[] {kind},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "channels", "views" -> 1;
                    case "size" -> 0;
                    case "classes" -> SceneClasses.none();
                    case "module" -> new Module() {};
                    default -> null;
                });
    }

    @Test
    void aGuardedFactoryIsStillWhatItWasAndIsGuardedOnce() {
        Factory<None, ModelContext, Backbone> factory = guarded(new Backbones(context -> null, Samplers.points(8)));
        assertThat(factory.name()).isEqualTo("widget");
        assertThat(factory.configType()).isEqualTo(None.class);
        assertThat(guarded(factory)).isSameAs(factory);
        assertThat(java.util.Set.of(factory)).contains(guarded(factory));
    }
}
