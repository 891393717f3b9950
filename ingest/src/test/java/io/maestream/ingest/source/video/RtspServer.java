package io.maestream.ingest.source.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** GStreamer's RTSP server, as a process, on loopback; it is there where Debian's packages are. */
public final class RtspServer implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";

    private final int port;
    private final Path script;
    private final List<Path> videos;
    private final Optional<Path> certificate;
    private Process process;

    public RtspServer(Path directory, List<Path> videos) throws IOException {
        this(directory, videos, Optional.empty());
    }

    /**
     * @param certificate of a server that encrypts, with its key, PEM
     */
    public RtspServer(Path directory, List<Path> videos, Optional<Path> certificate)
            throws IOException {
        this.videos = List.copyOf(videos);
        this.certificate = certificate;
        this.script = directory.resolve("rtsp_server.py");
        try (InputStream in = RtspServer.class.getResourceAsStream("rtsp_server.py")) {
            Files.copy(in, script);
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        start();
    }

    /** Whether this machine has what it takes. */
    public static boolean isInstalled() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        String load = "import gi; gi.require_version('GstRtspServer', '1.0')";
        return new ProcessBuilder(PYTHON, "-c", load).start().waitFor() == 0;
    }

    public String url(int video) {
        return address() + video;
    }

    /** A stream whose frames carry their numbers, see {@link NumberedFrames}. */
    public String numberedUrl() {
        return address() + "numbered";
    }

    private String address() {
        return "%s://127.0.0.1:%d/".formatted(certificate.isPresent() ? "rtsps" : "rtsp", port);
    }

    public void start() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PYTHON,
                                script.toString(),
                                "" + port,
                                certificate.map(Path::toString).orElse("-")));
        videos.forEach(video -> command.add(video.toString()));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        if (!"READY".equals(out.readLine())) {
            throw new IOException("the RTSP server did not start");
        }
    }

    /** SIGSTOP: it hangs, and its connections stay open. */
    public void hang() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            kill();
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
