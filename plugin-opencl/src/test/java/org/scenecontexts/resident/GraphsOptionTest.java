package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.resident.cl.OpenClDevices;
import org.scenecontexts.testing.CudaStandIn;

/** What {@code graphs: true} does for an engine, on the stand-in, and for devices that have none. */
class GraphsOptionTest {

    private static final int ROWS = 8;

    private static ResidentConfig config(boolean graphs) {
        return new ResidentConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResidentConfig.Compute.FP32,
                ResidentConfig.Stored.FP32,
                ResidentConfig.Stored.FP32,
                graphs);
    }

    private static float[] steps(boolean graphs) {
        CudaEngineFactory factory =
                CudaEngineFactory.onStandIn(CudaStandIn.make().library(), false);
        try (ResidentEngine engine = Engines.open(config(graphs), factory)) {
            Buffer values = engine.bufferOf(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
            for (int i = 0; i < 4; i++) {
                for (int k = 1; k < 6; k++) {
                    engine.dense().scale(ROWS, 1.1f * k - 0.3f * i, values, values);
                }
                values.copyIn(i, new float[] {i}, 0, 1);
            }
            return values.toArray(ROWS);
        }
    }

    @Test
    void anEngineWithGraphsComputesTheSameBits() {
        assertThat(steps(true)).isEqualTo(steps(false));
    }

    @Test
    void anOpenClDeviceIsRefusedBeforeItIsOpened() {
        try {
            OpenClDevices.find().list();
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
        assertThatThrownBy(() -> new ResidentEngineFactory(false).require(config(true)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("graphs: true needs device: cuda, found the OpenCL device");
    }
}
