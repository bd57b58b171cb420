package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a container or a job of a cluster may use, as Linux's control groups say it: version 2 in one tree, version 1 in one
 * for each resource. Limits of a group hold for those below it, so the smallest on the way up counts.
 *
 * @param version 2, 1, or 0 where there is none
 * @param memory bytes; empty where there is no limit
 * @param processors processors' worth of time; empty where there is no limit
 * @param killed processes that were killed for lack of memory, where the kernel counts them
 */
record Cgroup(int version, OptionalLong memory, OptionalDouble processors, OptionalLong killed) {

    private static final String MOUNT = "/sys/fs/cgroup";

    /** What version 1 writes for "no limit" is near the largest number of pages. */
    private static final long NO_LIMIT = 1L << 60;

    static Cgroup of(Surroundings machine) {
        List<String> groups = machine.lines("/proc/self/cgroup").orElse(List.of());
        if (machine.line(MOUNT + "/cgroup.controllers").isPresent()) {
            return second(machine, places(path(groups, "")));
        }
        if (machine.line(MOUNT + "/memory/memory.limit_in_bytes").isPresent()
                || machine.line(MOUNT + "/cpu/cpu.cfs_quota_us").isPresent()) {
            return first(machine, places(path(groups, "memory")), places(path(groups, "cpu")));
        }
        return new Cgroup(0, OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());
    }

    /** The group of this process in the tree of a resource; version 2 names none. */
    private static String path(List<String> groups, String resource) {
        for (String group : groups) {
            String[] parts = group.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(resource)) {
                return parts[2];
            }
        }
        return "/";
    }

    /** A group and those above it; inside a container some may not be seen, which is no harm. */
    private static List<String> places(String path) {
        List<String> places = new ArrayList<>();
        for (String at = path; !at.isEmpty() && !at.equals("/"); at = at.substring(0, at.lastIndexOf('/'))) {
            places.add(at);
        }
        places.add("");
        return places;
    }

    private static Cgroup second(Surroundings machine, List<String> places) {
        long memory = Long.MAX_VALUE;
        double processors = Double.MAX_VALUE;
        OptionalLong killed = OptionalLong.empty();
        for (String place : places) {
            memory = Math.min(memory, number(machine, MOUNT + place + "/memory.max"));
            String[] time =
                    machine.line(MOUNT + place + "/cpu.max").orElse("max").split(" ");
            if (time.length == 2 && !time[0].equals("max")) {
                processors = Math.min(processors, Double.parseDouble(time[0]) / Double.parseDouble(time[1]));
            }
            for (String event : machine.lines(MOUNT + place + "/memory.events").orElse(List.of())) {
                if (killed.isEmpty() && event.startsWith("oom_kill ")) {
                    killed = OptionalLong.of(
                            Long.parseLong(event.substring("oom_kill ".length()).strip()));
                }
            }
        }
        return of(2, memory, processors, killed);
    }

    private static Cgroup first(Surroundings machine, List<String> memories, List<String> times) {
        long memory = Long.MAX_VALUE;
        for (String place : memories) {
            memory = Math.min(memory, number(machine, MOUNT + "/memory" + place + "/memory.limit_in_bytes"));
        }
        double processors = Double.MAX_VALUE;
        for (String place : times) {
            long quota = number(machine, MOUNT + "/cpu" + place + "/cpu.cfs_quota_us");
            long period = number(machine, MOUNT + "/cpu" + place + "/cpu.cfs_period_us");
            if (quota > 0 && quota < Long.MAX_VALUE && period > 0 && period < Long.MAX_VALUE) {
                processors = Math.min(processors, (double) quota / period);
            }
        }
        return of(1, memory, processors, OptionalLong.empty());
    }

    private static Cgroup of(int version, long memory, double processors, OptionalLong killed) {
        return new Cgroup(
                version,
                memory >= NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(memory),
                processors == Double.MAX_VALUE ? OptionalDouble.empty() : OptionalDouble.of(processors),
                killed);
    }

    /** The number of a file; the largest where it says {@code max}, or is not there. */
    private static long number(Surroundings machine, String file) {
        String text = machine.line(file).orElse("max");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
