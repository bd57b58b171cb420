/** From scores and shifted positions to groups of points: clustering that knows no network. */
package org.scenecontexts.pointgroup.cluster;
