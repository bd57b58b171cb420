/** Pages that show clouds, predictions and runs in a browser: one file each, which loads nothing. */
package org.scenecontexts.view;
