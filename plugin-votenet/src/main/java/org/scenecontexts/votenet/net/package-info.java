/** The network of the detector: seeds vote, votes are grouped into proposals. */
package org.scenecontexts.votenet.net;
