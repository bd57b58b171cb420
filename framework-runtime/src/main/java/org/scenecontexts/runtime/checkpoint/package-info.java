/** Checkpoints: writing, reading, resuming, and starting from another model. */
package org.scenecontexts.runtime.checkpoint;
