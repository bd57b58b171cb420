/** Choosing the points that are worth labelling: the extension point behind {@code select} stages. */
@Incubating
package org.scenecontexts.api.select;

import org.scenecontexts.api.Incubating;
