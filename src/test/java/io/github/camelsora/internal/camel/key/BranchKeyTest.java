package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Branches of one exchange each pay for their own remix, ask for the same or not, one after the other or at once, and a
 * redelivery in a branch finds the remix of that branch.
 */
class BranchKeyTest extends KeyTestSupport {
    /** How branches run. */
    enum Way {
        ONE_BY_ONE(false, false),
        PARALLEL(true, false),
        SHARED(false, true),
        PARALLEL_AND_SHARED(true, true);

        private final boolean isParallel;
        private final boolean isShared;

        Way(boolean isParallel, boolean isShared) {
            this.isParallel = isParallel;
            this.isShared = isShared;
        }

        MulticastDefinition multicast(RouteDefinition from) {
            MulticastDefinition multicast = from.multicast();
            multicast = isParallel ? multicast.parallelProcessing() : multicast;
            return isShared ? multicast.shareUnitOfWork() : multicast;
        }

        SplitDefinition split(SplitDefinition split) {
            SplitDefinition splitter = split;
            splitter = isParallel ? splitter.parallelProcessing() : splitter;
            return isShared ? splitter.shareUnitOfWork() : splitter;
        }

        RecipientListDefinition<RouteDefinition> recipientList(RecipientListDefinition<RouteDefinition> list) {
            RecipientListDefinition<RouteDefinition> recipients = isParallel ? list.parallelProcessing() : list;
            return isShared ? recipients.shareUnitOfWork() : recipients;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachBranchOfAMulticastGetsItsOwnVideo(Way way) throws Exception {
        start(multicast(way, "Branch 1", "Branch 2"));

        send("direct:in", "Source");

        assertThat(promptsOfVideos()).containsExactlyInAnyOrder("Branch 1", "Branch 2");
        assertPaid(2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRedeliveryInABranchOfAMulticastGetsTheVideoOfThatBranch(Way way) throws Exception {
        redeliverTimedOutWaits();
        start(multicast(way, "Branch 1", "Branch 2"));

        send("direct:in", "Source");

        assertThat(promptsOfVideos()).containsExactlyInAnyOrder("Branch 1", "Branch 2");
        assertPaid(2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachPartOfASplitGetsItsOwnVideo(Way way) throws Exception {
        start(split(way));

        send("direct:in", List.of("Part 1", "Part 2", "Part 3"));

        assertThat(promptsOfVideos()).containsExactlyInAnyOrder("Part 1", "Part 2", "Part 3");
        assertPaid(3);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void partsWithTheSameRequestEachPayForTheirOwn(Way way) throws Exception {
        start(split(way));

        send("direct:in", List.of("A puppy", "A puppy", "A puppy"));

        assertThat(videos).hasSize(3).extracting(video -> video.id()).doesNotHaveDuplicates();
        assertPaid(3);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRedeliveryInAPartGetsTheVideoOfThatPart(Way way) throws Exception {
        redeliverTimedOutWaits();
        start(split(way));

        send("direct:in", List.of("Part 1", "Part 2", "Part 3"));

        assertThat(promptsOfVideos()).containsExactlyInAnyOrder("Part 1", "Part 2", "Part 3");
        assertPaid(3);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void redeliveriesInPartsWithTheSameRequestGetTheVideoOfTheirPart(Way way) throws Exception {
        redeliverTimedOutWaits();
        start(split(way));

        send("direct:in", List.of("A puppy", "A puppy", "A puppy"));

        assertThat(videos).hasSize(3).extracting(video -> video.id()).doesNotHaveDuplicates();
        assertPaid(3);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRecipientListThatNamesOneUriTwicePaysTwice(Way way) throws Exception {
        start(recipientList(way));

        send("direct:in", "A puppy");

        await().atMost(LIMIT).untilAsserted(() -> assertPaid(2));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void redeliveriesInARecipientListThatNamesOneUriTwicePayNothing(Way way) throws Exception {
        redeliverTimedOutWaits();
        start(recipientList(way));

        var out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(2);
    }

    private RouteBuilder multicast(Way way, String first, String second) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                way.multicast(from("direct:in"))
                        .pipeline()
                        .to(remix + "&prompt=" + first)
                        .process(keepVideo)
                        .end()
                        .pipeline()
                        .to(remix + "&prompt=" + second)
                        .process(keepVideo)
                        .end();
            }
        };
    }

    private RouteBuilder split(Way way) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                way.split(from("direct:in").split(body())).to(remix).process(keepVideo);
            }
        };
    }

    private RouteBuilder recipientList(Way way) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                way.recipientList(from("direct:in").recipientList(constant(remix + "," + remix)));
            }
        };
    }
}
