package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.runtime.hook.LogFile;

class LogFileContractTest extends HookContract {

    @Override
    protected TrainingHookFactory<?> factory() {
        return new LogFile.Factory();
    }

    @Override
    protected String keys() {
        return "";
    }

    @Override
    protected boolean observes() {
        return true;
    }
}
