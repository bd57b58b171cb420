/** ScanNet as prepared for the published program, with its data-efficient protocols. */
package org.scenecontexts.datasets.scannet;
