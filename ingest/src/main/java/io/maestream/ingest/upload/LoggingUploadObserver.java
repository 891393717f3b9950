package io.maestream.ingest.upload;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes refused uploads to the log; those taken are not worth a line. */
public final class LoggingUploadObserver implements UploadObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingUploadObserver.class);

    @Override
    public void refused(int status, String reason) {
        LOG.atInfo().addKeyValue("status", status).log("Upload refused: {}", reason);
    }

    @Override
    public void failed(Exception cause) {
        LOG.atError().setCause(cause).log("Upload failed");
    }
}
