/* Places and steps of evidence as a terminal shows them. */
#include "report/step.h"

#include "report/cells.h"
#include "report/path.h"
#include "report/snippet.h"

void sp_telling__place(const sp_telling *text, sp_str path, const sp_located *at)
{
    if (path.size == 0)
        return;
    sp_style_write(text->out, SP_STYLE_STRONG, text->color);
    sp_path_write(text->out, text->folder, path);
    if (at->placed)
        sp_buf_print(text->out, ":%u:%u", (unsigned)at->start.line, (unsigned)at->start.column);
    sp_buf_text(text->out, ":");
    sp_style_write(text->out, SP_STYLE_PLAIN, text->color);
    sp_buf_text(text->out, " ");
}

void sp_telling__word(const sp_telling *text, sp_style style, const char *word)
{
    sp_style_write(text->out, style, text->color);
    sp_buf_print(text->out, "%s:", word);
    sp_style_write(text->out, SP_STYLE_PLAIN, text->color);
    sp_buf_text(text->out, " ");
}

void sp_telling__aside(const sp_telling *text, sp_style style, const char *word)
{
    sp_buf_text(text->out, "      = ");
    sp_telling__word(text, style, word);
}

static bool is_same_place(const sp_located *a, const sp_located *b)
{
    return a->placed && b->placed && a->span.start == b->span.start && a->span.end == b->span.end &&
           sp_str_equal(a->path, b->path);
}

/* A step about the place that was shown last needs no second picture of it. */
static void write_step(const sp_telling *text, const sp_evidence *step, const sp_located *shown)
{
    bool aside = !step->at.placed || (shown != NULL && is_same_place(&step->at, shown));
    if (aside) {
        sp_telling__aside(text, SP_STYLE_NOTE, "note");
    } else {
        sp_telling__place(text, step->at.path, &step->at);
        sp_telling__word(text, SP_STYLE_NOTE, "note");
    }
    sp_cells_write(text->out, step->message);
    if (step->source.size > 0) {
        sp_buf_text(text->out, " (source: ");
        sp_cells_write(text->out, step->source);
        sp_buf_text(text->out, ")");
    }
    sp_buf_text(text->out, "\n");
    if (!aside)
        sp_snippet_write(text->out, &step->at, SP_STYLE_NOTE, text->color);
}

void sp_telling__steps(const sp_telling *text, const sp_evidence *steps, uint32_t count, const sp_located *shown)
{
    for (uint32_t i = 0; i < count; i++) {
        write_step(text, &steps[i], shown);
        if (steps[i].at.placed)
            shown = &steps[i].at;
    }
}
