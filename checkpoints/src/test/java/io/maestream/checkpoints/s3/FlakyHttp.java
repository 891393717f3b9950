package io.maestream.checkpoints.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A bad way to a server: of three requests one fails, in turn with an answer 503, with a connection
 * that breaks while the request is sent, and with one that arrives but whose answer is lost.
 */
final class FlakyHttp implements SdkHttpClient {

    private static final int UNAVAILABLE = 503;
    private static final int ONE_IN = 3;

    private final SdkHttpClient real;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    FlakyHttp(SdkHttpClient real) {
        this.real = real;
    }

    int failures() {
        return failures.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = real.prepareRequest(request);
        if (requests.incrementAndGet() % ONE_IN != 0) {
            return prepared;
        }
        int kind = failures.getAndIncrement() % ONE_IN;
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (kind == 0) {
                    return unavailable();
                }
                if (kind == 1) {
                    throw new UncheckedIOException(new SocketException("the connection broke"));
                }
                if (kind == 2) {
                    prepared.call().responseBody().ifPresent(FlakyHttp::drain);
                }
                throw new SocketTimeoutException("no answer came");
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        real.close();
    }

    private static HttpExecuteResponse unavailable() {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder().statusCode(UNAVAILABLE).build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))
                .build();
    }

    private static void drain(AbortableInputStream body) {
        try (body) {
            body.readAllBytes();
        } catch (IOException e) {
            body.abort();
        }
    }
}
