/* The document as JSON, version 1: fields are only ever added, and stand in this order.

     document     version path escape directives[] instructions[] diagnostics[]
     directive    name value(word)
     instruction  name(as written) kind(null: unknown) form at flags[] arguments[](word), and by kind:
                  pairs[] (ENV LABEL ARG; ENV and LABEL have no arguments), type (HEALTHCHECK), mounts[] (RUN),
                  trigger(instruction; ONBUILD); then heredocs[] comments[](word)
     flag         name value(word; null: without '=') at
     pair         name(word) value(word; null: ARG without one) legacy at, and of an ARG when words are expanded:
                  expanded, what its name stands for from there on
     mount        fields[] (key, value: word or null) at
     heredoc      name expands strip_tabs content opener(at) body(at)
     diagnostic   id fatal message at
     word         text at, and when words are expanded: expanded, of a word that BuildKit expands
     expanded     state(known default unknown refused) value(null unless known or default), then
                  parts[] (unknown: the known texts, null where unknown runs stand), error (refused), variables[]
     variable     name state(known default undefined unknown) definition(line, or null) at
     at           line column end_line end_column start end

   Texts are repaired: a byte that is not UTF-8 becomes U+FFFD. Places are those of the file as it is: lines and columns
   count from 1, columns in code points; start and end are byte offsets; ends are exclusive. The text of a word is the
   word as BuildKit's parser sees it: of a JSON array or a flag without quotes and escapes, else with them. Bodies of
   heredocs are not expanded, nor is what stands in ONBUILD, which another build runs. */
#include "report/parsed.h"

#include "report/json_out.h"

/* One text under way. */
typedef struct writing {
    sp_json_out json;
    const sp_document *document;
    const sp_graph *graph;    /* NULL: words are not expanded */
    const uint32_t *executed; /* one an instruction of the document: its graph instruction, or SP_NONE */
    uint32_t id;              /* the graph instruction whose words are written, or SP_NONE */
} writing;

static void put_place(writing *out, const char *key, sp_span span)
{
    sp_point start = sp_source_point(&out->document->source, span.start);
    sp_point end = sp_source_point(&out->document->source, span.end);
    sp_json_object(&out->json, key, SP_JSON_FLAT);
    sp_json_number(&out->json, "line", start.line);
    sp_json_number(&out->json, "column", start.column);
    sp_json_number(&out->json, "end_line", end.line);
    sp_json_number(&out->json, "end_column", end.column);
    sp_json_number(&out->json, "start", span.start);
    sp_json_number(&out->json, "end", span.end);
    sp_json_end_object(&out->json);
}

static const char *state_of_variable(sp_certainty certainty)
{
    static const char *const names[] = {[SP_CERTAIN_KNOWN] = "known",
                                        [SP_CERTAIN_DEFAULT] = "default",
                                        [SP_CERTAIN_UNDEFINED] = "undefined",
                                        [SP_CERTAIN_UNKNOWN] = "unknown"};
    return names[certainty];
}

static void put_variable(writing *out, const sp_variable_use *use)
{
    sp_json_object(&out->json, NULL, SP_JSON_FLAT);
    sp_json_text(&out->json, "name", use->name);
    sp_json_text(&out->json, "state", sp_str_from(state_of_variable(use->certainty)));
    if (use->definition != SP_NONE)
        sp_json_number(&out->json, "definition", out->graph->instructions[use->definition].instruction->line.first);
    else
        sp_json_null(&out->json, "definition");
    put_place(out, "at", use->at);
    sp_json_end_object(&out->json);
}

/* "a\0b" → ["a", null, "b"] */
static void put_parts(writing *out, sp_str shape)
{
    sp_json_array(&out->json, "parts", SP_JSON_FLAT);
    while (shape.size > 0) {
        size_t known = sp_str_find(shape, '\0');
        if (known > 0)
            sp_json_text(&out->json, NULL, sp_str_head(shape, known));
        if (known < shape.size)
            sp_json_null(&out->json, NULL);
        shape = sp_str_skip(shape, known + 1);
    }
    sp_json_end_array(&out->json);
}

