package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.runtime.hook.ClipGradients;

class ClipGradientsContractTest extends HookContract {

    @Override
    protected TrainingHookFactory<?> factory() {
        return new ClipGradients.Factory();
    }

    @Override
    protected String keys() {
        return "norm: 0.5";
    }

    @Override
    protected boolean observes() {
        return false;
    }
}
