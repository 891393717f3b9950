package io.maestream.app.command.ingest;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import io.maestream.ingest.source.video.CameraAddress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the frames of a camera. */
@Command(
        name = "camera",
        description = {
            "Publishes the frames of a camera as JPEG until Ctrl-C: RTSP, Motion JPEG over HTTP, or"
                    + " V4L2. A camera that goes away or stalls is connected anew.",
            ""
        },
        footer = {
            "",
            "Example: maestream ingest camera rtsp://10.0.0.7/live --rate 2",
            "         MAESTREAM_SOURCE_CAMERA_PASSWORD=… maestream ingest camera"
                    + " rtsp://10.0.0.7/live --user viewer"
        })
final class IngestCameraCommand implements Callable<Integer> {
    private static final String NAME = "camera";

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private SourceOptions source;

    @Parameters(
            paramLabel = "ADDRESS",
            description = "rtsp://…, rtsps://…, http://…, https://… or v4l2:/dev/video0.")
    private String address;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "User that the camera asks for; the password comes from the variable"
                            + " MAESTREAM_SOURCE_CAMERA_PASSWORD, or a file's"
                            + " source.camera.password.")
    private String user;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            description = "Connect anew when no frame came for so long (10 by default).")
    private Double stall;

    @Option(names = "--udp", description = "RTSP media over UDP instead of TCP.")
    private boolean udp;

    IngestCameraCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        refuseSecrets();
        source.publish(NAME, keys(), surroundings);
        return ExitCode.OK.status();
    }

    private OptionKeys keys() {
        return source.of(NAME)
                .with("source.camera.type", NAME)
                .with("source.camera.uri", address)
                .with("source.camera.user", user)
                .with("source.camera.stall.seconds", stall)
                .with("source.camera.transport", udp ? "udp" : null);
    }

    private void refuseSecrets() {
        try {
            if (!CameraAddress.hasCredentials(address)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "ADDRESS: " + e.getMessage(), e);
        }
        throw new ParameterException(
                spec.commandLine(),
                "ADDRESS: a password on a command line can be read by others; give --user and"
                        + " MAESTREAM_SOURCE_CAMERA_PASSWORD");
    }
}
