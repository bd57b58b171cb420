package org.scenecontexts.runtime.execute;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.load.LoaderThreads;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.run.StageFolder;

/**
 * One stage about to be executed, with all it needs.
 *
 * @param stage what to do
 * @param folder where the files go
 * @param fingerprint of everything that the result depends on
 * @param engine where tensors live
 * @param loading threads that prepare samples, where the stage has any
 * @param context what plugins are lent
 * @param plugins the plugins that the pipeline was validated against
 * @param models finds the file of a model
 */
record StageTask(
        Stage stage,
        StageFolder folder,
        String fingerprint,
        TensorEngine engine,
        Optional<LoaderThreads> loading,
        RunContext context,
        PluginCatalog plugins,
        Function<ModelRef, Path> models) {

    /** Threads that prepare samples, at least 1. */
    int workers() {
        return loading.map(LoaderThreads::count).orElse(1);
    }
}
