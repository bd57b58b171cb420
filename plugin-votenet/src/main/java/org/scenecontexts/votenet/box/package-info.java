/** Boxes turned about the vertical axis: their overlap, and the suppression of those that say the same. */
package org.scenecontexts.votenet.box;
