package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;

/** A contract that passes whatever it is given is worth nothing: parts with one fault each are refused by it. */
class FaultsAreFoundTest {

    public record Nothing() {}

    /** A backbone of one layer with a fault. */
    private record Faulty(Fault fault) implements BackboneFactory<Nothing> {

        enum Fault {
            WIDTH,
            CHANCE,
            COMPANY,
            ARRAY
        }

        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public String summary() {
            return "A layer with a fault.";
        }

        @Override
        public Sampler sampling(Nothing config) {
            return Samplers.all();
        }

        @Override
        public Backbone create(Nothing config, ModelContext context) {
            RandomGenerator random = fault == Fault.CHANCE ? new java.util.Random(System.nanoTime()) : context.random();
            Linear layer = new Linear(context.engine(), random, context.inputChannels(), 6, true);
            return Backbone.of(layer, fault == Fault.WIDTH ? 7 : 6, batch -> {
                Tensor features = layer.apply(Backbone.inputs(context.engine(), batch));
                if (fault == Fault.ARRAY) {
                    features.buffer().array();
                }
                return fault == Fault.COMPANY ? features.scale(batch.scenes()) : features;
            });
        }
    }

    private static BackboneContract<Nothing> contract(Faulty.Fault fault) {
        return new BackboneContract<>() {
            @Override
            protected BackboneFactory<Nothing> factory() {
                return new Faulty(fault);
            }

            @Override
            protected Nothing config() {
                return new Nothing();
            }

            @Override
            protected TensorEngine engine(int threads) {
                return new CpuEngine(threads, List.of());
            }
        };
    }

    @Test
    void aBackboneThatAnnouncesAnotherWidth() {
        assertThatThrownBy(
                        () -> contract(Faulty.Fault.WIDTH).givesOneFiniteRowPerSampledPointOfTheWidthThatItAnnounces())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aBackboneWithChanceOfItsOwn() {
        assertThatThrownBy(() -> contract(Faulty.Fault.CHANCE).theSameSeedGivesTheSameBits())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aBackboneThatSeesItsCompany() {
        assertThatThrownBy(() -> contract(Faulty.Fault.COMPANY).aSceneIsSeenTheSameWhateverItIsStackedWith())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aBackboneThatAsksForAnArray() {
        assertThatThrownBy(() -> contract(Faulty.Fault.ARRAY).asksForNoArrayThatADeviceDoesNotHave())
                .hasMessageContaining("opaque");
    }

    @Test
    void aTransformThatRemembers() {
        var contract = new TransformContract<Nothing>() {
            @Override
            protected TransformFactory<Nothing> factory() {
                return new Remembering();
            }

            @Override
            protected Nothing config() {
                return new Nothing();
            }

            @Override
            protected BuildContext context(long seed) {
                return KitContext.withoutNetwork(new CpuEngine(1, List.of()), seed);
            }
        };
        assertThatThrownBy(contract::theSameChanceGivesTheSameResultAlsoFromOneThatHasWorkedBefore)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::leavesItsArgumentAlone).isInstanceOf(AssertionError.class);
    }

    /** Moves scenes further every time, in place. */
    private static final class Remembering implements TransformFactory<Nothing> {

        @Override
        public String name() {
            return "remembering";
        }

        @Override
        public String summary() {
            return "Moves scenes further every time.";
        }

        @Override
        public Transform create(Nothing config, BuildContext context) {
            AtomicInteger calls = new AtomicInteger();
            return new Transform() {
                @Override
                public Scene apply(Scene scene, RandomGenerator random) {
                    scene.positions()[0] += calls.incrementAndGet();
                    return scene;
                }
            };
        }
    }

    @Test
    void anEngineThatPromisesMoreThanItKeeps() {
        AtomicInteger engines = new AtomicInteger();
        var conformance = new EngineConformance() {
            @Override
            protected TensorEngine engine(int threads) {
                int number = engines.incrementAndGet();
                CpuEngine cpu = new CpuEngine(threads, List.of());
                return (TensorEngine) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {TensorEngine.class}, (self, method, arguments) -> {
                            if (method.getName().equals("repeatability")) {
                                return Repeatability.SAME_BITS;
                            }
                            if (method.getName().equals("bufferOf") && ((float[]) arguments[0]).length > 0) {
                                ((float[]) arguments[0])[0] += number;
                            }
                            return method.invoke(cpu, arguments);
                        });
            }
        };
        assertThatThrownBy(conformance::bitsRepeatWhereThatIsDeclared).isInstanceOf(AssertionError.class);
    }
}
