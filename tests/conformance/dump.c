/* What stagepolicy makes of Dockerfiles and of words: the same requests, and the same answers, as the program in
 * oracle/. */
#include "dump.h"

#include "dockerfile/expand.h"
#include "report/parsed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AUTOMATIC_COUNT = 5 };

json_t *text_of(sp_str bytes)
{
    char *utf8 = malloc(2 * bytes.size + 1);
    size_t size = 0;
    for (size_t i = 0; utf8 != NULL && i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.text[i];
        if (byte < 0x80) {
            utf8[size++] = (char)byte;
        } else {
            utf8[size++] = (char)(0xC0 | byte >> 6);
            utf8[size++] = (char)(0x80 | (byte & 0x3F));
        }
    }
    json_t *text = json_stringn(utf8, size);
    free(utf8);
    return text;
}

sp_str bytes_of(sp_arena *arena, const json_t *text)
{
    const char *utf8 = json_string_value(text);
    size_t length = json_string_length(text);
    char *bytes = sp_arena_alloc(arena, length + 1);
    size_t size = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char lead = (unsigned char)utf8[i];
        if (lead >= 0x80) {
            i++;
            lead = (unsigned char)(lead << 6 | ((unsigned char)utf8[i] & 0x3F));
        }
        bytes[size++] = (char)lead;
    }
    return (sp_str){bytes, size};
}

void append_text(json_t *list, sp_str bytes)
{
    json_array_append_new(list, text_of(bytes));
}

/* ---- a word ---- */

typedef struct variables {
    sp_argument *items;
    size_t count;
} variables;

static sp_variable look_up(sp_str name, void *payload)
{
    const variables *given = payload;
    sp_variable variable = {.certainty = SP_CERTAIN_UNDEFINED, .definition = UINT32_MAX};
    for (size_t i = 0; i < given->count; i++) {
        if (sp_str_equal(given->items[i].name, name)) {
            variable.certainty = SP_CERTAIN_KNOWN;
            variable.set = true;
            variable.value = given->items[i].value;
        }
    }
    return variable;
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_compare(*(const sp_str *)a, *(const sp_str *)b);
}

static json_t *describe_uses(sp_arena *arena, const sp_value *value, bool defined)
{
    json_t *list = json_array();
    sp_str *names = sp_arena_alloc(arena, (value->variable_count + 1) * sizeof *names);
    uint32_t count = 0;
    for (uint32_t i = 0; i < value->variable_count; i++) {
        if ((value->variables[i].certainty == SP_CERTAIN_KNOWN) == defined) {
            names[count++] = value->variables[i].name;
        }
    }
    qsort(names, count, sizeof *names, compare_texts);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || !sp_str_equal(names[i - 1], names[i])) {
            append_text(list, names[i]);
        }
    }
    return list;
}

static json_t *describe_words(const sp_values *words)
{
    if (words->count == 1 && words->items[0].failed) {
        return json_null();
    }
    json_t *list = json_array();
    for (uint32_t i = 0; i < words->count; i++) {
        append_text(list, words->items[i].value);
    }
    return list;
}

static json_t *answer_word(sp_arena *arena, sp_str text, char escape, variables *given)
{
    json_t *answer = json_object();
    sp_word word = {text, {0, (uint32_t)text.size}};
    sp_value value = sp_expand(arena, NULL, word, escape, SP_EXPAND_WORD, look_up, given);
    json_object_set_new(answer, "value", value.failed ? json_null() : text_of(value.value));
    json_object_set_new(answer, "matched", value.failed ? json_null() : describe_uses(arena, &value, true));
    json_object_set_new(answer, "unmatched", value.failed ? json_null() : describe_uses(arena, &value, false));
    if (!value.failed && !value.known) {
        json_object_set_new(answer, "unknown", json_true());
    }
    sp_values words = {0};
    sp_expand_split(arena, NULL, word, escape, look_up, given, &words);
    json_object_set_new(answer, "words", describe_words(&words));
    sp_value body = sp_expand(arena, NULL, word, '\\', SP_EXPAND_BODY, look_up, given);
    json_object_set_new(answer, "body", body.failed ? json_null() : text_of(body.value));
    return answer;
}

/* ---- a Dockerfile ---- */

static json_t *describe_directives(const sp_document *document)
{
    json_t *directives = json_object();
    for (uint32_t i = 0; i < document->directives.count; i++) {
        const sp_directive *directive = &document->directives.items[i];
        const char *name = sp_str_equal(directive->name, SP_STR("syntax"))  ? "syntax"
                           : sp_str_equal(directive->name, SP_STR("check")) ? "check"
                                                                            : NULL;
        if (name != NULL && json_object_get(directives, name) == NULL) {
            json_object_set_new(directives, name, text_of(directive->value.text));
        }
    }
    return directives;
}

