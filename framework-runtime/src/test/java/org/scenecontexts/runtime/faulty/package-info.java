/** A file system whose n-th write fails. */
package org.scenecontexts.runtime.faulty;
