/** Results for other programs. */
@Incubating
package org.scenecontexts.io.json;

import org.scenecontexts.api.Incubating;
