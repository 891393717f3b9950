package io.maestream.trainer.report;

/** The one list of keys that log lines use. */
final class LogKeys {

    static final String RUN = "run";
    static final String CHECKPOINT = "checkpoint";
    static final String STEP = "step";
    static final String IMAGES = "images";
    static final String STEPS = "steps";
    static final String UNTIL = "until";
    static final String LEARNING_RATE = "learningRate";
    static final String LOSS = "loss";
    static final String GRADIENT_NORM = "gradientNorm";
    static final String REASON = "reason";
    static final String WAITED = "waited";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String TOPIC = "topic";
    static final String COMMAND = "command";
    static final String PAUSED = "paused";
    static final String NEXT_TRY = "nextTry";

    private LogKeys() {}
}
