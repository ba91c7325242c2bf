package dev.ferritedb.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoPostTest {
    @Test
    void fivePostsOfAReadableLengthOneOfThemADraft() {
        assertThat(DemoPost.ALL).hasSize(5).filteredOn(DemoPost::published).hasSize(4);
        assertThat(DemoPost.ALL).allSatisfy(post -> {
            assertThat(post.id()).matches("[a-z0-9]{15}");
            assertThat(post.content().split("\\s+").length).isBetween(120, 190);
            assertThat(post.content()).hasSizeLessThan(10_000);
            assertThat(post.excerpt()).isNotBlank().hasSizeLessThan(500);
        });
    }
}
