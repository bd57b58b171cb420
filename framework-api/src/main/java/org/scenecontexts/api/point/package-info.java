/**
 * Neighbourhoods of points: nearest, within a radius, farthest, along a curve, in cells; with gradients where positions or
 * features have them.
 */
@Incubating
package org.scenecontexts.api.point;

import org.scenecontexts.api.Incubating;
