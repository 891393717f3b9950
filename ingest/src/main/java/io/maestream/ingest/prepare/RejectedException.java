package io.maestream.ingest.prepare;

import io.maestream.schemas.RejectionReason;

/** Ends the checks of an image at the first one that fails. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    RejectedException(RejectionReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Preparation.Rejected rejected() {
        return new Preparation.Rejected(reason, getMessage());
    }
}
