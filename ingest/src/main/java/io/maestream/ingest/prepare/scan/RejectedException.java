package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.schemas.RejectionReason;

/** Ends the checks of an image at the first one that fails. */
public final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    /** With the reason, and words that name what was found, the limit, and the remedy. */
    public RejectedException(RejectionReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** What kind of thing is wrong. */
    public RejectionReason reason() {
        return reason;
    }

    static RejectedException damaged(Format format, String what) {
        return new RejectedException(
                RejectionReason.DECODE_FAILED,
                "the %s is damaged: %s; send it anew".formatted(format, what));
    }

    static RejectedException truncated(Format format, Bytes in, String before) {
        return new RejectedException(
                RejectionReason.DECODE_FAILED,
                "the %s is cut short: its %d bytes end before %s; send it whole"
                        .formatted(format, in.length(), before));
    }

    /** Whole, for all that is known, but of a kind that is not decoded here. */
    static RejectedException unsupported(Format format, String what, String instead) {
        return new RejectedException(
                RejectionReason.DECODE_FAILED,
                "the %s cannot be decoded: %s; send %s".formatted(format, what, instead));
    }
}
