package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.runtime.hook.Ema;

class EmaContractTest extends HookContract {

    @Override
    protected TrainingHookFactory<?> factory() {
        return new Ema.Factory();
    }

    @Override
    protected String keys() {
        return "decay: 0.9";
    }

    @Override
    protected boolean observes() {
        return false;
    }
}
