/** The training loop. */
package org.scenecontexts.runtime.train;
