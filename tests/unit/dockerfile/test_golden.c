/* The cases of tests/golden/dockerfile: what a document holds, as text, and that running out of memory at any moment is
   said and leaks nothing. UPDATE_GOLDEN=1 rewrites what is expected. */
#include "unit/dockerfile/dump.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char folder[1024];

static sp_str read_file(const char *name, const char *file)
{
    static char path[2048], bytes[1 << 20];
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        fail_msg("cannot read %s", path);
    size_t size = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    char *exact = malloc(size + 1); /* so that a sanitizer sees a read past the end */
    memcpy(exact, bytes, size);
    return (sp_str){exact, size};
}

static void free_text(sp_str text)
{
    free((void *)(uintptr_t)text.text);
}

static void write_expected(const char *name, sp_str text)
{
    static char path[2048];
    snprintf(path, sizeof path, "%s/%s/expected", folder, name);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fwrite(text.text, 1, text.size, stream);
    fclose(stream);
}

static void each_case(void (*judge)(const char *name))
{
    const char *root = getenv("SP_SOURCE_DIR");
    snprintf(folder, sizeof folder, "%s/tests/golden/dockerfile", root != NULL ? root : ".");
    DIR *cases = opendir(folder);
    size_t judged = 0;
    assert_non_null(cases);
    for (struct dirent *entry; (entry = readdir(cases)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        judge(entry->d_name);
        judged++;
    }
    closedir(cases);
    assert_true(judged > 50);
}

static void compare_case(const char *name)
{
    sp_arena arena;
    jmp_buf here;
    sp_buf out;
    sp_str text = read_file(name, "Dockerfile");
    sp_buf_init(&out, sp_alloc_default(), 1 << 20);
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) != 0)
        fail_msg("out of memory");
    dump_document(&out, sp_document_parse(&arena, SP_STR("Dockerfile"), text));
    assert_false(out.failed);
    if (getenv("UPDATE_GOLDEN") != NULL)
        write_expected(name, sp_buf_str(&out));
    sp_str expected = read_file(name, "expected");
    if (!sp_str_equal(expected, sp_buf_str(&out)))
        fail_msg("%s: this is what the document holds:\n%.*s", name, SP_STR_ARG(sp_buf_str(&out)));
    free_text(expected);
    free_text(text);
    sp_buf_dispose(&out);
    sp_arena_dispose(&arena);
}

static void hold_what_is_expected(void **state)
{
    (void)state;
    each_case(compare_case);
}

/* An allocator that refuses from a call on, and counts what is out. */
typedef struct rationed {
    long left, out;
} rationed;

static void *rationed_realloc(void *payload, void *old, size_t old_size, size_t new_size)
{
    rationed *ration = payload;
    (void)old_size;
    if (new_size == 0) {
        ration->out -= old != NULL;
        free(old);
        return NULL;
    }
    if (ration->left-- <= 0)
        return NULL;
    void *memory = realloc(old, new_size);
    ration->out += old == NULL && memory != NULL;
    return memory;
}

/* Whether parsing with only `calls` allocations worked. */
static bool parse_with(sp_str text, long calls)
{
    rationed ration = {calls, 0};
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, (sp_alloc){rationed_realloc, &ration});
    arena.block_size = 256; /* many small blocks: many moments to fail */
    sp_arena_recover(&arena, &here);
    volatile bool done = false;
    if (setjmp(here) == 0) {
        sp_document_parse(&arena, SP_STR("Dockerfile"), text);
        done = true;
    }
    sp_arena_dispose(&arena);
    assert_int_equal(ration.out, 0);
    return done;
}

static void starve_case(const char *name)
{
    sp_str text = read_file(name, "Dockerfile");
    long calls = 0;
    while (calls < 100 && !parse_with(text, calls))
        calls++;
    assert_in_range(calls, 1, 99);
    free_text(text);
}

static void every_refused_allocation_is_said_and_leaks_nothing(void **state)
{
    (void)state;
    each_case(starve_case);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hold_what_is_expected),
        cmocka_unit_test(every_refused_allocation_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
