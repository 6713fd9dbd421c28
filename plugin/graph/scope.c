/* Who sees which variable: global arguments, ARG and ENV of a stage, what a stage inherits. */
#include "graph/build.h"

#include "base/ascii.h"

#define DEFAULT_PATH SP_STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")

static const sp_variable undefined = {
    .certainty = SP_CERTAIN_UNDEFINED, .value = {"", 0}, .shape = {"", 0}, .definition = SP_NONE};

/* Set, to a value that only the build knows. */
static const sp_variable unknown = {
    .certainty = SP_CERTAIN_UNKNOWN, .set = true, .value = {"", 0}, .shape = {"", 0}, .definition = SP_NONE};

static sp_variable known_as(sp_str value)
{
    return (sp_variable){
        .certainty = SP_CERTAIN_KNOWN, .set = true, .value = value, .shape = {"", 0}, .definition = SP_NONE};
}

const sp_str *sp_scope__given(const sp_whole_graph *whole, sp_str name)
{
    return sp_map_find(whole->arguments, name);
}

sp_scope sp_scope__global(const sp_whole_graph *whole)
{
    return (sp_scope){.whole = whole, .environment = whole->graph.globals, .global = true};
}

sp_scope sp_scope__stage(const sp_whole_graph *whole, uint32_t stage, const sp_map *environment)
{
    const sp_stage *of = &whole->graph.stages[stage];
    return (sp_scope){
        .whole = whole,
        .environment = environment,
        .known = whole->environment_known[stage],
        .windows = sp_str_starts(of->platform.shape, SP_STR("windows")),
    };
}

/* A name that nothing in the global scope binds. */
static sp_variable global_unbound(const sp_whole_graph *whole, sp_str name)
{
    if (!sp_automatic__has(name))
        return undefined;
    const sp_str *value = sp_scope__given(whole, name);
    return value != NULL ? known_as(*value) : sp_automatic__value(whole, name);
}

/* $1, $$, $@ …: no image has such a variable. */
static bool is_odd(sp_str name)
{
    char c = name.size > 0 ? name.text[0] : '0';
    return !sp_ascii_is_letter(c) && c != '_' && (unsigned char)c < 0x80;
}

/* A name that nothing in the stage or its chain binds: the root's image may. */
static sp_variable stage_unbound(const sp_scope *scope, sp_str name)
{
    if (!scope->known && !scope->whole->complete)
        return is_odd(name) ? undefined : unknown;
    return sp_str_equal(name, SP_STR("PATH")) && !scope->windows ? known_as(DEFAULT_PATH) : undefined;
}

sp_variable sp_scope__look_up(sp_str name, void *payload)
{
    const sp_scope *scope = payload;
    const sp_binding *binding = sp_map_find(scope->environment, name);
    if (scope->any_platform && sp_automatic__has(name) && sp_scope__given(scope->whole, name) == NULL)
        return unknown;
    if (binding != NULL)
        return binding->variable;
    return scope->global ? global_unbound(scope->whole, name) : stage_unbound(scope, name);
}

/* Bytes that may mean something to expansion; everything else of ASCII is its own value. */
static const bool is_special[256] = {
    ['$'] = true, ['"'] = true, ['\''] = true, ['\\'] = true, ['`'] = true,
};

static bool is_plain(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.text[i];
        if (is_special[c] || c >= 0x80)
            return false;
    }
    return true;
}

/* A word that is one quoted run with nothing to expand in it, as most values of ENV and LABEL are. */
static bool is_quoted(sp_str text)
{
    if (text.size < 2 || (text.text[0] != '"' && text.text[0] != '\'') || text.text[text.size - 1] != text.text[0])
        return false;
    return is_plain((sp_str){text.text + 1, text.size - 2});
}

sp_value sp_scope__expand(const sp_scope *scope, const sp_instruction *instruction, sp_word word)
{
    const sp_document *document = scope->whole->graph.document;
    if (is_plain(word.text))
        return sp_value_literal(word);
    if (is_quoted(word.text)) {
        sp_value value = sp_value_literal(word);
        value.value = value.shape = (sp_str){word.text.text + 1, word.text.size - 2};
        return value;
    }
    sp_scope copy = *scope;
    return sp_expand(scope->whole->graph.arena, &instruction->line, word, document->escape, SP_EXPAND_WORD,
                     sp_scope__look_up, &copy);
}

