package org.scenecontexts.pointnet2.net;

import org.scenecontexts.api.engine.Indices;

/**
 * Which points each centre sees.
 *
 * @param radius metres
 * @param samples points per centre
 * @param index rows of the points, {@code [centres, samples]}
 */
record Neighbourhood(float radius, int samples, Indices index) {}