static const char *state_of_value(const sp_value *value)
{
    if (value->failed)
        return "refused";
    if (!value->known)
        return "unknown";
    return value->is_default ? "default" : "known";
}

static void put_expanded(writing *out, const sp_value *value)
{
    sp_json_object(&out->json, "expanded", SP_JSON_FLAT);
    sp_json_text(&out->json, "state", sp_str_from(state_of_value(value)));
    if (value->known && !value->failed)
        sp_json_text(&out->json, "value", value->value);
    else
        sp_json_null(&out->json, "value");
    if (value->failed)
        sp_json_text(&out->json, "error", value->error);
    else if (!value->known)
        put_parts(out, value->shape);
    sp_json_array(&out->json, "variables", SP_JSON_FLAT);
    for (uint32_t i = 0; i < value->variable_count; i++)
        put_variable(out, &value->variables[i]);
    sp_json_end_array(&out->json);
    sp_json_end_object(&out->json);
}

/* A word, and its value where BuildKit expands it. */
static void put_value(writing *out, const char *key, const sp_word *word, bool expands)
{
    sp_json_object(&out->json, key, SP_JSON_FLAT);
    sp_json_text(&out->json, "text", word->text);
    put_place(out, "at", word->span);
    if (expands && out->id != SP_NONE) {
        sp_value value = sp_graph_expand(out->graph, out->id, *word);
        put_expanded(out, &value);
    }
    sp_json_end_object(&out->json);
}

static void put_word(writing *out, const char *key, const sp_word *word)
{
    put_value(out, key, word, false);
}

