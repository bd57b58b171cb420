/** The training loop and the data loading that feeds it. */
package org.scenecontexts.runtime.train;
