/** Deep learning on points without voxels: the operators of PointNet++ and the backbone made of them (REFERENCE 2). */
package org.scenecontexts.pointnet2;
