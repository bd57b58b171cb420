/** Text for people: what comes from files, made safe to show. */
package org.scenecontexts.api.text;
