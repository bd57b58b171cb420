/** The Stanford rooms (S3DIS) as prepared for the published program. */
package org.scenecontexts.datasets.s3dis;
