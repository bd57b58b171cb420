/** Data folders: which files of them are data. */
package org.scenecontexts.io.folder;
