/** What the network says about each proposal, and the boxes that it means. */
package org.scenecontexts.votenet.proposal;
