/** Point operators composed of dense kernels and families, for engines that have no others of their own. */
package org.scenecontexts.pointnet2.kernel.composed;
