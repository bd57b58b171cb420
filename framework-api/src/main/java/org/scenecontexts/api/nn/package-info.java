/** Modules, parameters and layers. */
@Incubating
package org.scenecontexts.api.nn;

import org.scenecontexts.api.Incubating;