static sp_str join(sp_arena *arena, const sp_str *parts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += parts[i].size;
    }
    char *text = sp_arena_alloc(arena, size + 1);
    char *end = text;
    for (size_t i = 0; i < count; i++) {
        memcpy(end, parts[i].text, parts[i].size);
        end += parts[i].size;
    }
    return (sp_str){text, size};
}

static json_t *describe_flags(sp_arena *arena, const sp_instruction *instruction)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        const sp_str parts[] = {SP_STR("--"), flag->name, flag->has_value ? SP_STR("=") : SP_STR(""), flag->value.text};
        append_text(list, join(arena, parts, 4));
    }
    return list;
}

/** As BuildKit keeps them: of ENV and LABEL name, value, and what stood between; CMD or NONE first in a HEALTHCHECK. */
static json_t *describe_arguments(const sp_instruction *instruction)
{
    json_t *list = json_array();
    if (instruction->kind == SP_ENV || instruction->kind == SP_LABEL) {
        for (uint32_t i = 0; i < instruction->as.pairs.count; i++) {
            append_text(list, instruction->as.pairs.items[i].name.text);
            append_text(list, instruction->as.pairs.items[i].value.text);
            append_text(list, instruction->as.pairs.items[i].legacy ? SP_STR("") : SP_STR("="));
        }
        return list;
    }
    if (instruction->kind == SP_HEALTHCHECK && instruction->as.healthcheck.type.text.size > 0) {
        append_text(list, instruction->as.healthcheck.type.text);
    }
    for (uint32_t i = 0; instruction->kind != SP_ONBUILD && i < instruction->arguments.count; i++) {
        append_text(list, instruction->arguments.items[i].text);
    }
    return list;
}

static json_t *describe_heredocs(const sp_instruction *instruction)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < instruction->heredocs.count; i++) {
        const sp_heredoc *heredoc = &instruction->heredocs.items[i];
        json_t *item = json_object();
        json_object_set_new(item, "name", text_of(heredoc->name));
        json_object_set_new(item, "expands", json_boolean(heredoc->expands));
        json_object_set_new(item, "strips", json_boolean(heredoc->strip_tabs));
        json_object_set_new(item, "content", text_of(heredoc->content));
        json_array_append_new(list, item);
    }
    return list;
}

/** Of a trigger (`top` false) the parser of BuildKit keeps neither lines, heredocs nor comments. */
static json_t *describe_instruction(sp_arena *arena, const sp_instruction *instruction, bool top)
{
    json_t *item = json_object();
    json_object_set_new(item, "name", text_of(instruction->keyword.text));
    json_object_set_new(item, "flags", describe_flags(arena, instruction));
    json_object_set_new(item, "exec", json_boolean(instruction->form == SP_FORM_EXEC));
    json_object_set_new(item, "arguments", describe_arguments(instruction));
    json_object_set_new(item, "heredocs", top ? describe_heredocs(instruction) : json_array());
    json_t *comments = json_array();
    for (uint32_t i = 0; i < instruction->comment_count; i++) {
        append_text(comments, instruction->comments[i].text);
    }
    json_object_set_new(item, "comments", comments);
    if (top) {
        json_object_set_new(item, "lines",
                            json_pack("[ii]", (int)instruction->line.first, (int)instruction->last_line));
    }
    const sp_instruction *trigger = instruction->kind == SP_ONBUILD ? instruction->as.onbuild.instruction : NULL;
    if (trigger != NULL && trigger->kind != SP_ONBUILD) {
        json_object_set_new(item, "trigger", describe_instruction(arena, trigger, false));
    }
    return item;
}

static const sp_instruction *instruction_at(const sp_document *document, uint32_t offset)
{
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (instruction->span.start <= offset && offset <= instruction->span.end) {
            return instruction;
        }
    }
    return NULL;
}

int line_of(const sp_document *document, sp_span span)
{
    const sp_instruction *instruction = instruction_at(document, span.start);
    return (int)(instruction != NULL ? instruction->line.first : sp_source_point(&document->source, span.start).line);
}

/** Empty lines in an instruction are told at its last line, each instruction's as often as it has them. */
static json_t *describe_warnings(const sp_document *document)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < document->diagnostics.count; i++) {
        const sp_diagnostic *diagnostic = &document->diagnostics.items[i];
        if (diagnostic->id != SP_DIAGNOSTIC_EMPTY_CONTINUATION) {
            continue;
        }
        uint32_t line = sp_source_point(&document->source, diagnostic->span.start).line;
        for (uint32_t j = 0; j < document->instructions.count; j++) {
            const sp_line *logical = &document->instructions.items[j].line;
            if (logical->first <= line && line <= logical->last) {
                json_array_append_new(list, json_integer((json_int_t)logical->last));
            }
        }
    }
    return list;
}

