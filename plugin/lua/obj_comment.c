/* comment: text at instruction?. */
#include "lua/object.h"

static const sp_word *word_of(const void *subject)
{
    return subject;
}

static bool place_of_comment(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = word_of(subject)->span;
    return true;
}

static void push_text(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, word_of(subject)->text);
}

/* The first instruction of the file that begins after an offset, or NULL. */
static const sp_instruction *instruction_after(const sp_document *document, uint32_t offset)
{
    uint32_t low = 0, high = document->instructions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->instructions.items[middle].span.start > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low < document->instructions.count ? &document->instructions.items[low] : NULL;
}

static void push_instruction(lua_State *state, const void *subject)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_span span = word_of(subject)->span;
    const sp_instruction *next = instruction_after(graph->document, span.start);
    if (next == NULL || next->comment_count == 0 || next->comments[0].span.start > span.start)
        lua_pushnil(state);
    else
        sp_lua__push_instruction(state, sp_lua__instruction_at(graph, next->span.start));
}

static const sp_field fields[] = {
    {"text", "string", "without the '#'", .push = push_text},
    {"at", "place", "the comment", .push = sp_lua__field_at},
    {"instruction", "instruction?", "the instruction it is attached to", .push = push_instruction},
};

const sp_kind sp_kind_comment = {
    .name = "comment", .says = "A comment", SP_FIELDS_OF(fields), .place = place_of_comment, .text = push_text};

void sp_lua__push_comment(lua_State *state, const sp_word *comment)
{
    sp_lua__push(state, &sp_kind_comment, comment, sizeof *comment);
}