void sp_scope__split(const sp_scope *scope, const sp_instruction *instruction, sp_word word, sp_values *out)
{
    const sp_document *document = scope->whole->graph.document;
    if (is_plain(word.text)) {
        *sp_list_add(scope->whole->graph.arena, out) = sp_value_literal(word);
        return;
    }
    sp_scope copy = *scope;
    sp_expand_split(scope->whole->graph.arena, &instruction->line, word, document->escape, sp_scope__look_up, &copy,
                    out);
}

sp_value sp_scope__body(const sp_scope *scope, const sp_heredoc *heredoc)
{
    sp_scope copy = *scope;
    sp_word body = {.text = heredoc->content, .span = heredoc->body};
    return sp_expand(scope->whole->graph.arena, NULL, body, '\\', SP_EXPAND_BODY, sp_scope__look_up, &copy);
}

/* The variable that a value makes. */
static sp_variable made_of(const sp_value *value, bool is_default)
{
    sp_variable out = {.set = true, .value = {"", 0}, .shape = {"", 0}, .definition = SP_NONE};
    if (!value->known) {
        out.certainty = SP_CERTAIN_UNKNOWN;
        out.shape = value->shape;
        return out;
    }
    out.certainty = is_default || value->is_default ? SP_CERTAIN_DEFAULT : SP_CERTAIN_KNOWN;
    out.value = value->value;
    return out;
}

static const sp_map *bind(sp_builder *builder, const sp_map *environment, sp_binding binding)
{
    sp_binding *stored = sp_arena_alloc(builder->arena, sizeof *stored);
    *stored = binding;
    return sp_map_set(builder->arena, environment, stored->name, stored);
}

/* An ARG without a value anywhere: in an open world a build may give one. */
static sp_binding declared(const sp_builder *builder, const sp_pair *pair, uint32_t instruction)
{
    sp_binding out = {.name = pair->name.text, .variable = undefined, .is_declared = true, .instruction = instruction};
    if (!builder->whole->complete)
        out.variable.certainty = SP_CERTAIN_UNKNOWN;
    out.variable.definition = instruction;
    out.variable.at = pair->name.span;
    return out;
}

static sp_binding assigned(const sp_pair *pair, sp_variable variable, uint32_t instruction)
{
    if (variable.definition == SP_NONE) {
        variable.definition = instruction;
        variable.at = pair->name.span;
    }
    return (sp_binding){.name = pair->name.text, .variable = variable, .instruction = instruction};
}

/* The states before each pair, to be filled in; NULL where one is enough. */
static const sp_map **remember(sp_builder *builder, uint32_t instruction, uint32_t pair_count, bool always)
{
    if (pair_count == 0 || (pair_count == 1 && !always))
        return NULL;
    const sp_map **before = sp_arena_alloc(builder->arena, pair_count * sizeof *before);
    *sp_list_add(builder->arena, &builder->whole->arg_words) =
        (sp_arg_words){.instruction = instruction, .before = before};
    return before;
}

static void declare_global_pair(sp_builder *builder, uint32_t id, const sp_pair *pair)
{
    const sp_instruction *instruction = builder->instructions[id].instruction;
    sp_graph *graph = builder->graph;
    const sp_str *value = sp_scope__given(builder->whole, pair->name.text);
    if (value != NULL) {
        graph->globals = bind(builder, graph->globals, assigned(pair, known_as(*value), id));
    } else if (pair->has_value) {
        sp_scope scope = sp_scope__global(builder->whole);
        sp_value own = sp_judge__expand(builder, &scope, instruction, pair->value, true);
        sp_variable variable = made_of(&own, !builder->whole->complete);
        graph->globals = bind(builder, graph->globals, assigned(pair, variable, id));
    } else if (sp_automatic__has(pair->name.text)) {
        sp_variable variable = sp_automatic__value(builder->whole, pair->name.text);
        graph->globals = bind(builder, graph->globals, assigned(pair, variable, id));
    } else if (sp_map_find(graph->globals, pair->name.text) == NULL) {
        graph->globals = bind(builder, graph->globals, declared(builder, pair, id));
    }
}

void sp_scope__declare_global(sp_builder *builder, uint32_t id)
{
    const sp_pairs *pairs = &builder->instructions[id].instruction->as.pairs;
    const sp_map **before = remember(builder, id, pairs->count, true);
    for (uint32_t i = 0; i < pairs->count; i++) {
        before[i] = builder->graph->globals;
        declare_global_pair(builder, id, &pairs->items[i]);
    }
}

static bool never_enters(sp_str name)
{
    return sp_str_equal(name, SP_STR("BUILDKIT_SBOM_SCAN_STAGE")) ||
           sp_str_equal(name, SP_STR("BUILDKIT_SBOM_SCAN_CONTEXT"));
}

