/* A Dockerfile text, read up to its facts, for the tests of this folder. */
#ifndef TEST_FACTS_DOCKERFILE_H
#define TEST_FACTS_DOCKERFILE_H

#include "facts/facts.h"

#include "unit/arena.h"

/** The facts of a Dockerfile; out of memory ends the test program. */
static inline sp_facts *read_facts(const char *text)
{
    sp_build_input input = {0};
    const sp_document *document = sp_document_parse(&arena, SP_STR("Dockerfile"), sp_str_from(text));
    return sp_facts_new(sp_graph_build(document, &input));
}

#endif
