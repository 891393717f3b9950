package io.maestream.app.demo;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** A bar on the terminal's last line, with the figures behind it. */
final class ProgressBarView implements LiveView {
    private static final int REDRAW_MILLIS = 500;

    private final Bound bound;
    private final ProgressBar bar;

    /**
     * Draws at once; its time counts from here.
     *
     * @param columns the terminal's width
     */
    ProgressBarView(Screen screen, Bound bound, int columns) {
        this.bound = bound;
        bar =
                new ProgressBarBuilder()
                        .startsFrom(bound.fromStep(), Duration.ZERO)
                        .setUpdateIntervalMillis(REDRAW_MILLIS)
                        .setRenderer(this::render)
                        .setConsumer(new StatusLine(screen, columns))
                        .build();
    }

    @Override
    public void show(TrainingState state) {
        bar.setExtraMessage(state.shortFigures());
        bar.stepTo(state.step());
    }

    @Override
    public void close() {
        bar.close();
    }

    private String render(ProgressState progress, int columns) {
        long step = progress.getCurrent();
        var elapsed = progress.getTotalElapsed();
        String words = bound.words(step, elapsed) + "  " + progress.getExtraMessage();
        return BarText.line(bound.share(step, elapsed), words, columns);
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
