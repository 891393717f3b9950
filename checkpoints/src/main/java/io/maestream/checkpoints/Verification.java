package io.maestream.checkpoints;

import java.util.List;

/**
 * What a look at every byte of a checkpoint found.
 *
 * @param checkpointId the checkpoint
 * @param files how many files were compared
 * @param bytes how many bytes were read
 * @param problems what differs, each naming the file; empty if all is well
 */
public record Verification(String checkpointId, int files, long bytes, List<String> problems) {

    public Verification {
        problems = List.copyOf(problems);
    }

    public boolean ok() {
        return problems.isEmpty();
    }
}
