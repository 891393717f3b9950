package io.maestream.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.maestream.app.look.ImageInputs;
import io.maestream.follower.score.LabelledImages;
import io.maestream.ingest.prepare.PrepareSettings;
import io.maestream.trainer.feed.CentredImages;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFilesTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final ImageInputs inputs = new ImageInputs(PrepareSettings.defaults());
    @TempDir Path directory;
    private Path zip;

    @BeforeEach
    void write() throws Exception {
        zip = LabelledImageFiles.zip(directory.resolve("set.zip"), 40, 1);
    }

    @Test
    void shouldReadImagesWithTheLabelsOfTheirFolders() throws Exception {
        LabelledFiles files = LabelledFiles.open(zip, ALL, inputs);
        LabelledImages images = files.read(files.classes(), new CentredImages(16, 3));

        assertThat(files.classes()).containsExactly("disc", "square");
        assertThat(images.count()).isEqualTo(40);
        assertThat(images.labels()).startsWith(0, 0, 0).endsWith(1, 1, 1);
        assertThat(images.pixels().remaining()).isEqualTo(40 * 16 * 16 * 3);
    }

    @Test
    void shouldTakeTheSamePartOfEveryClassEachTime() throws Exception {
        LabelledFiles some = LabelledFiles.open(zip, 10, inputs);
        LabelledFiles again = LabelledFiles.open(zip, 10, inputs);

        assertThat(some.count()).isEqualTo(10);
        assertThat(some.classes()).hasSize(2);
        CentredImages small = new CentredImages(8, 1);
        LabelledImages first = some.read(some.classes(), small);
        LabelledImages second = again.read(again.classes(), small);
        assertThat(second.pixels()).isEqualTo(first.pixels());
        assertThat(second.labels()).isEqualTo(first.labels());
    }

    @Test
    void shouldChooseBySha256AndKeepTheOrder() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "a/" + i + ".png").toList();

        assertThat(Sample.of(names, 200)).containsExactlyElementsOf(names);
        assertThat(Sample.of(names, 5)).hasSize(5).isSubsetOf(Sample.of(names, 30));
        assertThat(names.stream().filter(Sample.of(names, 30)::contains).toList())
                .containsExactlyElementsOf(Sample.of(names, 30));
    }

    @Test
    void shouldReadADirectoryAsWell() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("set/cat"));
        Path other = Files.createDirectories(directory.resolve("set/dog"));
        try (var archive = java.nio.file.FileSystems.newFileSystem(zip)) {
            Files.copy(archive.getPath("set/disc/0000.png"), folder.resolve("a.png"));
            Files.copy(archive.getPath("set/square/0000.png"), other.resolve("b.png"));
        }

        LabelledFiles files = LabelledFiles.open(directory.resolve("set"), ALL, inputs);

        assertThat(files.classes()).containsExactly("cat", "dog");
        assertThat(files.read(files.classes(), new CentredImages(8, 3)).labels())
                .containsExactly(0, 1);
    }

    @Test
    void shouldSayWhatIsWrongWithASet() throws Exception {
        assertThatThrownBy(() -> LabelledFiles.open(directory.resolve("no.zip"), ALL, inputs))
                .isInstanceOf(NoSuchFileException.class);
        Path loose = Files.createDirectory(directory.resolve("loose"));
        Files.write(loose.resolve("a.png"), new byte[] {1});
        assertThatThrownBy(() -> LabelledFiles.open(loose, ALL, inputs))
                .hasMessageContaining("a.png lies in no folder");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> LabelledFiles.open(empty, ALL, inputs))
                .hasMessageContaining("There is no image in");
        Path broken = Files.createDirectories(directory.resolve("broken/a"));
        Files.write(broken.resolve("b.png"), new byte[] {1, 2, 3});
        LabelledFiles unreadable = LabelledFiles.open(directory.resolve("broken"), ALL, inputs);
        assertThatThrownBy(() -> unreadable.read(List.of("a"), new CentredImages(8, 3)))
                .hasMessageContaining("a/b.png cannot be taken");
        LabelledFiles files = LabelledFiles.open(zip, ALL, inputs);
        assertThatThrownBy(() -> files.read(files.classes(), new CentredImages(16_000, 3)))
                .hasMessageContaining("the limit is 768: take 1 at most");
    }

    @Test
    void shouldRefuseTestImagesOfAClassThatTrainingLacks() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("test/cube"));
        Files.write(folder.resolve("a.png"), new byte[] {1});
        LabelledFiles train = LabelledFiles.open(zip, ALL, inputs);
        LabelledFiles test = LabelledFiles.open(directory.resolve("test"), ALL, inputs);

        assertThatThrownBy(() -> new EvaluationSets(train, test, 1, Device.cpu(), () -> false))
                .hasMessageContaining("[cube]");
        assertThatThrownBy(() -> new EvaluationSets(test, test, 1, Device.cpu(), () -> false))
                .hasMessageContaining("two at least");
    }
}
