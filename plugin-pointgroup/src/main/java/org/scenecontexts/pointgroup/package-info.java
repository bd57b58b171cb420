/**
 * Instance segmentation by clustering points that vote for the centre of their object (Jiang et al., PointGroup, CVPR 2020;
 * REFERENCE 7).
 */
package org.scenecontexts.pointgroup;
