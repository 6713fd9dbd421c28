/* Platforms: what passes, and how it is spelled in the end. */
#include "graph/platform.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* What a text is read as: "text", with '?' for an architecture that is not known; "-" when it is refused. */
static sp_str read_text(sp_arena *arena, const char *text, sp_platform *platform)
{
    if (!sp_platform_parse(arena, sp_str_from(text), platform))
        return SP_STR("-");
    size_t known = sp_str_find(platform->text, '\0');
    if (known == platform->text.size)
        return platform->text;
    return sp_arena_join(arena, (sp_str[]){sp_str_head(platform->text, known), SP_STR("?")}, 2);
}

static void check_all(const char *const (*rows)[2])
{
    sp_arena arena;
    sp_platform platform;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) != 0)
        fail_msg("out of memory");
    for (; (*rows)[0] != NULL; rows++) {
        sp_str read = read_text(&arena, (*rows)[0], &platform);
        if (!sp_str_is(read, (*rows)[1]))
            fail_msg("'%s' is read as '%.*s', not '%s'", (*rows)[0], SP_STR_ARG(read), (*rows)[1]);
    }
    sp_arena_dispose(&arena);
}

static void spells_aliases_in_one_way(void **state)
{
    static const char *const rows[][2] = {
        {"linux/amd64", "linux/amd64"},
        {"Linux/AMD64", "linux/amd64"},
        {"linux/x86_64", "linux/amd64"},
        {"linux/x86-64", "linux/amd64"},
        {"linux/aarch64", "linux/arm64"},
        {"linux/armhf", "linux/arm/v7"},
        {"linux/armel", "linux/arm/v6"},
        {"linux/i386", "linux/386"},
        {"macos/arm64", "darwin/arm64"},
        {"amiga/68k", "amiga/68k"},
        {NULL, NULL},
    };
    (void)state;
    check_all(rows);
}

static void leaves_usual_variants_out(void **state)
{
    static const char *const rows[][2] = {
        {"linux/arm", "linux/arm/v7"},       {"linux/arm/7", "linux/arm/v7"},
        {"linux/arm/v7", "linux/arm/v7"},    {"linux/arm/6", "linux/arm/v6"},
        {"linux/arm/v6", "linux/arm/v6"},    {"linux/arm64/v8", "linux/arm64"},
        {"linux/arm64/8", "linux/arm64"},    {"linux/arm64/v8.0", "linux/arm64"},
        {"linux/arm64/9", "linux/arm64/v9"}, {"linux/arm64/V9.0", "linux/arm64/v9"},
        {"linux/amd64/v1", "linux/amd64"},   {"linux/amd64/v2", "linux/amd64/v2"},
        {"linux/i386/v3", "linux/386"},      {"linux/armhf/v6", "linux/arm/v7"},
        {"linux/x86_64/v1", "linux/amd64"},  {NULL, NULL},
    };
    (void)state;
    check_all(rows);
}

static void takes_a_system_or_a_machine_alone(void **state)
{
    static const char *const rows[][2] = {
        {"linux", "linux/?"},      {"WINDOWS", "windows/?"},  {"macos", "darwin/?"},          {"arm64", "linux/arm64"},
        {"armhf", "linux/arm/v7"}, {"x86_64", "linux/amd64"}, {"windows(1)", "windows(1)/?"}, {NULL, NULL},
    };
    (void)state;
    check_all(rows);
}

static void keeps_versions_and_sorts_features(void **state)
{
    static const char *const rows[][2] = {
        {"windows(10.0.17763)/amd64", "windows(10.0.17763)/amd64"},
        {"windows(10.0+b+a+b)/amd64", "windows(10.0+a+b)/amd64"},
        {"windows(+x)/amd64", "windows(+x)/amd64"},
        {"linux()/amd64", "linux/amd64"},
        {"linux(a%20b)/amd64", "linux(a b)/amd64"},
        {"linux(a%2Fb)/amd64", "linux(a%2Fb)/amd64"},
        {NULL, NULL},
    };
    (void)state;
    check_all(rows);
}

static void refuses_what_is_no_platform(void **state)
{
    static const char *const rows[][2] = {
        {"", "-"},
        {"amiga", "-"},
        {"linux/", "-"},
        {"/amd64", "-"},
        {"linux/amd64/v1/x", "-"},
        {"linux/a*", "-"},
        {"linux amd64", "-"},
        {"linux(/amd64", "-"},
        {"linux(a%2)/amd64", "-"},
        {"linux(+)/amd64", "-"},
        {"amd64(1)", "-"},
        {"linux/a/", "-"},
        {"linux/amd64,linux/arm64", "-"},
        {NULL, NULL},
    };
    (void)state;
    check_all(rows);
}

static void tells_the_version_of_the_system(void **state)
{
    sp_arena arena;
    sp_platform platform;
    jmp_buf here;
    (void)state;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) != 0)
        fail_msg("out of memory");
    assert_true(sp_platform_parse(&arena, SP_STR("windows(10.0%2F1+f)/amd64"), &platform));
    assert_true(sp_str_is(platform.os, "windows"));
    assert_true(sp_str_is(platform.os_version, "10.0/1"));
    assert_true(sp_str_is(platform.architecture, "amd64"));
    assert_int_equal(platform.variant.size, 0);
    sp_arena_dispose(&arena);
}

static void suggests_what_is_misspelled(void **state)
{
    static const char *const rows[][2] = {
        {"linux/arm46", "linux/arm64"},
        {"linus/amd64", "linux/amd64"},
        {"Linus/x86_64", "linux/x86_64"},
        {"linux(1)/arm46", "linux(1)/arm64"},
        {"linux/arm46/v8", "linux/arm64/v8"},
        {"linus", "linux"},
        {"linux/arm64", ""},
        {"linux/x86_64", ""},
        {"macos/arm64", ""},
        {"wasip1/wasm", ""},
        {"linux/amd64/*", ""},
        {"linux/", ""},
        {"", ""},
        {"linux", ""},
    };
    sp_arena arena;
    jmp_buf here;
    (void)state;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) != 0)
        fail_msg("out of memory");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sp_str meant = sp_platform_meant(&arena, sp_str_from(rows[i][0]));
        if (!sp_str_is(meant, rows[i][1]))
            fail_msg("'%s' is said to mean '%.*s', not '%s'", rows[i][0], SP_STR_ARG(meant), rows[i][1]);
    }
    sp_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggests_what_is_misspelled),       cmocka_unit_test(spells_aliases_in_one_way),
        cmocka_unit_test(leaves_usual_variants_out),         cmocka_unit_test(takes_a_system_or_a_machine_alone),
        cmocka_unit_test(keeps_versions_and_sorts_features), cmocka_unit_test(refuses_what_is_no_platform),
        cmocka_unit_test(tells_the_version_of_the_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
