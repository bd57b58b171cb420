package org.scenecontexts.opencl;

/**
 * The size of one call of an operator, counted from its arguments.
 *
 * @param operations arithmetic, in a unit that the operator chooses and keeps: multiply-adds, distances or numbers moved
 * @param bytes what would travel to the device and back
 * @since 0.1
 */
public record DeviceWork(double operations, double bytes) {}
