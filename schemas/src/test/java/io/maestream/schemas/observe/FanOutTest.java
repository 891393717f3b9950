package io.maestream.schemas.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final List<String> told = new ArrayList<>();

    /** What an observer's interface inherits. */
    public interface Parent {
        default void came(String name, int times) {}
    }

    /** An observer. */
    public interface Child extends Parent {
        void went() throws IOException;
    }

    private final class Noting implements Child {
        private final String own;

        private Noting(String own) {
            this.own = own;
        }

        @Override
        public void came(String name, int times) {
            told.add(own + " " + name + " " + times);
        }

        @Override
        public void went() {
            told.add(own + " went");
        }
    }

    @Test
    void shouldTellAllInTheirOrderWhenOneCalls() throws IOException {
        // Given
        Child both = FanOut.of(Child.class, List.of(new Noting("first"), new Noting("second")));

        // When
        both.came("gate", 2);
        both.went();

        // Then: what the parent tells is passed on too
        assertThat(told)
                .containsExactly("first gate 2", "second gate 2", "first went", "second went");
    }

    @Test
    void shouldThrowTheObserversOwnExceptionWhenOneFails() {
        // Given
        IOException defect = new IOException("full");
        Child failing =
                () -> {
                    throw defect;
                };
        Child all =
                FanOut.of(Child.class, List.of(new Noting("first"), failing, new Noting("last")));

        // When
        assertThatThrownBy(all::went)
                // Then
                .isSameAs(defect);
        assertThat(told).containsExactly("first went");
    }

    @Test
    void shouldBeAnObjectOfItsOwnWhenCompared() {
        // Given
        List<Child> same = List.of(new Noting("one"));

        // When
        Child one = FanOut.of(Child.class, same);
        Child other = FanOut.of(Child.class, same);

        // Then
        assertThat(one).isEqualTo(one).isNotEqualTo(other).hasSameHashCodeAs(one);
        assertThat(one).hasToString(same.toString());
    }

    @Test
    void shouldRefuseARoleWhenItsMethodsReturnSomething() {
        assertThatThrownBy(() -> FanOut.of(Supplier.class, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Supplier.get");
    }
}
