/**
 * Sums of products over tiles that stay in registers: what matrix products and convolutions are made of. The one package of this
 * module that plugins see; it has the version of the API, so that {@code Plugin-Requires} covers it.
 */
@Incubating
package org.scenecontexts.kernels.tile;

import org.scenecontexts.api.Incubating;
