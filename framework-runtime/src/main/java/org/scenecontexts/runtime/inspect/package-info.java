/** What is in scenes before they are used. */
package org.scenecontexts.runtime.inspect;
