/* Image references: the table of texts and what they mean, or why they are refused. */
#include "image/reference.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit/arena.h"

enum { COLUMNS = 6 };

static sp_str repeated(char c, size_t count)
{
    char *text = sp_arena_alloc(&arena, count);
    memset(text, c, count);
    return (sp_str){text, count};
}

/* The text with its <64>, <32>, <300> and <128> written out. */
static sp_str filled(sp_str text)
{
    static const struct {
        const char *mark;
        char c;
        size_t count;
    } fills[] = {{"<64>", 'a', 64}, {"<32>", 'a', 32}, {"<300>", 'x', 300}, {"<128>", 'x', 128}};
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        size_t at;
        while ((at = sp_str_search(text, sp_str_from(fills[i].mark))) != SIZE_MAX) {
            const sp_str parts[] = {sp_str_head(text, at), repeated(fills[i].c, fills[i].count),
                                    sp_str_skip(text, at + strlen(fills[i].mark))};
            text = sp_arena_join(&arena, parts, 3);
        }
    }
    return text;
}

static void split(char *line, sp_str *columns)
{
    sp_str rest = sp_str_from(line);
    for (int i = 0; i < COLUMNS; i++) {
        size_t tab = sp_str_find(rest, '\t');
        columns[i] = filled(sp_str_head(rest, tab));
        rest = sp_str_skip(rest, tab + 1);
    }
}

static void assert_text(sp_str found, sp_str expected)
{
    if (!sp_str_equal(found, expected))
        fail_msg("'%.*s' instead of '%.*s'", SP_STR_ARG(found), SP_STR_ARG(expected));
}

static void check_row(const sp_str *row)
{
    sp_reference reference;
    sp_str problem = SP_STR("");
    bool parsed = sp_reference_parse(&arena, row[0], &reference, &problem);
    if (sp_str_equal(row[1], SP_STR("refused"))) {
        if (parsed || sp_str_search(problem, row[2]) == SIZE_MAX)
            fail_msg("'%.*s': refused for '%.*s'", SP_STR_ARG(row[0]), SP_STR_ARG(problem));
        return;
    }
    if (!parsed)
        fail_msg("%.*s", SP_STR_ARG(problem));
    const sp_str whole[] = {reference.registry, SP_STR("/"), reference.repository};
    assert_text(sp_arena_join(&arena, whole, 3), row[1]);
    assert_text(reference.name, row[2]);
    assert_text(reference.tag, row[3]);
    assert_text(reference.digest, row[4]);
    assert_text(reference.canonical, row[5]);
}

static void reads_every_row_of_the_table(void **state)
{
    (void)state;
    sp_str path = sp_arena_print(&arena, "%s/tests/tables/reference.tsv", getenv("SP_SOURCE_DIR"));
    FILE *file = fopen(path.text, "r");
    char line[2048];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        sp_str columns[COLUMNS];
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        split(line, columns);
        check_row(columns);
        rows++;
    }
    fclose(file);
    assert_true(rows > 50);
}

static void knows_the_digests_that_buildkit_can_compute(void **state)
{
    static const char *const wrong[] = {
        "", "sha256", "sha256:", "sha256:1", "sha256:<64>a", "SHA256:<64>", "sha384:<64>", "md5:<64>"};
    (void)state;
    assert_true(sp_reference_is_digest(filled(SP_STR("sha256:<64>"))));
    assert_true(sp_reference_is_digest(filled(SP_STR("sha512:<64><64>"))));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(sp_reference_is_digest(filled(sp_str_from(wrong[i]))));
}

static void shortens_long_texts_in_a_problem(void **state)
{
    (void)state;
    sp_reference reference;
    sp_str problem;
    assert_false(sp_reference_parse(&arena, repeated('X', 100000), &reference, &problem));
    assert_true(problem.size < 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_every_row_of_the_table),
        TEST(knows_the_digests_that_buildkit_can_compute),
        TEST(shortens_long_texts_in_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
