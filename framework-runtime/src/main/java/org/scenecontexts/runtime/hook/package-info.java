/** The training hooks that come with the framework, written as anybody would write them. */
package org.scenecontexts.runtime.hook;
