package org.scenecontexts.contrastive.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.DeviceEngines;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.contrastive.loss.composed.ComposedContrastProvider;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.testkit.OpaqueEngine;

/** Losses, contexts and gradients against the published training iteration (goldens contrastive_*.npz). */
class PublishedLossTest {

    @ParameterizedTest
    @CsvSource({
        "contrastive_plain.npz, scalar",
        "contrastive_plain.npz, best",
        "contrastive_plain.npz, composed",
        "contrastive_plain.npz, device",
        "contrastive_sc_2x2.npz, scalar",
        "contrastive_sc_2x2.npz, best",
        "contrastive_sc_2x2.npz, composed",
        "contrastive_sc_2x2.npz, device",
        "contrastive_sc_fast.npz, scalar",
        "contrastive_sc_fast.npz, best",
        "contrastive_sc_fast.npz, composed",
        "contrastive_sc_fast.npz, device"
    })
    void lossAndGradientsEqualThePublishedOnes(String file, String kernels) {
        try (Npz golden = Npz.open(TestFiles.golden(file));
                TensorEngine engine = engine(kernels)) {
            Recorded recorded = new Recorded(golden);
            Tensor f0 = engine.wrap(golden.get("F0").floats(), 700, 32).requireGrad();
            Tensor f1 = engine.wrap(golden.get("F1").floats(), 650, 32).requireGrad();
            MatchedViews views =
                    new MatchedViews(f0, f1, recorded.positions(), recorded.offsets(), new int[0], new int[0]);
            PointInfoNce loss = new PointInfoNce(
                    recorded.partitioner(),
                    recorded.wholeBatch() ? PointInfoNce.Negatives.BATCH : PointInfoNce.Negatives.PAIR,
                    recorded.number("T"),
                    (int) recorded.number("npos"),
                    false);

            LossResult result = loss.of(views, recorded.groups());
            double expected = golden.get("loss").scalar();
            assertThat((double) result.total().item()).isCloseTo(expected, within(expected));
            result.total().backward();
            assertThat(relativeError(
                            f0.grad().orElseThrow().toArray(),
                            golden.get("grad_F0").floats()))
                    .isLessThan(1e-5);
            assertThat(relativeError(
                            f1.grad().orElseThrow().toArray(),
                            golden.get("grad_F1").floats()))
                    .isLessThan(1e-5);
        }
    }

    private static TensorEngine engine(String kernels) {
        return switch (kernels) {
            case "scalar" -> scalar();
            case "composed" -> new OpaqueEngine(TestEngines.cpu(2), List.of(new ComposedContrastProvider()));
            case "device" -> DeviceEngines.open();
            default -> TestEngines.cpu(2);
        };
    }

    private static TensorEngine scalar() {
        return new CpuEngine(2, List.of(new KernelProvider<ContrastKernels>() {
            @Override
            public Class<ContrastKernels> type() {
                return ContrastKernels.class;
            }

            @Override
            public String device() {
                return "cpu";
            }

            @Override
            public ContrastKernels create(TensorEngine engine) {
                return new CpuContrastKernels(engine, new ScalarAnchorLoops());
            }
        }));
    }

    @ParameterizedTest
    @CsvSource({"contrastive_sc_2x2.npz", "contrastive_sc_fast.npz"})
    void everyPointFallsIntoThePublishedContext(String file) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            Recorded recorded = new Recorded(golden);
            for (int b = 0; b < 2; b++) {
                float[] xyz = golden.get("partition_xyz" + b).floats();
                int n = xyz.length / 3;
                Positions positions = Positions.of(xyz, IntStream.range(0, n).toArray());
                int[] expected = golden.get("partition" + b).ints();
                int[] contexts = new int[n];
                for (int i = 0; i < n; i++) {
                    recorded.partitioner().contexts(i, positions, contexts);
                    for (int j = 0; j < n; j++) {
                        if (i != j) {
                            int published = expected[i * n + j] < 0 ? Partitioner.NONE : expected[i * n + j];
                            assertThat(contexts[j])
                                    .as("context of %d seen from %d", j, i)
                                    .isEqualTo(published);
                        }
                    }
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.data.Offset.offset(Math.abs(value) * 1e-5);
    }

    private static double relativeError(float[] found, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /** What the golden file recorded of one published iteration, with the published way of picking matches. */
    private static final class Recorded {

        private final Npz golden;
        private final Map<String, String> parameters = new HashMap<>();
        private final int[] coordinates;

        Recorded(Npz golden) {
            this.golden = golden;
            for (String parameter : golden.get("params").strings()) {
                String[] parts = parameter.split("=");
                parameters.put(parts[0], parts[1]);
            }
            coordinates = golden.get("coords0").ints();
        }

        double number(String name) {
            return Double.parseDouble(parameters.get(name));
        }

        boolean wholeBatch() {
            return parameters.get("trainer").equals("PointNCELossTrainer");
        }

        Partitioner partitioner() {
            if (wholeBatch()) {
                return Partitioner.everything();
            }
            return parameters.get("fast").equals("True")
                    ? new HalfSpaces(number("r1"), number("r2"))
                    : new AngularBins(number("r1"), number("r2"), (int) number("nbins_xy"), (int) number("nbins_zy"));
        }

        float[] positions() {
            float[] positions = new float[coordinates.length / 4 * 3];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = coordinates[i / 3 * 4 + 1 + i % 3];
            }
            return positions;
        }

        int[] offsets() {
            int split = (int) IntStream.range(0, coordinates.length / 4)
                    .filter(i -> coordinates[4 * i] == 0)
                    .count();
            return new int[] {0, split, coordinates.length / 4};
        }

        /** The published pick walks the unsorted matches as if they were sorted. */
        List<MatchPicker.Picked> groups() {
            int[] matches = golden.get("correspondences").ints();
            float[] uniform = golden.get("uniform").floats();
            TreeMap<Integer, Integer> counts = new TreeMap<>();
            for (int i = 0; i < matches.length / 2; i++) {
                counts.merge(matches[2 * i], 1, Integer::sum);
            }
            int[] first = counts.keySet().stream().mapToInt(i -> i).toArray();
            int[] second = new int[first.length];
            int start = 0;
            for (int i = 0; i < first.length; i++) {
                int count = counts.get(first[i]);
                second[i] = matches[2 * (start + (int) (uniform[i] * count)) + 1];
                start += count;
            }
            int border = (int)
                    Arrays.stream(first).filter(i -> coordinates[4 * i] == 0).count();
            MatchPicker.Picked all = new MatchPicker.Picked(first, second, new int[] {0, border, first.length});
            return wholeBatch() ? List.of(chosen(all, 0)) : List.of(chosen(all.pair(0), 0), chosen(all.pair(1), 1));
        }

        private MatchPicker.Picked chosen(MatchPicker.Picked group, int number) {
            return golden.has("choice" + number)
                    ? group.choose(golden.get("choice" + number).ints())
                    : group;
        }
    }
}
