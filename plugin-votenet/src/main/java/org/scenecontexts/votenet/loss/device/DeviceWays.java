package org.scenecontexts.votenet.loss.device;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.votenet.loss.BoxLossKernels.Ways;
import org.scenecontexts.votenet.loss.VotedObjects;

/** Finds on the device where seeds should vote, so that the host need not know which points of the batch the seeds are. */
final class DeviceWays {

    private final BufferPool pool;
    private final DeviceProgram program;

    DeviceWays(BufferPool pool, DevicePrograms programs) {
        this.pool = pool;
        program = programs.compile(DeviceWays.class, "ways.cl", Map.of());
    }

    void find(Ways call) {
        VotedObjects objects = call.objects();
        int scenes = objects.scenes();
        Indices whole = whole(objects);
        Buffer numbers = numbers(objects);
        program.launch(
                "ways",
                Groups.of(call.seeds()),
                call.seeds(),
                call.seeds() / scenes,
                scenes,
                objects.ids().length > 0 ? 1 : 0,
                call.ids(),
                call.places(),
                whole,
                numbers.slice(0, 2 * objects.middles().length),
                numbers.slice(2 * objects.middles().length, 2 * objects.shapes().length),
                call.ways());
        whole.release();
        pool.give(numbers);
    }

    /** First instance of each scene, first box of each scene, halves of the ids. */
    private Indices whole(VotedObjects objects) {
        int scenes = objects.instances().length;
        int[] values = new int[2 * scenes + 2 * objects.ids().length];
        System.arraycopy(objects.instances(), 0, values, 0, scenes);
        System.arraycopy(objects.boxes(), 0, values, scenes, scenes);
        for (int i = 0; i < objects.ids().length; i++) {
            values[2 * (scenes + i)] = VotedObjects.low(objects.ids()[i]);
            values[2 * (scenes + i) + 1] = VotedObjects.high(objects.ids()[i]);
        }
        Indices there = pool.takeIndices(values.length, Integer.MAX_VALUE);
        there.copyIn(0, values, 0, values.length);
        return there;
    }

    /** Middles, then shapes, as doubles. */
    private Buffer numbers(VotedObjects objects) {
        double[] values = new double[objects.middles().length + objects.shapes().length];
        System.arraycopy(objects.middles(), 0, values, 0, objects.middles().length);
        System.arraycopy(objects.shapes(), 0, values, objects.middles().length, objects.shapes().length);
        Buffer there = pool.take(Math.max(2, 2 * values.length));
        there.copyIn(0, MemorySegment.ofArray(values), 2 * values.length);
        return there;
    }
}
