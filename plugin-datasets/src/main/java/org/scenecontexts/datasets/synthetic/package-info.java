/**
 * Procedural furnished rooms, seen by virtual depth cameras: data for every task that needs no download.
 *
 * <p>{@link org.scenecontexts.datasets.synthetic.RoomGenerator} furnishes a room,
 * {@link org.scenecontexts.datasets.synthetic.RoomScanner} looks at it from chosen poses.
 */
package org.scenecontexts.datasets.synthetic;
