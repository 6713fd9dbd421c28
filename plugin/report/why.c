/* The answer of `why` for people, and as JSON, version 1: fields are only ever added, and stand in this order.

     why    version stage about(null: the stage itself) answer(target shipped needed maybe dead; of what the stage
            contains yes probably no unknown) message path line column evidence[](step)
     step   message path(null) line(null) column(null) source(null) */
#include "report/why.h"

#include "report/cells.h"
#include "report/json_out.h"
#include "report/snippet.h"
#include "report/step.h"

static void write_text(const sp_why *why, sp_str folder, bool color, sp_buf *out)
{
    sp_telling text = {out, folder, color};
    sp_telling__place(&text, why->headline.at.path, &why->headline.at);
    sp_telling__word(&text, SP_STYLE_HELP, why->answer);
    sp_cells_write(out, why->headline.message);
    sp_buf_text(out, "\n");
    sp_snippet_write(out, &why->headline.at, SP_STYLE_HELP, color);
    sp_telling__steps(&text, why->steps, why->step_count, &why->headline.at);
}

static void put_text_or_null(sp_json_out *json, const char *key, sp_str text)
{
    if (text.size > 0)
        sp_json_text(json, key, text);
    else
        sp_json_null(json, key);
}

static void put_number_or_null(sp_json_out *json, const char *key, uint32_t number)
{
    if (number > 0)
        sp_json_number(json, key, number);
    else
        sp_json_null(json, key);
}

static void put_sentence(sp_json_out *json, const sp_evidence *step)
{
    sp_json_text(json, "message", step->message);
    put_text_or_null(json, "path", step->at.path);
    put_number_or_null(json, "line", step->at.start.line);
    put_number_or_null(json, "column", step->at.start.column);
}

static void put_step(sp_json_out *json, const sp_evidence *step)
{
    sp_json_object(json, NULL, SP_JSON_FLAT);
    put_sentence(json, step);
    put_text_or_null(json, "source", step->source);
    sp_json_end_object(json);
}

static void write_json(const sp_why *why, sp_str folder, bool color, sp_buf *out)
{
    sp_json_out json = {.out = out};
    (void)folder;
    (void)color;
    sp_json_object(&json, NULL, SP_JSON_LINES);
    sp_json_number(&json, "version", 1);
    sp_json_text(&json, "stage", why->stage);
    put_text_or_null(&json, "about", why->about);
    sp_json_text(&json, "answer", sp_str_from(why->answer));
    put_sentence(&json, &why->headline);
    sp_json_array(&json, "evidence", SP_JSON_LINES);
    for (uint32_t i = 0; i < why->step_count; i++)
        put_step(&json, &why->steps[i]);
    sp_json_end_array(&json);
    sp_json_end_object(&json);
    sp_buf_byte(out, '\n');
}

static const sp_why_format formats[] = {{"text", write_text}, {"json", write_json}};

const sp_why_format *sp_why_format_get(size_t index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const sp_why_format *sp_why_format_find(sp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (sp_str_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}
