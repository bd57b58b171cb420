/** How good detections are: average precision of boxes, by the rules and as the published program really counted. */
package org.scenecontexts.votenet.ap;
