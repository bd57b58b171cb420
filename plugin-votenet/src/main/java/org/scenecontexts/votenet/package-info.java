/**
 * 3D object detection by points that vote for the centre of their object (Qi et al., Deep Hough Voting for 3D Object Detection
 * in Point Clouds, ICCV 2019; REFERENCE 8).
 */
package org.scenecontexts.votenet;
