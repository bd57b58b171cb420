/** Running preparations and showing how far they are. */
package org.scenecontexts.runtime.prepare;
