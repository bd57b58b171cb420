package org.scenecontexts.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the device that this machine prefers; skipped, with the reason, where there is none. */
class ClLauncherTest {

    private ClLauncher launcher;

    @BeforeEach
    void findDevice() {
        try {
            launcher = new ClLauncher(ClDevices.choose(""));
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void everyItemRunsAlsoWhereTheirNumberIsPrime() {
        CopyKernel kernel = new CopyKernel();
        kernel.count = 1009;
        kernel.in = new float[1009];
        kernel.out = new float[1009];
        Arrays.fill(kernel.in, 3);

        launcher.run(kernel, 1009);

        assertThat(kernel.out).containsOnly(3);
    }

    @Test
    void kernelThatCannotBeTranslatedIsAFailureThatNamesIt() {
        assertThatThrownBy(() -> launcher.prepare(new Untranslatable()))
                .isInstanceOf(DeviceFailure.class)
                .hasMessageContaining("translation of Untranslatable for OpenCL failed");
    }

    @Test
    void launchThatTheDeviceRefusesIsAFailureAndDoesNotRunInJava() {
        Refused kernel = new Refused();

        assertThatThrownBy(() -> launcher.runGroups(kernel, 1, 2 * launcher.maxGroup(kernel)))
                .isInstanceOf(DeviceFailure.class)
                .hasMessageContaining("Refused could not be run on " + launcher.device());
        assertThat(kernel.out).containsOnly(0);
    }

    @Test
    void groupsAsLargeAsTheKernelAllowsAreRun() {
        CopyKernel kernel = new CopyKernel();
        int size = launcher.maxGroup(kernel);
        kernel.count = size;
        kernel.in = new float[size];
        kernel.out = new float[size];
        Arrays.fill(kernel.in, 3);

        launcher.runGroups(kernel, 1, size);

        assertThat(kernel.out).containsOnly(3);
    }

    @Test
    void unknownDeviceIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> ClDevices.choose("no such thing"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'no such thing'")
                .hasMessageContaining(ClDevices.list().getFirst().name());
    }

    @Test
    void listingSaysWhichDeviceWouldBeUsedAndItsLimits() {
        assertThat(ClDevices.describe().getFirst())
                .startsWith("used unless 'name' says otherwise: " + launcher.device())
                .contains("compute units", "MiB per buffer", "work groups up to ");
    }
}
