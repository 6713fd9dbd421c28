/* Facts of the golden graphs: whichever allocation is refused while they are asked, it comes back and leaves nothing.
 */
#include "base/guard.h"
#include "facts/facts.h"

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

static void ask_of_stage(sp_facts *facts, uint32_t stage)
{
    const sp_state *state = sp_facts_graph(facts)->stages[stage].state;
    sp_str globs[] = {SP_STR("*gcc*"), SP_STR("b*")};
    uint32_t count;
    size_t names;
    const sp_str *capabilities = sp_capability_names(&names);
    for (int kind = SP_SETTING_USER; kind <= SP_SETTING_STOPSIGNAL; kind++) {
        sp_setting setting = sp_facts_setting(facts, stage, state, (sp_setting_kind)kind);
        if (kind == SP_SETTING_USER)
            sp_facts_is_root(facts, &setting);
    }
    sp_facts_environment(facts, stage, state, SP_STR("PATH"));
    sp_facts_label(facts, stage, state, SP_STR("a"));
    sp_facts_contains(facts, stage, capabilities, names);
    sp_facts_installs(facts, stage, globs, 2);
    sp_facts_depends_on(facts, stage, globs, 2);
    sp_facts_left_behind(facts, stage, &count);
}

typedef struct asking {
    sp_arena arena;
    sp_str text;
} asking;

static sp_status ask_everything(void *payload)
{
    asking *file = payload;
    sp_build_input input = {0};
    const sp_document *document = sp_document_parse(&file->arena, SP_STR("Dockerfile"), file->text);
    sp_facts *facts = sp_facts_new(sp_graph_build(document, &input));
    const sp_graph *graph = sp_facts_graph(facts);
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        uint32_t count;
        sp_facts_script(facts, i);
        sp_facts_operations(facts, i, &count);
    }
    for (uint32_t i = 0; i < graph->stage_count; i++)
        ask_of_stage(facts, i);
    return SP_OK;
}

static sp_status ask_with(sp_str text, size_t calls)
{
    asking file = {.text = text};
    allowance quota = {.left = calls, .block_size = &file.arena.block_size};
    sp_arena_init(&file.arena, (sp_alloc){refuse_after, &quota});
    sp_status status = sp_guard(&file.arena, ask_everything, &file);
    sp_arena_dispose(&file.arena);
    assert_int_equal(quota.held, 0);
    return status;
}

static void starve(sp_str text)
{
    size_t calls = 0;
    while (ask_with(text, calls) == SP_E_MEMORY)
        calls++;
    assert_in_range(calls, 1, 10000);
}

static void survives_every_refused_allocation(void **state)
{
    static char path[2048], text[TEXT_BYTES];
    const char *root = getenv("SP_SOURCE_DIR");
    (void)state;
    snprintf(path, sizeof path, "%s/tests/golden/graph", root != NULL ? root : ".");
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

static void survives_every_refused_allocation_of_installs(void **state)
{
    (void)state;
    starve(SP_STR("FROM golang:1.22 AS build\nRUN apt-get update && apt-get install -y gcc make curl && curl -o /x "
                  "https://a.example/x.tgz && pip install -r requirements.txt\nRUN npm ci && npm run build\n"
                  "FROM python:3.12\nCOPY --from=build / /\nUSER app\nCMD [\"python\", \"app.py\"]\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_every_refused_allocation),
        cmocka_unit_test(survives_every_refused_allocation_of_installs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
