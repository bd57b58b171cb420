package org.scenecontexts.resident;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.resident.device.DeviceSession;

/**
 * Keeps activations as bfloat16, two in a word: 8 bits of precision and the range of float32; no value changes
 * its sign.
 */
final class Bfloat16Values implements PackedValues {

    private final boolean results;
    private final DeviceProgram program;
    private final DeviceSession session;

    /** @param results whether results are packed from the beginning on */
    Bfloat16Values(DeviceSession session, DevicePrograms programs, boolean results) {
        this.results = results;
        this.session = session;
        program = programs.compile(Bfloat16Values.class, "bfloat16.cl", Map.of());
    }

    @Override
    public boolean results() {
        return results;
    }

    @Override
    public int length(int n) {
        return Math.ceilDiv(n, 2);
    }

    @Override
    public void pack(int n, Buffer values, Buffer packed) {
        program.launch("packBfloat16", Groups.of(length(n)), n, values, packed);
    }

    @Override
    public void unpack(int n, Buffer packed, Buffer values) {
        program.launch("unpackBfloat16", Groups.of(length(n)), n, packed, values);
    }

    @Override
    public Buffer view(int n, Buffer packed) {
        return PackedBuffer.of(session, packed, n);
    }
}
