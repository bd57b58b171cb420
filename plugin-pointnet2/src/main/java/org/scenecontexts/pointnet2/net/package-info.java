/** The PointNet++ network: shared perceptrons, set abstraction, feature propagation, and the backbone as an extension. */
package org.scenecontexts.pointnet2.net;
