/** Labelling clouds with a trained model. */
package org.scenecontexts.runtime.predict;
