/** Looking at a training while it runs, and steering it. */
package org.scenecontexts.api.train;
