/** Tables in files. */
@Incubating
package org.scenecontexts.io.table;

import org.scenecontexts.api.Incubating;
