/** Data folders: which files of them are data. */
@Incubating
package org.scenecontexts.io.folder;

import org.scenecontexts.api.Incubating;
