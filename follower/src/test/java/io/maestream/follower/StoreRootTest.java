package io.maestream.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.CheckpointException;
import java.net.URI;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRootTest {

    private final StoreRoot root = new StoreRoot(URI.create("file:///data/checkpoints"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/checkpoints/a",
                "file:///data/checkpoints/a/",
                "file:/data/checkpoints/a/",
                "FILE:/data/checkpoints/a"
            })
    void shouldGiveTheIdWhenTheLocationIsInside(String location) throws CheckpointException {
        // When, Then
        assertThat(root.idOf(location)).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/checkpoints",
                "file:///data/checkpoints/",
                "file:///data/checkpoints/..",
                "file:///data/checkpoints/%2e%2e",
                "file:///data/checkpoints/a/b",
                "file:///data/checkpoints/a%2Fb",
                "file:///data/checkpoints/../checkpoints/a",
                "file:///data/checkpoints-other/a",
                "file:///data/checkpoints//a",
                "file://host/data/checkpoints/a",
                "file:///data/checkpoints/a?b",
                "file:///data/checkpoints/a#b",
                "s3://data/checkpoints/a",
                "http://host/data/checkpoints/a",
                "/data/checkpoints/a",
                "mailto:a",
                ""
            })
    void shouldRefuseTheLocationWhenItIsNotInside(String location) {
        // When, Then
        assertThatThrownBy(() -> root.idOf(location))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lies outside the store's root file:///data/checkpoints");
    }

    @Test
    void shouldRefuseTheLocationWhenItIsNoUri() {
        // When, Then
        assertThatThrownBy(() -> root.idOf("file:///data/check points/a"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is no URI");
    }

    @Test
    void shouldRefuseTheRootWhenItIsRelative() {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreRoot(URI.create("checkpoints")))
                .withMessageContaining("must be an absolute URI");
    }

    @Property(tries = 200)
    void shouldGiveTheIdWhenTheStoreAnnouncesIt(
            @ForAll("pathParts") String folder, @ForAll("pathParts") String id)
            throws CheckpointException {
        // Given a directory of any name, also one that a URI must escape
        Path directory = Path.of("/data", folder);
        StoreRoot store = new StoreRoot(directory.toUri());

        // When, Then
        assertThat(store.idOf(directory.resolve(id).toUri().toString())).isEqualTo(id);
    }

    @Provide
    Arbitrary<String> pathParts() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" %#?ä.-_")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(text -> "x" + text);
    }
}
