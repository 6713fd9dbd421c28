/* Small Dockerfiles as tables: a text goes in, the answer comes out as a line. */
#ifndef SP_TESTS_FACTS_CASE_H
#define SP_TESTS_FACTS_CASE_H

#include "facts/facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit/arena.h"

/* The facts of a text, with at most one build argument "NAME=VALUE". */
static inline sp_facts *facts_of(const char *text, const char *argument)
{
    sp_argument given = {{"", 0}, {"", 0}};
    sp_build_input input = {.arguments = &given, .argument_count = argument != NULL};
    if (argument != NULL) {
        sp_str whole = sp_str_from(argument);
        given.name = sp_str_head(whole, sp_str_find(whole, '='));
        given.value = sp_str_skip(whole, given.name.size + 1);
    }
    const sp_document *document = sp_document_parse(&arena, SP_STR("Dockerfile"), sp_str_from(text));
    return sp_facts_new(sp_graph_build(document, &input));
}

static inline uint32_t last_stage(const sp_facts *facts)
{
    return sp_facts_graph(facts)->stage_count - 1;
}

/* The words of a text, cut at blanks. */
static inline size_t words_of(const char *text, sp_str *words, size_t room)
{
    size_t count = 0;
    sp_str rest = sp_str_from(text);
    while (rest.size > 0 && count < room) {
        words[count] = sp_str_head(rest, sp_str_find(rest, ' '));
        rest = sp_str_skip(rest, words[count++].size + 1);
    }
    return count;
}

/* "yes at 2: gcc, make?, jdk~": the answer, the line that decides it, what was found; '?' is unknown, '~' assumed. */
static inline const char *answer_line(sp_facts *facts, const sp_answer *answer)
{
    static const char *const truths[] = {"no", "yes", "unknown"};
    const sp_source *source = &sp_facts_graph(facts)->document->source;
    sp_str line = sp_arena_print(&arena, "%s", truths[sp_answer_truth(answer)]);
    for (uint32_t i = 0; i < answer->items.count; i++) {
        const sp_item *item = &answer->items.items[i];
        sp_str head =
            i > 0 ? SP_STR(", ") : sp_arena_print(&arena, " at %u: ", sp_source_point(source, answer->span.start).line);
        line = sp_arena_print(&arena, "%s%.*s%.*s%s%s", line.text, SP_STR_ARG(head), SP_STR_ARG(item->found),
                              item->unknown ? "?" : "", item->assumed ? "~" : "");
    }
    return line.text;
}

/* The steps of an item, one a line: "2: message" with a place, "message (source)" without. */
static inline const char *steps_text(sp_facts *facts, const sp_steps *steps)
{
    const sp_source *source = &sp_facts_graph(facts)->document->source;
    sp_str text = SP_STR("");
    for (uint32_t i = 0; i < steps->count; i++) {
        const sp_step *step = &steps->items[i];
        if (step->placed)
            text = sp_arena_print(&arena, "%.*s%u: %.*s\n", SP_STR_ARG(text),
                                  sp_source_point(source, step->span.start).line, SP_STR_ARG(step->message));
        else
            text = sp_arena_print(&arena, "%.*s%.*s (%.*s)\n", SP_STR_ARG(text), SP_STR_ARG(step->message),
                                  SP_STR_ARG(step->source));
    }
    return text.text;
}

/* A question about the last stage of a text that names what it is about, and the line that answers it. */
typedef struct named_case {
    const char *name, *text, *asked, *expected;
} named_case;

typedef sp_answer named_question(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count);

static inline void check_answers(named_question *ask, const named_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sp_facts *facts = facts_of(cases[i].text, NULL);
        sp_str asked[8];
        size_t asked_count = words_of(cases[i].asked, asked, 8);
        sp_answer answer = ask(facts, last_stage(facts), asked, asked_count);
        const char *line = answer_line(facts, &answer);
        if (strcmp(line, cases[i].expected) != 0)
            fail_msg("%s: %s, not %s", cases[i].name, line, cases[i].expected);
    }
}

#define CHECK_ANSWERS(ask, cases) check_answers(ask, cases, sizeof cases / sizeof cases[0])

#endif
