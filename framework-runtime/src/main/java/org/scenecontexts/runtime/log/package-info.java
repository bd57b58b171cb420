/** What a run tells: logs, progress, metrics, TensorBoard events. */
package org.scenecontexts.runtime.log;
