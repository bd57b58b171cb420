/** Measuring a trained model over a data set. */
package org.scenecontexts.runtime.evaluate;