/* The value that the global scope has for a name; false without one. */
static bool from_global(const sp_builder *builder, sp_str name, sp_variable *out)
{
    const sp_binding *binding = sp_map_find(builder->graph->globals, name);
    *out = binding != NULL ? binding->variable : global_unbound(builder->whole, name);
    return out->set;
}

/* "ARG X" that gets no value leaves an ENV or inherited X as it is; but in an open world a build may give one. */
static const sp_map *declare_without_value(sp_builder *builder, uint32_t id, const sp_pair *pair,
                                           const sp_map *environment, const sp_binding *old)
{
    if (old == NULL)
        return bind(builder, environment, declared(builder, pair, id));
    if (!old->is_env || old->variable.certainty != SP_CERTAIN_KNOWN || builder->whole->complete)
        return environment;
    sp_binding open = *old;
    open.is_env = false;
    open.env = old;
    open.variable.certainty = SP_CERTAIN_DEFAULT;
    return bind(builder, environment, open);
}

static void hide(sp_builder *builder, uint32_t stage, sp_binding *binding, const sp_binding *old)
{
    if (old == NULL)
        return;
    binding->env = old->is_env ? old : old->env;
    if (binding->env != NULL)
        *sp_list_add(builder->arena, &builder->plans[stage].hidden) = binding->name;
}

static const sp_map *declare_pair(sp_builder *builder, uint32_t id, const sp_pair *pair, const sp_map *environment)
{
    const sp_graph_instruction *executed = &builder->instructions[id];
    sp_str name = pair->name.text;
    const sp_binding *old = sp_map_find(environment, name);
    const sp_str *value = sp_scope__given(builder->whole, name);
    sp_variable variable;
    if (value != NULL) {
        variable = known_as(*value);
    } else if (pair->has_value) {
        sp_scope scope = sp_scope__stage(builder->whole, executed->stage, environment);
        bool fatal = builder->stages[executed->stage].needed;
        sp_value own = sp_judge__expand(builder, &scope, executed->instruction, pair->value, fatal);
        variable = made_of(&own, !builder->whole->complete);
    } else if (!from_global(builder, name, &variable)) {
        const sp_map *next = declare_without_value(builder, id, pair, environment, old);
        if (next != environment && old != NULL)
            *sp_list_add(builder->arena, &builder->plans[executed->stage].hidden) = name;
        return next;
    }
    if (never_enters(name))
        return environment;
    sp_binding binding = assigned(pair, variable, id);
    hide(builder, executed->stage, &binding, old);
    return bind(builder, environment, binding);
}

const sp_map *sp_scope__declare(sp_builder *builder, uint32_t id, const sp_map *environment)
{
    const sp_pairs *pairs = &builder->instructions[id].instruction->as.pairs;
    const sp_map **before = remember(builder, id, pairs->count, false);
    for (uint32_t i = 0; i < pairs->count; i++) {
        if (before != NULL)
            before[i] = environment;
        environment = declare_pair(builder, id, &pairs->items[i], environment);
    }
    return environment;
}

const sp_map *sp_scope__set(sp_builder *builder, uint32_t id, const sp_map *environment)
{
    const sp_graph_instruction *executed = &builder->instructions[id];
    const sp_pairs *pairs = &executed->instruction->as.pairs;
    sp_scope line = sp_scope__stage(builder->whole, executed->stage, environment);
    bool fatal = builder->stages[executed->stage].needed;
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_pair *pair = &pairs->items[i];
        sp_value name = sp_judge__expand(builder, &line, executed->instruction, pair->name, fatal);
        sp_value value = sp_judge__expand(builder, &line, executed->instruction, pair->value, fatal);
        if (!name.known)
            continue;
        sp_binding binding = assigned(pair, made_of(&value, false), id);
        binding.name = name.value;
        binding.is_env = true;
        environment = bind(builder, environment, binding);
    }
    return environment;
}

const sp_map *sp_scope__inherit(sp_builder *builder, uint32_t base, const sp_map *environment)
{
    const sp_plan *plan = &builder->plans[base];
    for (uint32_t i = 0; i < plan->hidden.count; i++) {
        const sp_binding *binding = sp_map_find(environment, plan->hidden.items[i]);
        if (binding != NULL && !binding->is_env && binding->env != NULL)
            environment = sp_map_set(builder->arena, environment, binding->name, binding->env);
    }
    return environment;
}
