/** What the detector learns from: where votes should go, which proposals hold something, and what their boxes are. */
package org.scenecontexts.votenet.loss;
