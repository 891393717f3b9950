package io.maestream.follower.follow;

import io.maestream.follower.VerifiedEncoder;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Says how good an encoder is. */
public interface CheckpointScorer {

    /**
     * @return scores by name, the higher the better
     * @throws io.maestream.follower.RefusedCheckpointException if the encoder cannot be used
     * @throws CancellationException if nobody wants the scores any more
     * @throws IOException if its file cannot be read, or what it is scored on
     */
    Map<String, Double> score(VerifiedEncoder encoder) throws IOException, InterruptedException;
}
