package org.scenecontexts.votenet.loss.device;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.votenet.loss.BoxLossKernels;
import org.scenecontexts.votenet.proposal.HeadColumns;

/**
 * The loss of boxes where values stay on a device, so that a step of a detector waits for nothing: the true boxes go there, in two
 * copies, and nothing comes back.
 */
final class DeviceBoxLoss implements BoxLossKernels {

    /** Doubles of the parts of a proposal's loss, and shares that sums are multiplied by: as in the source. */
    private static final int PARTS = 7;

    private static final int SHARES = 5;

    private final BufferPool pool;
    private final DevicePrograms programs;
    private final DeviceWays ways;

    /** By the columns of the head, which are compiled in. */
    private final Map<HeadColumns, DeviceProgram> compiled = new HashMap<>();

    DeviceBoxLoss(TensorEngine engine, DevicePrograms programs) {
        pool = engine.buffers();
        this.programs = programs;
        ways = new DeviceWays(pool, programs);
    }

    private DeviceProgram program(HeadColumns columns) {
        return compiled.computeIfAbsent(
                columns,
                c -> programs.compile(
                        DeviceBoxLoss.class,
                        "boxloss.cl",
                        Map.of("HEADINGS", c.headings(), "SIZES", c.sizes(), "CLASSES", c.classes())));
    }

    @Override
    public void ways(Ways call) {
        ways.find(call);
    }

    @Override
    public void compare(Call call) {
        DeviceProgram program = program(HeadColumns.of(call.coding(), call.classes()));
        try (DeviceTruth truth = new DeviceTruth(pool, call);
                Found found = new Found(pool, call)) {
            votes(program, call, found);
            proposals(program, call, truth, found);
            totals(program, call, truth, found);
            slopes(program, call, truth, found);
        }
    }

    /** What kernels leave to one another. */
    private static final class Found implements AutoCloseable {
        private final BufferPool pool;
        private final int voters;
        private final int factor;
        private final Buffer parts;
        private final Indices states;
        private final Indices chosen;
        private final Buffer pulls;
        private final Buffer least;
        private final Indices picks;
        private final Buffer shares;

        Found(BufferPool pool, Call call) {
            this.pool = pool;
            Sizes sizes = call.sizes();
            int rows = call.truth().rows().count();
            // Without seeds that vote, votes are only looked at: what is no number must not be overlooked.
            voters = sizes.seeds() > 0 ? sizes.seeds() : sizes.votes();
            factor = sizes.votes() / voters;
            parts = pool.take(Math.multiplyExact(2 * PARTS, sizes.proposals()));
            states = pool.takeIndices(Math.multiplyExact(2, sizes.proposals()), Integer.MAX_VALUE);
            chosen = pool.takeIndices(Math.max(1, rows), 1 + sizes.proposals());
            pulls = pool.take(Math.max(2, 2 * rows));
            least = pool.take(voters);
            picks = pool.takeIndices(voters, 2 + 3 * factor);
            shares = pool.take(2 * SHARES);
        }

        @Override
        public void close() {
            pool.give(parts);
            states.release();
            chosen.release();
            pool.give(pulls);
            pool.give(least);
            picks.release();
            pool.give(shares);
        }
    }

    private static void votes(DeviceProgram program, Call call, Found found) {
        program.launch(
                "votes",
                Groups.of(found.voters),
                found.voters,
                found.factor,
                call.sizes().seeds() > 0 ? 1 : 0,
                call.votes(),
                call.seeds(),
                call.ways(),
                found.least,
                found.picks);
    }

    private static void proposals(DeviceProgram program, Call call, DeviceTruth truth, Found found) {
        int count = call.sizes().proposals();
        int scenes = call.truth().scenes();
        program.launch(
                "proposals",
                Groups.of(count),
                count,
                count / scenes,
                scenes,
                call.places(),
                call.head(),
                truth.labels(),
                truth.boxes(),
                call.assignment(),
                found.parts,
                found.states);
        program.launch(
                "nearestProposals",
                new Groups(call.truth().rows().count(), 1, 1),
                count / scenes,
                scenes,
                call.places(),
                call.head(),
                truth.labels(),
                truth.boxes(),
                found.chosen,
                found.pulls);
    }

    private static void totals(DeviceProgram program, Call call, DeviceTruth truth, Found found) {
        program.launch(
                "totals",
                new Groups(1, 1, 1),
                call.sizes().proposals(),
                call.truth().rows().count(),
                call.truth().scenes(),
                found.voters,
                found.factor,
                truth.labels(),
                truth.weights(),
                call.assignment(),
                found.parts,
                found.states,
                found.chosen,
                found.pulls,
                found.least,
                found.picks,
                found.shares,
                call.losses());
    }

    private static void slopes(DeviceProgram program, Call call, DeviceTruth truth, Found found) {
        int count = call.sizes().proposals();
        int scenes = call.truth().scenes();
        program.launch(
                "proposalSlopes",
                Groups.of(count),
                count,
                count / scenes,
                scenes,
                call.places(),
                call.head(),
                truth.labels(),
                truth.boxes(),
                truth.weights(),
                call.assignment(),
                found.states,
                found.chosen,
                found.shares,
                call.gradPlaces(),
                call.gradHead());
        program.launch(
                "voteSlopes",
                Groups.of(call.sizes().votes()),
                call.sizes().votes(),
                found.factor,
                call.votes(),
                call.seeds(),
                call.ways(),
                found.picks,
                truth.weights(),
                found.shares,
                call.gradVotes());
    }
}
