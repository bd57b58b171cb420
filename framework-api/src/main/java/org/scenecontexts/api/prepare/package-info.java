/** Turning raw data into data that training can read: the extension point behind {@code prepare} stages. */
@Incubating
package org.scenecontexts.api.prepare;

import org.scenecontexts.api.Incubating;