/* --mount is expanded field by field, see put_mounts. */
static bool flag_expands(sp_instruction_kind kind, sp_str name)
{
    static const struct {
        sp_instruction_kind kind;
        sp_str name;
        bool expanded;
    } rows[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {SP_##INSTRUCTION, {name, sizeof(name) - 1}, expanded},
#include "dockerfile/flag.def"
#undef SP_FLAG
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows && kind != SP_RUN; i++) {
        if (rows[i].kind == kind && sp_str_equal(rows[i].name, name))
            return rows[i].expanded;
    }
    return false;
}

static void put_flags(writing *out, const sp_instruction *instruction)
{
    sp_json_array(&out->json, "flags", SP_JSON_LINES);
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        sp_json_object(&out->json, NULL, SP_JSON_FLAT);
        sp_json_text(&out->json, "name", flag->name);
        if (flag->has_value)
            put_value(out, "value", &flag->value, flag_expands(instruction->kind, flag->name));
        else
            sp_json_null(&out->json, "value");
        put_place(out, "at", flag->span);
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
}

/* Of FROM, the base alone. */
static bool argument_expands(const sp_instruction *instruction, uint32_t index)
{
    switch (instruction->kind) {
    case SP_FROM:
        return index == 0;
    case SP_ADD:
    case SP_COPY:
    case SP_EXPOSE:
    case SP_STOPSIGNAL:
    case SP_USER:
    case SP_VOLUME:
    case SP_WORKDIR:
        return true;
    default:
        return false;
    }
}

static void put_words(writing *out, const char *key, const sp_word *words, uint32_t count)
{
    sp_json_array(&out->json, key, SP_JSON_LINES);
    for (uint32_t i = 0; i < count; i++)
        put_word(out, NULL, &words[i]);
    sp_json_end_array(&out->json);
}

static void put_arguments(writing *out, const sp_instruction *instruction)
{
    sp_json_array(&out->json, "arguments", SP_JSON_LINES);
    for (uint32_t i = 0; i < instruction->arguments.count; i++)
        put_value(out, NULL, &instruction->arguments.items[i], argument_expands(instruction, i));
    sp_json_end_array(&out->json);
}

/* What an ARG gives its name hangs on more than the word: build arguments and the global scope. */
static void put_pair(writing *out, const sp_instruction *instruction, const sp_pair *pair)
{
    bool expands = instruction->kind != SP_ARG;
    sp_json_object(&out->json, NULL, SP_JSON_FLAT);
    put_value(out, "name", &pair->name, expands);
    if (pair->has_value)
        put_value(out, "value", &pair->value, expands);
    else
        sp_json_null(&out->json, "value");
    sp_json_bool(&out->json, "legacy", pair->legacy);
    put_place(out, "at", pair->span);
    if (!expands && out->id != SP_NONE) {
        sp_value value = sp_graph_expand_pair(out->graph, out->id, pair);
        put_expanded(out, &value);
    }
    sp_json_end_object(&out->json);
}

static void put_pairs(writing *out, const sp_instruction *instruction)
{
    sp_json_array(&out->json, "pairs", SP_JSON_LINES);
    for (uint32_t i = 0; i < instruction->as.pairs.count; i++)
        put_pair(out, instruction, &instruction->as.pairs.items[i]);
    sp_json_end_array(&out->json);
}

static void put_mount(writing *out, const sp_mount *mount)
{
    sp_json_object(&out->json, NULL, SP_JSON_LINES);
    sp_json_array(&out->json, "fields", SP_JSON_LINES);
    for (uint32_t i = 0; i < mount->field_count; i++) {
        const sp_mount_field *field = &mount->fields[i];
        sp_json_object(&out->json, NULL, SP_JSON_FLAT);
        sp_json_text(&out->json, "key", field->key);
        if (field->has_value)
            put_value(out, "value", &field->value, true);
        else
            sp_json_null(&out->json, "value");
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
    put_place(out, "at", mount->flag->span);
    sp_json_end_object(&out->json);
}

static void put_mounts(writing *out, const sp_instruction *run)
{
    sp_json_array(&out->json, "mounts", SP_JSON_LINES);
    for (uint32_t i = 0; i < run->as.run.mount_count; i++)
        put_mount(out, &run->as.run.mounts[i]);
    sp_json_end_array(&out->json);
}

static void put_heredocs(writing *out, const sp_heredocs *heredocs)
{
    sp_json_array(&out->json, "heredocs", SP_JSON_LINES);
    for (uint32_t i = 0; i < heredocs->count; i++) {
        const sp_heredoc *heredoc = &heredocs->items[i];
        sp_json_object(&out->json, NULL, SP_JSON_LINES);
        sp_json_text(&out->json, "name", heredoc->name);
        sp_json_bool(&out->json, "expands", heredoc->expands);
        sp_json_bool(&out->json, "strip_tabs", heredoc->strip_tabs);
        sp_json_text(&out->json, "content", heredoc->content);
        put_place(out, "opener", heredoc->opener);
        put_place(out, "body", heredoc->body);
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
}

static void put_instruction(writing *out, const char *key, const sp_instruction *instruction);

/* What only some kinds have; the trigger of an ONBUILD is no ONBUILD with a trigger, so this goes one level deep. Its
   words belong to another build: they have no value here. */
static void put_own(writing *out, const sp_instruction *instruction)
{
    switch (instruction->kind) {
    case SP_ARG:
    case SP_ENV:
    case SP_LABEL:
        put_pairs(out, instruction);
        break;
    case SP_HEALTHCHECK:
        put_word(out, "type", &instruction->as.healthcheck.type);
        break;
    case SP_RUN:
        put_mounts(out, instruction);
        break;
    case SP_ONBUILD:
        out->id = SP_NONE;
        if (instruction->as.onbuild.instruction != NULL)
            put_instruction(out, "trigger", instruction->as.onbuild.instruction);
        else
            sp_json_null(&out->json, "trigger");
        break;
    default:
        break;
    }
}

static void put_instruction(writing *out, const char *key, const sp_instruction *instruction)
{
    static const sp_str forms[] = {
        [SP_FORM_SHELL] = {"shell", 5}, [SP_FORM_EXEC] = {"exec", 4}, [SP_FORM_HEREDOC] = {"heredoc", 7}};
    sp_json_object(&out->json, key, SP_JSON_LINES);
    sp_json_text(&out->json, "name", instruction->keyword.text);
    if (instruction->kind != SP_UNKNOWN_INSTRUCTION)
        sp_json_text(&out->json, "kind", sp_instruction_name(instruction->kind));
    else
        sp_json_null(&out->json, "kind");
    sp_json_text(&out->json, "form", forms[instruction->form]);
    put_place(out, "at", instruction->span);
    put_flags(out, instruction);
    put_arguments(out, instruction);
    put_own(out, instruction);
    put_heredocs(out, &instruction->heredocs);
    put_words(out, "comments", instruction->comments, instruction->comment_count);
    sp_json_end_object(&out->json);
}

static void put_instructions(writing *out)
{
    sp_json_array(&out->json, "instructions", SP_JSON_LINES);
    for (uint32_t i = 0; i < out->document->instructions.count; i++) {
        const sp_instruction *instruction = &out->document->instructions.items[i];
        out->id = out->executed != NULL && !instruction->broken ? out->executed[i] : SP_NONE;
        put_instruction(out, NULL, instruction);
    }
    sp_json_end_array(&out->json);
}

static void put_directives(writing *out)
{
    sp_json_array(&out->json, "directives", SP_JSON_LINES);
    for (uint32_t i = 0; i < out->document->directives.count; i++) {
        const sp_directive *directive = &out->document->directives.items[i];
        sp_json_object(&out->json, NULL, SP_JSON_FLAT);
        sp_json_text(&out->json, "name", directive->name);
        put_word(out, "value", &directive->value);
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
}

static void put_diagnostics(writing *out, const sp_parsed *parsed)
{
    sp_json_array(&out->json, "diagnostics", SP_JSON_LINES);
    for (uint32_t i = 0; i < parsed->diagnostic_count; i++) {
        const sp_diagnostic *diagnostic = parsed->diagnostics[i];
        sp_json_object(&out->json, NULL, SP_JSON_FLAT);
        sp_json_text(&out->json, "id", sp_diagnostic_name(diagnostic->id));
        sp_json_bool(&out->json, "fatal", diagnostic->fatal);
        sp_json_text(&out->json, "message", diagnostic->message);
        put_place(out, "at", diagnostic->span);
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
}

/* Which graph instruction each instruction of the document became; triggers that fired are none of the document's. */
static const uint32_t *executed_of(const sp_graph *graph)
{
    uint32_t count = graph->document->instructions.count;
    uint32_t *executed = sp_arena_alloc(graph->arena, count * sizeof *executed);
    for (uint32_t i = 0; i < count; i++)
        executed[i] = SP_NONE;
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        if (!graph->instructions[i].trigger)
            executed[graph->instructions[i].instruction->id] = i;
    }
    return executed;
}

void sp_parsed_json(const sp_parsed *parsed, sp_buf *out)
{
    writing json = {.json = {.out = out}, .document = parsed->document, .graph = parsed->graph, .id = SP_NONE};
    if (parsed->graph != NULL)
        json.executed = executed_of(parsed->graph);
    sp_json_object(&json.json, NULL, SP_JSON_LINES);
    sp_json_number(&json.json, "version", 1);
    sp_json_text(&json.json, "path", parsed->document->source.path);
    sp_json_text(&json.json, "escape", (sp_str){&parsed->document->escape, 1});
    put_directives(&json);
    put_instructions(&json);
    put_diagnostics(&json, parsed);
    sp_json_end_object(&json.json);
    sp_buf_byte(out, '\n');
}
