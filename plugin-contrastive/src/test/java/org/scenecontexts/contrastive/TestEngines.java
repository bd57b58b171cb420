package org.scenecontexts.contrastive;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.CpuContrastProvider;
import org.scenecontexts.engine.cpu.CpuEngine;

/** The CPU engine. */
public final class TestEngines {

    private TestEngines() {}

    public static TensorEngine cpu(int threads) {
        return new CpuEngine(threads, List.of(new CpuContrastProvider()));
    }
}
