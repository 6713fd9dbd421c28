/* The exec form: a JSON array of strings. Anything else is shell text, so a wrong comma decides what a build runs. */
#include "dockerfile/blank.h"
#include "dockerfile/json.h"

static void add_string(sp_parser *parser, const sp_line *line, sp_str content, bool plain, sp_words *out)
{
    sp_word *word = sp_list_add(parser->arena, out);
    *word = sp_line__word(line, content);
    if (!plain)
        word->text = sp_json__decode(parser->arena, content);
}

/* array = "[" [ string { "," string } ] "]", nothing after it; blanks anywhere between */
sp_json sp_exec_form__read(sp_parser *parser, const sp_line *line, sp_str text, sp_words *out)
{
    const char *end = text.text + text.size;
    sp_json_reader json = {sp_skip_spaces(text.text, end), end};
    uint32_t before = out->count;
    if (!sp_json__take(&json, '['))
        return SP_JSON_NONE;
    sp_json__skip_blanks(&json);
    bool closed = sp_json__take(&json, ']');
    while (!closed) {
        sp_str content;
        bool plain = true;
        if (json.next == json.end || *json.next != '"') {
            out->count = before;
            return sp_json__judge_rest(&json);
        }
        if (!sp_json__read_string(&json, &content, &plain))
            break;
        add_string(parser, line, content, plain, out);
        sp_json__skip_blanks(&json);
        closed = sp_json__take(&json, ']');
        if (!closed && !sp_json__take(&json, ','))
            break;
        sp_json__skip_blanks(&json);
    }
    if (closed && json.next == json.end)
        return SP_JSON_STRINGS;
    out->count = before;
    return SP_JSON_NONE;
}
