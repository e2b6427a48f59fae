package io.github.camelsora.api;

import java.util.Objects;

/**
 * A page of found records.
 *
 * @param offset how many records come before it, from 0
 * @param limit the most records on it, 1 to {@link #LARGEST}
 * @param sort what the records are sorted by
 * @param isDescending whether the largest come first, so for times the latest
 */
public record TaskPage(int offset, int limit, TaskSort sort, boolean isDescending) {
    /** The most records of one page. */
    public static final int LARGEST = 1000;

    /**
     * Checks the numbers.
     *
     * @param offset how many records come before it, from 0
     * @param limit the most records on it, 1 to {@link #LARGEST}
     * @param sort what the records are sorted by
     * @param isDescending whether the largest come first
     * @throws IllegalArgumentException if a number is out of its range
     */
    public TaskPage {
        if (offset < 0) {
            throw new IllegalArgumentException("The offset of a page is 0 or more, not " + offset);
        }
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException("The limit of a page is 1 to " + LARGEST + ", not " + limit
                    + ". For more records read several pages");
        }
        Objects.requireNonNull(sort, "sort");
    }

    /**
     * The first page, the newest records first.
     *
     * @param limit the most records on it, 1 to {@link #LARGEST}
     * @return the page
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public static TaskPage first(int limit) {
        return new TaskPage(0, limit, TaskSort.CREATED, true);
    }

    /**
     * The page in another order.
     *
     * @param newSort what the records are sorted by
     * @param newIsDescending whether the largest come first
     * @return a copy
     */
    public TaskPage sortedBy(TaskSort newSort, boolean newIsDescending) {
        return new TaskPage(offset, limit, newSort, newIsDescending);
    }

    /**
     * The page behind this one.
     *
     * @return a copy
     * @throws ArithmeticException if its offset would be greater than {@link Integer#MAX_VALUE}
     */
    public TaskPage next() {
        return new TaskPage(Math.addExact(offset, limit), limit, sort, isDescending);
    }
}
