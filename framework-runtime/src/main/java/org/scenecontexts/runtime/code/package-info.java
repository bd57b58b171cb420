/** What code a result was made by. */
package org.scenecontexts.runtime.code;
