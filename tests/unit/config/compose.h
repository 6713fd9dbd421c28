/* One reading of a compose project in tests: its files, its variables, what came out. */
#ifndef SP_TESTS_UNIT_CONFIG_COMPOSE_H
#define SP_TESTS_UNIT_CONFIG_COMPOSE_H

#include "base/guard.h"
#include "base/limits.h"
#include "config/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { PROJECT_FILES = 4 };

/* Pairs of texts end with NULL. */
typedef struct project {
    const char *texts[PROJECT_FILES]; /* of compose.yaml, and those on top of it; ends with NULL */
    const char *const *variables;     /* name, value, …; NULL: none */
    const char *const *others;        /* path, text, …: what `open` knows; NULL: there is no `open` */
    sp_str text;                      /* instead of the first of `texts`, for one that has NUL */
    sp_arena arena;
    sp_compose out;
    sp_error error;
} project;

static inline bool find_text(const char *const *pairs, sp_str name, sp_str *value)
{
    for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2) {
        if (!sp_str_is(name, pairs[i]))
            continue;
        *value = sp_str_from(pairs[i + 1]);
        return true;
    }
    return false;
}

static inline bool project_look_up(void *payload, sp_str name, sp_str *value)
{
    return find_text(((project *)payload)->variables, name, value);
}

static inline bool project_open(void *payload, sp_str path, sp_str *text)
{
    return find_text(((project *)payload)->others, path, text);
}

static inline sp_status project_guarded(void *payload)
{
    static const char *const names[] = {"compose.yaml", "compose.override.yaml", "third.yaml"};
    project *read = payload;
    sp_compose_file files[PROJECT_FILES] = {{SP_STR("compose.yaml"), read->text}};
    size_t count = read->text.size > 0;
    for (; read->texts[count] != NULL; count++)
        files[count] = (sp_compose_file){sp_str_from(names[count]), sp_str_from(read->texts[count])};
    sp_compose_input input = {files, count, project_look_up, read->others != NULL ? project_open : NULL, read};
    return sp_compose_read(&read->arena, &input, &read->out, &read->error);
}

/* Reads; project_dispose afterwards. */
static inline sp_status project_read(project *read)
{
    SP_INIT(read->error);
    sp_arena_init(&read->arena, sp_alloc_default());
    return sp_guard(&read->arena, project_guarded, read);
}

static inline void project_dispose(project *read)
{
    sp_arena_dispose(&read->arena);
}

#endif
