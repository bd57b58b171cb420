package org.scenecontexts.votenet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.StateDicts;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadReader;
import org.scenecontexts.votenet.proposal.ProposalScores;

/** What a published detector gave for a batch, and its weights. */
record RecordedDetector(Npz golden, BoxCoding coding) {

    private static final double LIMIT = 1e-4;

    /** Gives a module its part of a published file, running statistics included. */
    static void load(String file, Module module, UnaryOperator<String> published) {
        Map<String, TorchTensor> tensors = StateDicts.of(TorchFile.read(TestFiles.golden(file)));
        for (StateEntry entry : module.state()) {
            String name = published.apply(entry.name());
            TorchTensor tensor = tensors.get(name);
            assertThat(tensor).as(name).isNotNull();
            assertThat(tensor.shape()).as(name).containsExactly(entry.shape());
            switch (entry) {
                case StateEntry.Floats floats -> floats.set(tensor.floats());
                case StateEntry.Whole whole -> whole.counter().set(tensor.longs()[0]);
            }
        }
        RunningStatistics.PUBLISHED.begin(module);
    }

    /** What the golden file has of votes, proposals and what is said about them, each relative to the norm of all. */
    void compare(String mode, DetectionNet.Output output) {
        float[] places = output.places().toArray();
        ProposalScores scores = new HeadReader(coding, coding.meanSizes().length)
                .read(places, output.head().toArray());
        expect(mode + "/vote_xyz", output.votes().toArray());
        expect(mode + "/objectness_scores", scores.objectness());
        expect(mode + "/center", scores.centres());
        if (golden.has(mode + "/aggregated_vote_xyz")) {
            expect(mode + "/aggregated_vote_xyz", places);
            expect(mode + "/heading_scores", scores.headings());
            expect(mode + "/heading_residuals", scores.headingResiduals());
            expect(mode + "/size_scores", scores.sizes());
            expect(mode + "/size_residuals", scores.sizeResiduals());
            expect(mode + "/sem_cls_scores", scores.classes());
        }
    }

    private void expect(String name, float[] found) {
        double[] expected = golden.get(name).doubles();
        assertThat(found).as(name).hasSize(expected.length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < found.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        assertThat(Math.sqrt(difference / norm)).as(name).isLessThan(LIMIT);
    }

    /** Norms of the gradients of all parameters, and some gradients whole, each relative to its norm. */
    void compareGradients(String mode, Map<String, Parameter> parameters) {
        String[] names = golden.get("param_names").strings();
        double[] norms = golden.get(mode + "/grad_norms").doubles();
        assertThat(parameters).hasSize(names.length);
        double largest = Arrays.stream(norms).max().orElseThrow();
        for (int i = 0; i < names.length; i++) {
            float[] gradient = parameters.get(names[i]).grad().orElseThrow().toArray();
            double sum = 0;
            for (float g : gradient) {
                sum += (double) g * g;
            }
            // Biases before a batch norm have no gradient but what rounding leaves.
            assertThat(Math.sqrt(sum)).as(names[i]).isCloseTo(norms[i], within(LIMIT * norms[i] + 1e-6 * largest));
            if (golden.has(mode + "/grad/" + names[i])) {
                expect(mode + "/grad/" + names[i], gradient);
            }
        }
    }
}
