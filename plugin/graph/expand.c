/* Words and pairs of a finished graph, expanded when somebody asks. */
#include "graph/build.h"

static const sp_map *const *words_of(const sp_whole_graph *whole, uint32_t instruction)
{
    uint32_t low = 0, high = whole->arg_words.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (whole->arg_words.items[middle].instruction < instruction)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < whole->arg_words.count && whole->arg_words.items[low].instruction == instruction;
    return found ? whole->arg_words.items[low].before : NULL;
}

/* The pair that a word of an ARG stands in: the last one that does not begin after it (all texts are slices of one
   logical line). */
static uint32_t pair_of(const sp_pairs *pairs, sp_word word)
{
    uint32_t low = 0, high = pairs->count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pairs->items[middle].name.text.text <= word.text.text)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static sp_scope scope_of(const sp_whole_graph *whole, uint32_t id, uint32_t pair)
{
    const sp_graph_instruction *executed = &whole->graph.instructions[id];
    if (executed->instruction->kind == SP_FROM)
        return sp_scope__global(whole);
    const sp_map *const *before = executed->instruction->kind == SP_ARG ? words_of(whole, id) : NULL;
    if (executed->stage == SP_NONE) {
        sp_scope scope = sp_scope__global(whole);
        scope.environment = before != NULL ? before[pair] : NULL;
        return scope;
    }
    return sp_scope__stage(whole, executed->stage, before != NULL ? before[pair] : executed->before->environment);
}

sp_value sp_graph_expand(const sp_graph *graph, uint32_t instruction, sp_word word)
{
    const sp_whole_graph *whole = (const sp_whole_graph *)graph;
    const sp_instruction *written = graph->instructions[instruction].instruction;
    uint32_t pair = written->kind == SP_ARG && written->as.pairs.count > 1 ? pair_of(&written->as.pairs, word) : 0;
    sp_scope scope = scope_of(whole, instruction, pair);
    return sp_scope__expand(&scope, written, word);
}

static sp_value from_outside(const sp_pair *pair, sp_variable variable)
{
    sp_value out = sp_value_literal(pair->value);
    out.known = variable.certainty == SP_CERTAIN_KNOWN || variable.certainty == SP_CERTAIN_DEFAULT ||
                variable.certainty == SP_CERTAIN_UNDEFINED;
    out.is_default = variable.certainty == SP_CERTAIN_DEFAULT;
    out.value = out.known ? variable.value : SP_STR("");
    out.shape = out.known ? out.value : variable.shape;
    if (!out.known && out.shape.size == 0)
        out.shape = (sp_str){"", 1};
    return out;
}

sp_value sp_graph_expand_pair(const sp_graph *graph, uint32_t instruction, const sp_pair *pair)
{
    const sp_whole_graph *whole = (const sp_whole_graph *)graph;
    const sp_graph_instruction *executed = &graph->instructions[instruction];
    if (executed->instruction->kind != SP_ARG)
        return sp_graph_expand(graph, instruction, pair->value);
    const sp_str *value = sp_scope__given(whole, pair->name.text);
    if (value != NULL)
        return from_outside(pair, (sp_variable){.certainty = SP_CERTAIN_KNOWN, .set = true, .value = *value});
    uint32_t index = (uint32_t)(pair - executed->instruction->as.pairs.items);
    sp_scope scope = scope_of(whole, instruction, index);
    if (pair->has_value) {
        sp_value own = sp_scope__expand(&scope, executed->instruction, pair->value);
        own.is_default = own.known && (own.is_default || !whole->complete);
        return own;
    }
    sp_scope global = sp_scope__global(whole);
    sp_variable outside = sp_scope__look_up(pair->name.text, executed->stage == SP_NONE ? &scope : &global);
    if (!outside.set && !whole->complete)
        outside.certainty = SP_CERTAIN_UNKNOWN;
    return from_outside(pair, outside);
}