static bool is_of_parser(sp_diagnostic_id id)
{
    switch (id) {
    case SP_DIAGNOSTIC_EMPTY_FILE:
    case SP_DIAGNOSTIC_NO_INSTRUCTION:
    case SP_DIAGNOSTIC_LINE_TOO_LONG:
    case SP_DIAGNOSTIC_DUPLICATE_DIRECTIVE:
    case SP_DIAGNOSTIC_INVALID_ESCAPE:
    case SP_DIAGNOSTIC_UNTERMINATED_HEREDOC:
    case SP_DIAGNOSTIC_ARRAY_OF_STRINGS:
    case SP_DIAGNOSTIC_MISSING_EQUALS:
    case SP_DIAGNOSTIC_MISSING_VALUE:
        return true;
    default:
        return false;
    }
}

static void append_errors(json_t *list, const sp_document *document, const sp_diagnostics *diagnostics, bool graph)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *diagnostic = &diagnostics->items[i];
        if (!diagnostic->fatal) {
            continue;
        }
        json_t *item = json_object();
        json_object_set_new(item, "layer",
                            json_string(graph                          ? "graph"
                                        : is_of_parser(diagnostic->id) ? "parse"
                                                                       : "instructions"));
        json_object_set_new(item, "id", text_of(sp_diagnostic_name(diagnostic->id)));
        json_object_set_new(item, "line", json_integer(line_of(document, diagnostic->span)));
        json_object_set_new(item, "message", text_of(diagnostic->message));
        json_array_append_new(list, item);
    }
}

static json_t *describe_stages(const sp_document *document)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *from = &document->instructions.items[i];
        if (from->kind != SP_FROM) {
            continue;
        }
        json_t *item = json_object();
        sp_str platform = from->as.from.platform != NULL ? from->as.from.platform->value.text : SP_STR("");
        json_object_set_new(item, "name", text_of(from->as.from.stage_name));
        json_object_set_new(item, "base", text_of(from->as.from.base != NULL ? from->as.from.base->text : SP_STR("")));
        json_object_set_new(item, "platform", text_of(platform));
        json_array_append_new(list, item);
    }
    return list;
}

static bool is_inside(const sp_document *document, sp_span span)
{
    return span.start <= span.end && span.end <= document->source.text.size;
}

/** What must hold of the places, which BuildKit does not have: NULL, or what does not. */
static const char *find_wrong_place(const sp_document *document)
{
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (!is_inside(document, instruction->span) || !is_inside(document, instruction->keyword.span)) {
            return "instruction";
        }
        for (uint32_t j = 0; j < instruction->arguments.count; j++) {
            sp_word word = instruction->arguments.items[j];
            if (!is_inside(document, word.span) || !sp_span_contains(instruction->span, word.span)) {
                return "argument";
            }
        }
        for (uint32_t j = 0; j < instruction->flags.count; j++) {
            const sp_flag *flag = &instruction->flags.items[j];
            if (!is_inside(document, flag->span) || !is_inside(document, flag->value.span)) {
                return "flag";
            }
        }
        for (uint32_t j = 0; j < instruction->heredocs.count; j++) {
            const sp_heredoc *heredoc = &instruction->heredocs.items[j];
            if (!is_inside(document, heredoc->opener) ||
                !sp_str_equal(heredoc->content, sp_source_text(&document->source, heredoc->body))) {
                return "heredoc";
            }
        }
    }
    return NULL;
}

/** What the machine of linux/amd64 that builds says of itself, as in oracle/graph.go, and nobody else can know;
 * arguments that were given go first. */
static void add_automatic_arguments(variables *given)
{
    const sp_argument automatic[] = {
        {SP_STR("BUILDPLATFORM"), SP_STR("linux/amd64")},
        {SP_STR("BUILDOS"), SP_STR("linux")},
        {SP_STR("BUILDARCH"), SP_STR("amd64")},
        {SP_STR("BUILDVARIANT"), SP_STR("")},
        {SP_STR("BUILDOSVERSION"), SP_STR("")},
    };
    for (size_t i = 0; i < AUTOMATIC_COUNT; i++) {
        if (!look_up(automatic[i].name, given).set) {
            given->items[given->count++] = automatic[i];
        }
    }
}

