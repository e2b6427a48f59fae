package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskPageTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void aLimitIsOneToAThousand(int limit) {
        assertThat(TaskPage.first(limit)).isEqualTo(new TaskPage(0, limit, TaskSort.CREATED, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void anotherLimitIsRejected(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskPage.first(limit))
                .withMessage(
                        "The limit of a page is 1 to 1000, not " + limit + ". For more records read several pages");
    }

    @Test
    void anOffsetBelowZeroIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TaskPage(-1, 10, TaskSort.CREATED, true))
                .withMessage("The offset of a page is 0 or more, not -1");
    }

    @Test
    void theNextPageBeginsWhereThisOneEnds() {
        TaskPage page = TaskPage.first(10).sortedBy(TaskSort.PRICE, false);

        assertThat(page.next().next()).isEqualTo(new TaskPage(20, 10, TaskSort.PRICE, false));
    }

    @Test
    void thereIsNoPageBehindTheLargestOffset() {
        TaskPage page = new TaskPage(Integer.MAX_VALUE, 1, TaskSort.CREATED, true);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(page::next);
    }
}
