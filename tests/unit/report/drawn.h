/* Drawing the stages of a Dockerfile for a test. */
#ifndef TESTS_REPORT_DRAWN_H
#define TESTS_REPORT_DRAWN_H

#include "base/guard.h"
#include "report/graph_picture.h"

/** One picture: what is drawn and how is set before, the text is there after; drawn_dispose. */
typedef struct drawn {
    void (*write)(const sp_graph_drawing *drawing, sp_buf *out);
    sp_str dockerfile;
    sp_stage_note note; /* of the first stage */
    bool judged, color, needed_only;
    sp_arena arena;
    sp_buf out;
} drawn;

static inline sp_status drawn__draw(void *payload)
{
    drawn *picture = payload;
    const sp_document *document = sp_document_parse(&picture->arena, SP_STR("Dockerfile"), picture->dockerfile);
    const sp_graph *graph = sp_graph_build(document, &(sp_build_input){0});
    sp_stage_note *notes = sp_arena_zeroed(&picture->arena, (graph->stage_count + 1) * sizeof *notes);
    notes[0] = picture->note;
    sp_graph_drawing drawing = {.graph = graph,
                                .notes = notes,
                                .judged = picture->judged,
                                .color = picture->color,
                                .needed_only = picture->needed_only};
    picture->write(&drawing, &picture->out);
    return SP_OK;
}

/** The picture as text. */
static inline const char *drawn_text(drawn *picture)
{
    sp_arena_init(&picture->arena, sp_alloc_default());
    sp_buf_init(&picture->out, sp_alloc_default(), 1u << 24);
    assert_int_equal(sp_guard(&picture->arena, drawn__draw, picture), SP_OK);
    return sp_buf_str(&picture->out).text;
}

static inline void drawn_dispose(drawn *picture)
{
    sp_buf_dispose(&picture->out);
    sp_arena_dispose(&picture->arena);
}

/** Fails the test unless the picture has (has not) a part. */
static inline void expect_drawn(drawn picture, const char *has, const char *has_not)
{
    const char *text = drawn_text(&picture);
    if (has != NULL && strstr(text, has) == NULL)
        fail_msg("'%s' is not in:\n%s", has, text);
    if (has_not != NULL && strstr(text, has_not) != NULL)
        fail_msg("'%s' is in:\n%s", has_not, text);
    drawn_dispose(&picture);
}

#endif
