/**
 * What plugins with OpenCL kernels have in common: choosing a device, launching flat Aparapi kernels safely, and deciding
 * by measurement what is worth sending there. A library, not a plugin: each plugin bundles its own copy (ADR 5).
 */
package org.scenecontexts.opencl;
