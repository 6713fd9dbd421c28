/* A document to look at: parsed from a text, in an arena that a test's set-up and tear-down hold. */
#ifndef TESTS_DOCKERFILE_PARSED_H
#define TESTS_DOCKERFILE_PARSED_H

#include "dockerfile/document.h"

#include <stdlib.h>

#include "unit/arena.h"

static inline const sp_document *parse(sp_str text)
{
    return sp_document_parse(&arena, SP_STR("Dockerfile"), sp_arena_copy(&arena, text));
}

/** A text many times over. */
static inline sp_str repeated(sp_str head, sp_str part, size_t count, sp_str tail)
{
    char *text = sp_arena_alloc(&arena, head.size + part.size * count + tail.size), *next = text;
    memcpy(next, head.text, head.size);
    next += head.size;
    for (size_t i = 0; i < count; i++, next += part.size)
        memcpy(next, part.text, part.size);
    memcpy(next, tail.text, tail.size);
    return (sp_str){text, head.size + part.size * count + tail.size};
}

static inline void assert_text(sp_str text, const char *expected)
{
    if (!sp_str_equal(text, sp_str_from(expected)))
        fail_msg("'%.*s' is not '%s'", SP_STR_ARG(text), expected);
}

/** The diagnostic of that kind, which there must be exactly once. */
static inline const sp_diagnostic *only(const sp_document *document, sp_diagnostic_id id)
{
    const sp_diagnostic *found = NULL;
    for (uint32_t i = 0; i < document->diagnostics.count; i++) {
        if (document->diagnostics.items[i].id != id)
            continue;
        assert_null(found);
        found = &document->diagnostics.items[i];
    }
    assert_non_null(found);
    return found;
}

static inline bool has(const sp_document *document, sp_diagnostic_id id)
{
    for (uint32_t i = 0; i < document->diagnostics.count; i++) {
        if (document->diagnostics.items[i].id == id)
            return true;
    }
    return false;
}

#endif
