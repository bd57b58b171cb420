/** NumPy arrays and atomic writes. */
@Incubating
package org.scenecontexts.io.array;

import org.scenecontexts.api.Incubating;
