package org.scenecontexts.votenet.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.votenet.DeviceEngines;
import org.scenecontexts.votenet.loss.device.DeviceBoxLossProvider;

/** The loss of boxes in kernels of a device; skipped where there is none. */
class DeviceBoxLossKernelsTest extends BoxLossKernelsTest {

    private ResidentEngine device;

    @Override
    TensorEngine engine() {
        device = DeviceEngines.open();
        return device;
    }

    @Override
    int reads() {
        return 0;
    }

    @Test
    void theDeviceHasKernelsOfItsOwn() {
        assertThat(device.kernel(BoxLossKernels.class).getClass().getPackageName())
                .isEqualTo(DeviceBoxLossProvider.class.getPackageName());
    }

    /** Each costs some microseconds, whatever it computes. */
    @Test
    void sixKernelsAreEnough() {
        BoxLossCase scenes = BoxLossCase.random(new BoxLossCase.Shape(new int[] {3, 4}, 0, 64, 1, 32, 12, 10), 1);
        scenes.on(device);
        long before = device.launches();
        scenes.on(device);
        assertThat(device.launches() - before).isEqualTo(6);
    }
}
