/* A three-valued answer with its reasons: items that make it yes, or may, each with its chain of evidence. */
#ifndef SP_FACTS_ANSWER_H
#define SP_FACTS_ANSWER_H

#include "graph/graph.h"

/** One step of evidence. A fact from the catalogue has no place but a source. */
typedef struct sp_step {
    sp_str message;
    bool placed;
    sp_span span;
    sp_str source; /* "" when placed */
} sp_step;

typedef SP_LIST(sp_step) sp_steps;

/** One thing found, or possibly there. */
typedef struct sp_item {
    sp_str found; /* "gcc", "c-compiler", "/app/bin"; for an unknown item what it may be, "" for anything */
    bool unknown;
    bool assumed; /* rests on an assumption: "probably" */
    sp_steps steps;
} sp_item;

/** yes when an item is certain, else unknown when there is any, else no. */
typedef struct sp_answer {
    SP_LIST(sp_item) items;
    bool placed;
    sp_span span;   /* what decided it */
    sp_steps steps; /* evidence of a no, or of the answer as a whole */
} sp_answer;

typedef enum sp_truth { SP_NO, SP_YES, SP_MAYBE } sp_truth;

sp_truth sp_answer_truth(const sp_answer *answer);

/** An item to fill, appended. */
sp_item *sp_answer_add(sp_arena *arena, sp_answer *answer, sp_str found, bool unknown);

/** A step with a place, and one with a source. */
void sp_steps_add(sp_arena *arena, sp_steps *steps, sp_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void sp_steps_add_source(sp_arena *arena, sp_steps *steps, sp_str source, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
