/**
 * Runs pipelines: finds plugins, checks a pipeline whole before anything starts, and trains, evaluates and predicts with
 * whatever the plugins bring.
 *
 * <p>Nothing here names a backbone, a loss, a task, a data set or a benchmark; those come from plugins, ours included.
 */
package org.scenecontexts.runtime;
