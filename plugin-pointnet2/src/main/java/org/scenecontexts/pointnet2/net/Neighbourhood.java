package org.scenecontexts.pointnet2.net;

/**
 * Which points each centre sees.
 *
 * @param radius metres
 * @param samples points per centre
 * @param index rows of the points, {@code [centres, samples]}
 */
record Neighbourhood(float radius, int samples, int[] index) {}
