package org.scenecontexts.resident.cl;

import java.lang.foreign.MemorySegment;

/**
 * The calls of OpenCL by which programs are made, apart from the others so that a driver that fails can be played. Handles and
 * codes are those of {@link ClLibrary}.
 */
interface ProgramCalls {

    /** As {@code clCreateProgramWithSource} with one source. */
    long createProgram(long context, MemorySegment sources, MemorySegment error);

    /** As {@code clCreateProgramWithBinary} for one device. */
    long createProgramWithBinary(
            long context, MemorySegment device, MemorySegment length, MemorySegment binary, MemorySegment error);

    /** As {@code clGetProgramInfo}. */
    int programInfo(long program, int what, long size, MemorySegment value);

    /** As {@code clBuildProgram} for one device. */
    int build(long program, MemorySegment device, MemorySegment options);

    /** As {@code clGetProgramBuildInfo}. */
    int buildInfo(long program, long device, int what, long size, MemorySegment value, MemorySegment length);

    /** As {@code clReleaseProgram}. */
    int releaseProgram(long program);
}
