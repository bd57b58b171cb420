package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.Optional;

/** What {@code csc info} says, asked once for all parts that need it. */
final class DeviceInfo {

    private final CscProcess csc;
    private final DeviceKeys device;
    private Optional<CscProcess.Said> asked = Optional.empty();

    /** @param device what was asked for */
    DeviceInfo(CscProcess csc, DeviceKeys device) {
        this.csc = csc;
        this.device = device;
    }

    /** What was said before, for tests. */
    DeviceInfo(CscProcess csc, DeviceKeys device, CscProcess.Said said) {
        this(csc, device);
        asked = Optional.of(said);
    }

    CscProcess.Said said() throws IOException {
        if (asked.isEmpty()) {
            asked = Optional.of(csc.csc("info"));
        }
        return asked.orElseThrow();
    }

    /** How the card that was asked for is reached. */
    Drivers drivers() throws IOException {
        return Drivers.of(device, said().said().lines().toList());
    }
}
