/**
 * Neighbourhoods of points: nearest, within a radius, farthest, along a curve, in cells; with gradients where positions or
 * features have them.
 */
package org.scenecontexts.api.point;
