package io.maestream.app.demo;

import java.time.Duration;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal's last line, with the figures behind it. */
final class ProgressBarView implements LiveView {
    private static final int REDRAW_MILLIS = 500;

    private final ProgressBar bar;

    /**
     * Draws at once.
     *
     * @param fromStep the step at which this session begins
     * @param untilStep the step at which it ends, or empty for an endless one
     * @param columns the terminal's width
     */
    ProgressBarView(Screen screen, long fromStep, OptionalLong untilStep, int columns) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName("step")
                        .setStyle(ProgressBarStyle.ASCII)
                        .setInitialMax(untilStep.orElse(-1))
                        .startsFrom(fromStep, Duration.ZERO)
                        .setUpdateIntervalMillis(REDRAW_MILLIS)
                        .hideEta()
                        .setConsumer(new StatusLine(screen, columns))
                        .build();
    }

    @Override
    public void show(TrainingState state) {
        bar.stepTo(state.step());
        bar.setExtraMessage(" " + state.shortFigures());
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Puts the bar where it does not run into other lines. */
    private record StatusLine(Screen screen, int columns) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            // The last column would wrap on some terminals.
            return columns - 1;
        }

        @Override
        public void accept(String rendered) {
            screen.status(rendered);
        }

        @Override
        public void clear() {
            screen.status("");
        }

        @Override
        public void close() {
            screen.status("");
        }
    }
}
