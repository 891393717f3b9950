package io.maestream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {

    private static final FileEntry FILE =
            new FileEntry("encoder", "encoder/model.safetensors", 8, "0".repeat(64));

    @Test
    void shouldKeepTheKeysAndTheirOrderThatReadersRelyOn() throws IOException {
        // Given, When
        String json = json(Manifests.of("step-1-aaaaaaaa", List.of(FILE)));

        // Then: whoever changes or removes one makes a new format version
        assertThat(json)
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "formatVersion" : 1,
                          "checkpointId" : "step-1-aaaaaaaa",
                          "runId" : "run",
                          "parentId" : null,
                          "createdAt" : "2026-01-01T00:00:00Z",
                          "step" : 10,
                          "imagesSeen" : 320,
                          "triggerKind" : "TIME",
                          "triggerReason" : "test",
                          "model" : {
                            "imageSize" : 96,
                            "patchSize" : 8,
                            "channels" : 3,
                            "encoderDim" : 192,
                            "encoderDepth" : 6,
                            "encoderHeads" : 3,
                            "decoderDim" : 128,
                            "decoderDepth" : 2,
                            "decoderHeads" : 4,
                            "maskRatio" : 0.75,
                            "normPix" : true,
                            "heads" : 3
                          },
                          "metrics" : {
                            "loss" : 0.5
                          },
                          "configDigest" : "%s",
                          "softwareVersion" : "test",
                          "files" : [ {
                            "role" : "encoder",
                            "name" : "encoder/model.safetensors",
                            "size" : 8,
                            "sha256" : "%s"
                          } ]
                        }"""
                                .formatted("0".repeat(64), "0".repeat(64)));
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        Manifest manifest = Manifests.of("step-1-aaaaaaaa", List.of(FILE));

        assertThat(read(json(manifest))).isEqualTo(manifest);
    }

    @Test
    void shouldIgnoreAFieldThatALaterVersionAdds() throws IOException {
        Manifest manifest = Manifests.of("step-1-aaaaaaaa", List.of(FILE));

        assertThat(read(json(manifest).replace("\"runId\"", "\"added\" : 1, \"runId\"")))
                .isEqualTo(manifest);
    }

    @Test
    void shouldRefuseWhatIsNoWholeManifest() throws IOException {
        String json = json(Manifests.of("step-1-aaaaaaaa", List.of(FILE)));

        assertRefused(json.replace("\"step\" : 10,", ""), "step");
        assertRefused(json.replace("\"files\"", "\"other\""), "files");
        assertRefused(json.replace("encoder/model", "../model"), "no file name");
        assertRefused(json.replace("\"size\" : 8", "\"size\" : -8"), "size -8");
        assertRefused(json + "{}", "Trailing token");
        assertRefused(json.replace("\"step\" : 10,", "\"step\" : 10, \"step\" : 11,"), "step");
        assertRefused(json.replace("\"normPix\" : true", "\"normPix\" : null"), "model.normPix: ");
        assertRefused(json.substring(0, json.length() - 1), "end-of-input");
        assertRefused("", "format version -1");
        assertRefused("[]", "format version -1");
    }

    @Test
    void shouldRefuseTwoFilesOfOneNameAndTheManifestAmongThem() {
        assertThatThrownBy(() -> Manifests.of("step-1-aaaaaaaa", List.of(FILE, FILE)))
                .hasMessageContaining("lists encoder/model.safetensors twice");
        assertThatThrownBy(
                        () ->
                                Manifests.of(
                                        "step-1-aaaaaaaa",
                                        List.of(
                                                new FileEntry(
                                                        "x", "manifest.json", 1, "0".repeat(64)))))
                .hasMessageContaining("cannot list itself");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private static String json(Manifest manifest) throws IOException {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }

    private static Manifest read(String json) throws IOException {
        return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
