/**
 * The operators of PointNet++ on {@code float[]}: one interface, a plain implementation that states what is meant, and
 * one with spatial indices that gives the same results sooner.
 */
package org.scenecontexts.pointnet2.kernel;
