package org.scenecontexts.testing;

import java.time.Instant;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets the suite of a class run on {@link CudaStandIn}, and gives what it compiled to NVIDIA's own compiler too. The class is
 * skipped, with the reason, where the stand-in cannot be made.
 */
public final class OnCudaStandIn implements BeforeAllCallback, AfterAllCallback {

    private Instant began = Instant.EPOCH;

    @Override
    public void beforeAll(ExtensionContext context) {
        began = Instant.now();
        CudaStandIn.make();
        System.setProperty(TestDevice.PROPERTY, "stand-in");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(TestDevice.PROPERTY);
        RealCudaCompiler.take(began);
    }
}
