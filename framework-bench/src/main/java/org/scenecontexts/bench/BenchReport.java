package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one run of the benchmark found, with what is needed to judge it.
 *
 * @param machine what it ran on
 * @param clouds what the clouds were
 * @param command the command line that gives these figures again
 * @param rows one per workload and number of threads
 * @since 0.1
 */
public record BenchReport(Machine machine, String clouds, String command, List<MeasuredWorkload> rows) {

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /** All of it, for a JSON file. Times are in seconds, rates per second. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", machine.date());
        json.put("processor", machine.processor());
        json.put("cores", machine.cores());
        json.put("memory_bytes", machine.memoryBytes());
        json.put("java", machine.java());
        json.put("jvm_options", machine.jvmOptions());
        json.put("csc", machine.csc());
        json.put("vectors", machine.engine());
        json.put("clouds", clouds);
        json.put("command", command);
        List<Map<String, Object>> list = new ArrayList<>();
        rows.forEach(row -> list.add(json(row)));
        json.put("rows", list);
        return json;
    }

    private static Map<String, Object> json(MeasuredWorkload row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("threads", row.threads());
        json.put("seconds", row.seconds());
        json.put("best_seconds", row.best());
        json.put("runs", row.runs());
        json.put("flops", row.work().flops());
        json.put("bytes", row.work().bytes());
        json.put("rows", row.work().rows());
        json.put("flops_per_second", row.flops());
        json.put("gemm_flops_per_second", row.peakFlops());
        json.put("share_of_gemm", row.shareOfPeak());
        json.put("bytes_per_second", row.bandwidth());
        json.put("copy_bytes_per_second", row.copyBytes());
        json.put("pool_bytes", row.poolBytes());
        json.put("heap_bytes_per_run", row.heapBytes());
        row.residentBytes().ifPresent(bytes -> json.put("peak_resident_bytes", bytes));
        row.workload().peerOf().ifPresent(other -> json.put("peer_of", other));
        if (!row.parts().isEmpty()) {
            json.put("parts_seconds", row.parts());
        }
        return json;
    }
}
