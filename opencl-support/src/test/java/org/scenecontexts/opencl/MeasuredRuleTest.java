package org.scenecontexts.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MeasuredRuleTest {

    /** 10 us to launch, 1 GB/s. */
    private static final Link LINK = new Link(1e-5, 1e9);

    @Test
    void deviceThatIsNoFasterNeverPays() {
        Rule rule = new MeasuredRule("sum", LINK, 1e9, 1e9);

        assertThat(rule.pays(new DeviceWork(1e15, 1))).isFalse();
        assertThat(rule.describe()).isEqualTo("sum: CPU (device 1.00, CPU 1.00 G operations/s)");
    }

    @Test
    void arithmeticThatIsSavedHasToOutweighTheLaunch() {
        Rule rule = new MeasuredRule("sum", LINK, 1e10, 1e9);

        // 0.9 ns saved per operation: 10 us are 11,111 operations.
        assertThat(rule.pays(new DeviceWork(11_000, 0))).isFalse();
        assertThat(rule.pays(new DeviceWork(11_200, 0))).isTrue();
    }

    @Test
    void arithmeticThatIsSavedHasToOutweighTheTransfer() {
        Rule rule = new MeasuredRule("sum", LINK, 1e10, 1e9);

        // 1 ns per byte against 0.9 ns saved per operation, for a call so large that the launch does not count.
        assertThat(rule.pays(new DeviceWork(1.10e9, 1e9))).isFalse();
        assertThat(rule.pays(new DeviceWork(1.12e9, 1e9))).isTrue();
        assertThat(rule.describe()).startsWith("sum: device from 1.1 operations per byte");
    }

    @Test
    void ratesComeFromTheSample() {
        DeviceWork work = new DeviceWork(1e6, 1e6);
        MeasuredRule rule = MeasuredRule.measure(
                "nap", LINK, work, () -> LockSupport.parkNanos(3_000_000), () -> LockSupport.parkNanos(8_000_000));

        // 3 ms on the device, of which 1.01 for launch and transfer; sleeping takes a little longer than asked.
        assertThat(rule.deviceRate()).isBetween(1e6 / 4e-3, 1e6 / 1.99e-3);
        assertThat(rule.cpuRate()).isBetween(1e6 / 12e-3, 1e6 / 8e-3);
    }
}
