package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.CpuNeighbourKernels;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.votenet.loss.CpuBoxLossProvider;
import org.scenecontexts.votenet.net.Centres;

/** Steps of a detector where values stay on a device: nothing is waited for, and the loss is the processor's; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceDetectionTest {

    private ResidentEngine device;
    private TensorEngine cpu;

    @BeforeAll
    void open() {
        device = DeviceEngines.open();
        cpu = new CpuEngine(1, List.of(new CpuPointKernels(), new CpuNeighbourKernels(), new CpuBoxLossProvider()));
    }

    @AfterAll
    void close() {
        if (device != null) {
            device.close();
            cpu.close();
        }
    }

    /** A detector with whatever it stands on. */
    private record Detector(Detection task, Backbone backbone) {
        LossResult loss(Batch batch) {
            return task.loss(backbone, batch);
        }
    }

    static Stream<Arguments> detectors() {
        List<Arguments> all = new ArrayList<>();
        for (int votes : new int[] {0, 1, 2}) {
            all.add(Arguments.of(Named.of("seeds among all points, votes " + votes, (Function<TensorEngine, Detector>)
                    engine -> new Detector(
                            DetectionTest.task(
                                    new TestContext(engine, 3, 3, DetectionTest.CLASSES), votes, Centres.VOTES, false),
                            Backbone.of(new Sequential(List.of()), 3, points -> Backbone.inputs(engine, points))))));
            all.add(Arguments.of(Named.of("seeds of PointNet++, votes " + votes, (Function<TensorEngine, Detector>)
                    engine -> {
                        TestContext context = new TestContext(engine, 3, 256, DetectionTest.CLASSES);
                        return new Detector(
                                DetectionTest.task(context, votes, Centres.SEEDS, false),
                                DetectionTest.backbone(context));
                    })));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void aStepWaitsForNothing(Function<TensorEngine, Detector> maker) {
        Detector detector = maker.apply(device);
        long before = device.hostReads();
        LossResult loss = detector.loss(DetectionTest.batch(DetectionTest.scene(4, 1), DetectionTest.scene(6, 2)));
        loss.total().backward();
        assertThat(device.hostReads() - before).isZero();
        assertThat(device.borrowedCalls()).isZero();
    }

    /** Votes near the origin are no centres of groups there, as published; who they are is found on the host. */
    @Test
    void asPublishedPlacesOfVotesAreRead() {
        Detection task =
                DetectionTest.task(new TestContext(device, 3, 3, DetectionTest.CLASSES), 1, Centres.VOTES, true);
        Backbone backbone = Backbone.of(new Sequential(List.of()), 3, points -> Backbone.inputs(device, points));
        long before = device.hostReads();
        task.loss(backbone, DetectionTest.batch(DetectionTest.scene(4, 1)));
        assertThat(device.hostReads() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void lossAndFiguresAreThoseOfTheProcessor(Function<TensorEngine, Detector> maker) {
        LossResult found =
                maker.apply(device).loss(DetectionTest.batch(DetectionTest.scene(4, 1), DetectionTest.scene(6, 2)));
        LossResult expected =
                maker.apply(cpu).loss(DetectionTest.batch(DetectionTest.scene(4, 1), DetectionTest.scene(6, 2)));
        // As near as trainings on devices are held to: the network before the loss adds in another order, and norms
        // over some tens
        // of rows carry that on. How near the loss itself is for equal numbers says BoxLossKernelsTest.
        assertThat(found.total().item()).isCloseTo(expected.total().item(), withinPercentage(0.1));
        expected.figures()
                .forEach((name, figure) -> assertThat(found.figures().get(name).item())
                        .as(name)
                        .isCloseTo(figure.item(), withinPercentage(0.1)));
    }
}
