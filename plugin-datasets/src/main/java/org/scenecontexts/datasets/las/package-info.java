/** LAS files of laser scanners. */
package org.scenecontexts.datasets.las;
