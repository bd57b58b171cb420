/** What the scenes looked like that a network was trained on, and whether others look like them. */
package org.scenecontexts.runtime.frame;
