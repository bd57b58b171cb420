/** Results for other programs. */
package org.scenecontexts.io.json;
