/** Large scenes in overlapping blocks, and scenes seen several times: cutting, averaging, putting together. */
package org.scenecontexts.runtime.blocks;
