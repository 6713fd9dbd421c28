/* Saying what is wrong: fatal where BuildKit would refuse the build whatever it is given, a remark where an argument
   that nobody gave decides. */
#include "graph/build.h"

enum { BRIEF_BYTES = 100 };

static sp_diagnostic *add(sp_builder *builder, sp_diagnostic_id id, sp_span span, bool fatal, sp_str message)
{
    sp_diagnostic *said = sp_list_add(builder->arena, &builder->graph->diagnostics);
    *said = (sp_diagnostic){.id = id, .span = span, .message = message};
    said->fatal = fatal && sp_diagnostic_is_fatal(id);
    return said;
}

static void add_value(sp_builder *builder, sp_diagnostic_id id, const sp_value *value, bool fatal, sp_str message)
{
    sp_value *kept = sp_arena_alloc(builder->arena, sizeof *kept);
    *kept = *value;
    add(builder, id, value->span, fatal, message)->value = kept;
}

sp_str sp_judge__brief(sp_str text)
{
    return sp_str_brief(text, BRIEF_BYTES);
}

sp_str sp_judge__label(const sp_builder *builder, uint32_t stage)
{
    sp_str name = builder->stages[stage].name;
    if (name.size == 0)
        return sp_stage_label(builder->graph, stage);
    return sp_arena_print(builder->arena, "'%.*s'", SP_STR_ARG(sp_judge__brief(name)));
}

void sp_judge__say(sp_builder *builder, sp_diagnostic_id id, sp_span span, bool fatal, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sp_str message = sp_arena_vprint(builder->arena, format, arguments);
    va_end(arguments);
    add(builder, id, span, fatal, message);
}

/* Whether a build argument that nobody gave can make the value another. */
static bool is_open(const sp_builder *builder, const sp_value *value)
{
    return !builder->whole->complete && (!value->known || value->is_default);
}

sp_str sp_judge__missing(const sp_builder *builder, const sp_value *value)
{
    for (uint32_t i = 0; i < value->variable_count; i++) {
        const sp_variable_use *use = &value->variables[i];
        bool open = use->certainty == SP_CERTAIN_DEFAULT || use->certainty == SP_CERTAIN_UNKNOWN;
        if (open && !sp_automatic__has(use->name) && !builder->whole->complete)
            return use->name;
    }
    return SP_STR("");
}

static void remark(sp_builder *builder, const sp_value *value, sp_str message)
{
    sp_str name = sp_judge__missing(builder, value);
    if (name.size > 0)
        message = sp_arena_print(builder->arena, "%.*s; a build needs --build-arg %.*s", SP_STR_ARG(message),
                                 SP_STR_ARG(sp_judge__brief(name)));
    add(builder, SP_DIAGNOSTIC_UNKNOWN_ARGUMENT, value->span, false, message);
}

void sp_judge__refuse(sp_builder *builder, const sp_value *value, sp_diagnostic_id id, bool fatal, const char *format,
                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    sp_str message = sp_arena_vprint(builder->arena, format, arguments);
    va_end(arguments);
    if (is_open(builder, value))
        remark(builder, value, message);
    else
        add_value(builder, id, value, fatal, message);
}

/* Values that grow with every line (ENV A=$A$A) could ask for any amount of memory: past a total, they are unknown. */
static sp_value charge(sp_builder *builder, sp_value value)
{
    size_t grown = value.known ? value.value.size : value.shape.size;
    if (grown <= value.text.size)
        return value;
    if (grown > builder->expansion_left) {
        builder->expansion_left = 0;
        value.known = value.is_default = false;
        value.value = SP_STR("");
        value.shape = (sp_str){"", 1};
        return value;
    }
    builder->expansion_left -= grown;
    return value;
}

/* Says where BuildKit would refuse to expand. */
static sp_value judged(sp_builder *builder, sp_value value, bool fatal)
{
    if (value.variable_count == 0 && !value.failed)
        return value;
    if (value.failed)
        add_value(builder, SP_DIAGNOSTIC_EXPANSION, &value, fatal, value.error);
    else if (value.fails_unknown)
        remark(builder, &value, SP_STR("whether this word can be expanded hangs on an argument that nobody gave"));
    return charge(builder, value);
}

sp_value sp_judge__expand(sp_builder *builder, const sp_scope *scope, const sp_instruction *instruction, sp_word word,
                          bool fatal)
{
    return judged(builder, sp_scope__expand(scope, instruction, word), fatal);
}

void sp_judge__split(sp_builder *builder, const sp_scope *scope, const sp_instruction *instruction, sp_word word,
                     bool fatal, sp_values *out)
{
    sp_scope__split(scope, instruction, word, out);
    for (uint32_t i = 0; i < out->count; i++)
        out->items[i] = judged(builder, out->items[i], fatal);
}

void sp_judge__body(sp_builder *builder, const sp_scope *scope, const sp_heredoc *heredoc, bool fatal)
{
    judged(builder, sp_scope__body(scope, heredoc), fatal);
}
