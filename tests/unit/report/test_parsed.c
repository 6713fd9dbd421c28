/* Every format of a parsed Dockerfile, with and without values, over the golden cases: whichever allocation is refused,
   it is said and nothing leaks. */
#include "base/guard.h"
#include "report/parsed.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TEXT_BYTES = 1 << 16 };

/* An allocator that refuses after `left` calls and counts what is held. The arena's blocks stay small: so there are
   many moments to fail. */
typedef struct allowance {
    size_t left, held, *block_size;
} allowance;

static void *refuse_after(void *payload, void *old, size_t old_size, size_t new_size)
{
    allowance *quota = payload;
    if (new_size == 0) {
        quota->held -= old_size;
        free(old);
        return NULL;
    }
    if (quota->left == 0)
        return NULL;
    quota->left--;
    *quota->block_size = 512;
    quota->held += new_size - old_size;
    return realloc(old, new_size);
}

typedef struct writing {
    sp_arena arena;
    sp_buf out;
    sp_str text;
    const sp_parsed_format *format;
    bool expand;
} writing;

static sp_status write_parsed(void *payload)
{
    writing *file = payload;
    sp_parsed parsed = {.document = sp_document_parse(&file->arena, SP_STR("Dockerfile"), file->text)};
    sp_build_input input = {0};
    if (file->expand)
        parsed.graph = sp_graph_build(parsed.document, &input);
    file->format->write(&parsed, &file->out);
    return file->out.failed ? SP_E_MEMORY : SP_OK;
}

static sp_status write_with(const writing *wanted, size_t calls)
{
    writing file = *wanted;
    allowance quota = {.left = calls, .block_size = &file.arena.block_size};
    sp_arena_init(&file.arena, (sp_alloc){refuse_after, &quota});
    sp_buf_init(&file.out, (sp_alloc){refuse_after, &quota}, 1u << 24);
    sp_status status = sp_guard(&file.arena, write_parsed, &file);
    sp_arena_dispose(&file.arena);
    sp_buf_dispose(&file.out);
    assert_int_equal(quota.held, 0);
    return status;
}

static void starve(sp_str text)
{
    for (size_t i = 0; sp_parsed_format_get(i) != NULL; i++) {
        for (int expand = 0; expand <= 1; expand++) {
            writing wanted = {.text = text, .format = sp_parsed_format_get(i), .expand = expand != 0};
            size_t calls = 0;
            while (write_with(&wanted, calls) == SP_E_MEMORY)
                calls++;
            assert_in_range(calls, 1, 10000);
        }
    }
}

static void starve_folder(const char *layer)
{
    static char path[2048], text[TEXT_BYTES];
    const char *root = getenv("SP_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/tests/golden/%s", root != NULL ? root : ".", layer);
    size_t length = strlen(path), count = 0;
    DIR *cases = opendir(path);
    assert_non_null(cases);
    for (struct dirent *entry; (entry = readdir(cases)) != NULL;) {
        snprintf(path + length, sizeof path - length, "/%s/Dockerfile", entry->d_name);
        FILE *stream = entry->d_name[0] != '.' ? fopen(path, "rb") : NULL;
        if (stream == NULL)
            continue;
        starve((sp_str){text, fread(text, 1, sizeof text, stream)});
        fclose(stream);
        count++;
    }
    closedir(cases);
    assert_true(count > 30);
}

static void survives_every_refused_allocation(void **state)
{
    (void)state;
    starve_folder("dockerfile");
    starve_folder("graph");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_every_refused_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