/** The lines of stages whose name another has. */
static json_t *describe_duplicates(const sp_graph *graph)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < graph->diagnostics.count; i++) {
        if (graph->diagnostics.items[i].id == SP_DIAGNOSTIC_DUPLICATE_STAGE_NAME) {
            json_array_append_new(list, json_integer(line_of(graph->document, graph->diagnostics.items[i].span)));
        }
    }
    return list;
}

/** What `parse --errors-as-buildkit` prints; a refused document has no graph, as in oracle/. */
static json_t *describe_refusal(const sp_document *document, const sp_graph *graph, sp_str target)
{
    const sp_parsed parsed = {.document = document, .graph = graph, .target = target};
    sp_buf text;
    sp_buf_init(&text, sp_alloc_default(), SIZE_MAX / 2);
    sp_parsed_refusal(&parsed, &text);
    json_t *refusal = text_of(sp_buf_str(&text));
    sp_buf_dispose(&text);
    return refusal;
}

static json_t *answer_dockerfile(sp_arena *arena, sp_str text, sp_str target, variables *given)
{
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    json_t *answer = json_object();
    json_object_set_new(answer, "directives", describe_directives(document));
    json_object_set_new(answer, "escape", json_stringn(&document->escape, 1));
    json_t *instructions = json_array();
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        json_array_append_new(instructions, describe_instruction(arena, &document->instructions.items[i], true));
    }
    json_object_set_new(answer, "instructions", instructions);
    json_object_set_new(answer, "warnings", describe_warnings(document));
    json_object_set_new(answer, "stages", describe_stages(document));
    json_t *errors = json_array();
    append_errors(errors, document, &document->diagnostics, false);
    const sp_graph *graph = NULL;
    if (json_array_size(errors) == 0) {
        add_automatic_arguments(given);
        sp_build_input input = {.arguments = given->items,
                                .argument_count = given->count,
                                .targets = &target,
                                .target_count = target.size > 0,
                                .platform = SP_STR("linux/amd64"),
                                .arguments_complete = true};
        graph = sp_graph_build(document, &input);
        append_errors(errors, document, &graph->diagnostics, true);
        json_object_set_new(answer, "duplicates", describe_duplicates(graph));
        if (graph->target_missing) {
            json_array_append_new(errors,
                                  json_pack("{ssssss}", "layer", "graph", "id", "target-missing", "message", ""));
        } else if (json_array_size(errors) == 0 && graph->target_count > 0) {
            json_object_set_new(answer, "graph", describe_graph(graph));
        }
    }
    json_object_set_new(answer, "errors", errors);
    json_object_set_new(answer, "refusal", describe_refusal(document, graph, target));
    const char *wrong = find_wrong_place(document);
    if (wrong != NULL) {
        json_object_set_new(answer, "wrong_place", json_string(wrong));
    }
    return answer;
}

/* ---- requests ---- */

static json_t *answer_request(const json_t *asked)
{
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    jmp_buf recovery;
    sp_arena_recover(&arena, &recovery);
    if (setjmp(recovery) != 0) {
        sp_arena_dispose(&arena);
        return json_pack("{ss}", "panic", "out of memory");
    }
    json_t *arguments = json_object_get(asked, "arguments");
    sp_argument *items = sp_arena_alloc(&arena, (json_object_size(arguments) + AUTOMATIC_COUNT) * sizeof *items);
    variables given = {items, 0};
    const char *name;
    json_t *value;
    json_object_foreach(arguments, name, value)
    {
        json_t *key = json_string(name);
        items[given.count++] = (sp_argument){bytes_of(&arena, key), bytes_of(&arena, value)};
        json_decref(key);
    }
    sp_str text = bytes_of(&arena, json_object_get(asked, "text"));
    const char *kind = json_string_value(json_object_get(asked, "kind"));
    json_t *answer;
    if (kind != NULL && strcmp(kind, "word") == 0) {
        const char *escape = json_string_value(json_object_get(asked, "escape"));
        answer = answer_word(&arena, text, escape != NULL ? escape[0] : '\\', &given);
    } else if (kind != NULL && strcmp(kind, "ignore") == 0) {
        answer = answer_ignore(&arena, text, json_object_get(asked, "paths"));
    } else {
        sp_str target = bytes_of(&arena, json_object_get(asked, "target"));
        answer = answer_dockerfile(&arena, text, target, &given);
    }
    sp_arena_dispose(&arena);
    return answer;
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&line, &capacity, stdin)) > 0) {
        json_error_t error;
        json_t *asked = json_loadb(line, (size_t)size, JSON_ALLOW_NUL, &error);
        if (asked == NULL) {
            fprintf(stderr, "a request is not JSON: %s\n", error.text);
            return 2;
        }
        json_t *answer = answer_request(asked);
        json_dumpf(answer, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(answer);
        json_decref(asked);
    }
    free(line);
    return 0;
}
