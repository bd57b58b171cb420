package org.scenecontexts.contrastive.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.DeviceEngines;
import org.scenecontexts.contrastive.loss.device.DeviceContrastProvider;
import org.scenecontexts.resident.ResidentEngine;

/** The contrastive losses in kernels of a device; skipped where there is none. */
class DeviceContrastKernelsTest extends ContrastKernelsTest {

    private ResidentEngine device;

    @Override
    TensorEngine engine() {
        device = DeviceEngines.open();
        return device;
    }

    @Override
    long hostReads() {
        return device.hostReads();
    }

    /** Everything is summed in double precision there. */
    @Override
    double hardestRounding() {
        return 1e-6;
    }

    @Test
    void theDeviceHasKernelsOfItsOwn() {
        assertThat(device.kernel(ContrastKernels.class).getClass().getPackageName())
                .isEqualTo(DeviceContrastProvider.class.getPackageName());
    }
}
