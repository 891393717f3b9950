package io.maestream.checkpoints.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's client from settings: retries, timeouts, credentials. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private S3Clients() {}

    static S3Client open(S3Settings settings) {
        SdkHttpClient http =
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(settings.patience())
                        .build();
        return open(settings, http);
    }

    /** The same on another way through the network. */
    static S3Client open(S3Settings settings, SdkHttpClient http) {
        S3ClientBuilder client =
                S3Client.builder()
                        .httpClient(new CheckedHttp(http))
                        .forcePathStyle(settings.pathStyle())
                        .overrideConfiguration(
                                o ->
                                        o.retryStrategy(
                                                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                        .maxAttempts(settings.attempts())
                                                        .build()));
        settings.endpoint().ifPresent(url -> client.endpointOverride(URI.create(url)));
        settings.region()
                // Other servers do not care, but the signature needs one.
                .or(() -> settings.endpoint().map(url -> "us-east-1"))
                .ifPresent(region -> client.region(Region.of(region)));
        settings.keys()
                .ifPresent(
                        keys ->
                                client.credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create(
                                                        keys.access(), keys.secret()))));
        return client.build();
    }
}
