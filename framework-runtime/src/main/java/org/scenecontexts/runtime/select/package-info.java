/** Choosing points of scenes with the features of a trained network. */
package org.scenecontexts.runtime.select;
