package io.maestream.trainer;

import io.maestream.checkpoints.FileEntry;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.trainer.checkpoint.TensorDigests;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a replay beside what was committed.
 *
 * @param checkpointId which one
 * @param parentId what it was trained from; null for the initial weights
 * @param step of the checkpoint
 * @param files every file that holds tensors
 * @param sameFeed whether the feed ended up where it was: offsets, draws, buffer and memory
 */
public record ReplayResult(
        String checkpointId, String parentId, long step, List<Compared> files, boolean sameFeed) {

    /**
     * @param name of the file
     * @param committed SHA-256 in the event; empty if it has no such file
     * @param replayed SHA-256 of what the replay would have written; empty if nothing
     */
    public record Compared(String name, String committed, String replayed) {

        /** Whether they agree. */
        public boolean equal() {
            return committed.equals(replayed);
        }
    }

    /** Whether the replay proves the checkpoint. */
    public boolean equal() {
        return sameFeed && files.stream().allMatch(Compared::equal);
    }

    static ReplayResult of(
            CheckpointCommitted event, String parentId, List<FileEntry> replayed, boolean same) {
        List<Compared> files = new ArrayList<>();
        for (FileEntry file : replayed) {
            files.add(new Compared(file.name(), committed(event, file.name()), file.sha256()));
        }
        for (CheckpointFile file : event.getFiles()) {
            boolean lacking =
                    TensorDigests.holdsTensors(file.getRole())
                            && replayed.stream().noneMatch(e -> e.name().equals(file.getName()));
            if (lacking) {
                files.add(new Compared(file.getName(), file.getSha256(), ""));
            }
        }
        return new ReplayResult(event.getCheckpointId(), parentId, event.getStep(), files, same);
    }

    private static String committed(CheckpointCommitted event, String name) {
        return event.getFiles().stream()
                .filter(file -> file.getName().equals(name))
                .map(CheckpointFile::getSha256)
                .findFirst()
                .orElse("");
    }
}
