package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the page of recipes and the list for assistants promise. */
class RecipesPageTest {
    private static final Page RECIPES = Page.at(Path.of("src/main/docs/sora-recipes.adoc"));

    @Test
    void thereAreTenRecipesEachWithARoute() {
        String[] recipes = RECIPES.text().split("(?m)^== ");

        assertThat(recipes).hasSize(1 + 10);
        assertThat(recipes)
                .filteredOn(recipe -> recipe.contains("[source,java]"))
                .hasSize(10);
    }

    @Test
    void eachHasAtMostTwentyLines() {
        assertThat(RECIPES.blocks())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.content().lines()).hasSizeLessThanOrEqualTo(20));
    }

    @Test
    void theListForAssistantsHasEachPageForUsers() {
        assertThat(Page.at(Page.LLMS).links())
                .containsAll(Page.guides().map(page -> page.path().toString()).toList());
    }
}
