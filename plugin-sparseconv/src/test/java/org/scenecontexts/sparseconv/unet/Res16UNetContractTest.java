package org.scenecontexts.sparseconv.unet;

import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.testkit.BackboneContract;

class Res16UNetContractTest extends BackboneContract<Res16UNetConfig> {

    @Override
    protected BackboneFactory<Res16UNetConfig> factory() {
        return new Res16UNets.Res16UNet14A();
    }

    @Override
    protected Res16UNetConfig config() {
        return new Res16UNetConfig(0.125, 0.1, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, false);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return TestEngines.cpu(threads);
    }
}
