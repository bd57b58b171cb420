/** Data with only some of its scenes or labels, for the data-efficient protocols (REFERENCE 9). */
package org.scenecontexts.datasets.limited;
