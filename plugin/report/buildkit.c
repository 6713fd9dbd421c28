/* The one message that BuildKit gives for a file that it refuses: which refusal it meets first, and its words for it.

   It reads in steps, each over the whole file, and stops at the first refusal of the first step that has one. Its words
   are data to compare with: what they hold of ours is a name, a value, a line. */
#include "report/buildkit.h"

#include "base/ascii.h"
#include "graph/copied.h"
#include "report/go_text.h"
#include "report/parsed.h"
#include "source/utf8.h"

/* In the order in which BuildKit takes them. */
typedef enum build_step {
    STEP_OPTIONS,      /* of its checks */
    STEP_LINES,        /* its parser */
    STEP_INSTRUCTIONS, /* one after the other */
    STEP_FILE,         /* all of them */
    STEP_GLOBALS,      /* ARG before the first FROM */
    STEP_EPOCH,
    STEP_BASES,
    STEP_TARGET,
    STEP_LINKS,
    STEP_CIRCLES,
    STEP_IMAGES,
    STEP_TRIGGERS, /* what those that fire take files from */
    STEP_RUN,
    NO_STEP
} build_step;

/* ---- words ---- */

static void put_name(sp_wording *wording)
{
    sp_buf_add(wording->out, sp_instruction_name(wording->instruction->kind));
}

static void say_escape(sp_wording *wording)
{
    sp_buf_text(wording->out, "invalid escape token '");
    sp_buf_add(wording->out, sp_source_text(&wording->document->source, wording->refusal->span));
    sp_buf_text(wording->out, "' does not match ` or \\");
}

/* The directive's name ends where blanks or '=' begin. */
static void say_directive(sp_wording *wording)
{
    sp_str text = sp_source_text(&wording->document->source, wording->refusal->span);
    sp_str name = sp_str_trim(sp_str_skip(sp_str_head(text, sp_str_find(text, '=')), 1));
    sp_buf_text(wording->out, "only one ");
    sp_go_lower(wording->out, name);
    sp_buf_text(wording->out, " parser directive can be used");
}

/* A name that is not closed, or a body that is not ended. */
static void say_heredoc(sp_wording *wording)
{
    for (uint32_t i = 0; i < wording->instruction->heredocs.count; i++) {
        if (wording->instruction->heredocs.items[i].opener.start == wording->refusal->span.start) {
            sp_buf_text(wording->out, "unterminated heredoc");
            return;
        }
    }
    sp_str word = sp_source_text(&wording->document->source, wording->refusal->span);
    sp_buf_text(wording->out, "failed to process ");
    sp_go_quote(wording->out, sp_str_skip(word, sp_str_search(word, SP_STR("<<")) + 2));
}

/* A byte that is not UTF-8 as U+FFFD. */
static sp_str repaired(const sp_wording *wording, sp_str text)
{
    char *copy = sp_arena_alloc(wording->document->arena, 3 * text.size + 1), *last = copy;
    for (const char *next = text.text, *end = next + text.size; next < end;) {
        uint32_t size, point = sp_utf8_decode(next, end, &size);
        last += sp_utf8_encode(point, last);
        next += size;
    }
    return sp_str_between(copy, last);
}

/* The same with ASCII letters in one case. */
static sp_str in_case(const sp_wording *wording, sp_str text, bool upper)
{
    sp_str copy = repaired(wording, text);
    char *bytes = sp_arena_alloc(wording->document->arena, copy.size + 1);
    for (size_t i = 0; i < copy.size; i++) {
        char byte = copy.text[i];
        bytes[i] = !upper ? sp_ascii_lower(byte) : sp_ascii_is_lower(byte) ? (char)(byte - ('a' - 'A')) : byte;
    }
    return (sp_str){bytes, copy.size};
}

static void say_unknown_instruction(sp_wording *wording)
{
    static const sp_str names[] = {
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) {#ID, sizeof(#ID) - 1},
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
    };
    enum { NAMES = sizeof names / sizeof *names };
    sp_str keyword = wording->instruction->keyword.text, lower[NAMES];
    bool all_upper = sp_str_equal(keyword, in_case(wording, keyword, true));
    for (size_t i = 0; i < NAMES; i++)
        lower[i] = in_case(wording, names[i], false);
    sp_buf_text(wording->out, "unknown instruction: ");
    sp_buf_add(wording->out, keyword);
    size_t nearest = sp_buildkit__nearest(in_case(wording, keyword, false), lower, NAMES);
    if (nearest < NAMES)
        sp_buildkit__fill(wording->out, " (did you mean %?)", all_upper ? names[nearest] : lower[nearest], SP_STR(""));
}

static void say_unknown_flag(sp_wording *wording)
{
    static const struct {
        sp_instruction_kind kind;
        sp_str name;
    } rows[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {SP_##INSTRUCTION, {name, sizeof(name) - 1}},
#include "dockerfile/flag.def"
#undef SP_FLAG
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    sp_str names[ROWS];
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].kind == wording->instruction->kind)
            names[count++] = rows[i].name;
    }
    const sp_flag *flag = sp_buildkit__find_flag(wording);
    if (flag == NULL)
        return;
    sp_buf_text(wording->out, "unknown flag: --");
    sp_buf_add(wording->out, flag->name);
    sp_buildkit__suggest(wording->out, flag->name, names, count);
}

static void say_duplicate_flag(sp_wording *wording)
{
    sp_buf_text(wording->out, "duplicate flag specified: --");
    sp_buf_add(wording->out, sp_buildkit__find_flag(wording)->name);
}

static void say_argument_count(sp_wording *wording)
{
    sp_str name = sp_instruction_name(wording->instruction->kind);
    switch (wording->instruction->kind) {
    case SP_FROM:
        sp_buf_text(wording->out, "FROM requires either one or three arguments");
        break;
    case SP_ADD:
    case SP_COPY:
        sp_buildkit__fill(wording->out,
                          "% requires at least two arguments, but only one was provided. Destination could not be "
                          "determined",
                          name, SP_STR(""));
        break;
    case SP_MAINTAINER:
    case SP_STOPSIGNAL:
    case SP_USER:
    case SP_WORKDIR:
        sp_buildkit__fill(wording->out, "% requires exactly one argument", name, SP_STR(""));
        break;
    default:
        if (wording->instruction->kind == SP_HEALTHCHECK && wording->instruction->as.healthcheck.none)
            sp_buf_text(wording->out, "HEALTHCHECK NONE takes no arguments");
        else
            sp_buildkit__fill(wording->out, "% requires at least one argument", name, SP_STR(""));
        break;
    }
}

static void say_blank_name(sp_wording *wording)
{
    put_name(wording);
    sp_buf_text(wording->out, " names can not be blank");
}

/* What lies in a span of an instruction, without what continues its lines. */
static sp_str joined_text(const sp_line *line, sp_span span)
{
    sp_str text = line->text;
    while (text.size > 0 && sp_line_span(line, sp_str_head(text, 1)).start < span.start)
        text = sp_str_skip(text, 1);
    while (text.size > 0 && sp_line_span(line, sp_str_skip(text, text.size - 1)).start >= span.end)
        text.size--;
    return text;
}

static void say_missing_equals(sp_wording *wording)
{
    sp_buf_text(wording->out, "Syntax error - can't find = in ");
    sp_go_quote(wording->out, repaired(wording, joined_text(&wording->instruction->line, wording->refusal->span)));
    sp_buf_text(wording->out, ". Must be of the form: name=value");
}

/* Inside ONBUILD, the pair stands in the trigger. */
static void say_missing_value(sp_wording *wording)
{
    const sp_instruction *inner = wording->instruction;
    if (inner->kind == SP_ONBUILD)
        inner = inner->as.onbuild.instruction;
    sp_buf_add(wording->out, sp_instruction_name(inner->kind));
    sp_buf_text(wording->out, " must have two arguments");
}

static void say_stage_name(sp_wording *wording)
{
    sp_buf_text(wording->out, "invalid name for build stage: ");
    sp_go_quote(wording->out, wording->instruction->as.from.name->text);
    sp_buf_text(wording->out, ", name can't start with a number or contain symbols");
}

static void say_heredoc_destination(sp_wording *wording)
{
    put_name(wording);
    sp_buf_text(wording->out, " cannot accept a heredoc as a destination");
}

static void say_healthcheck_type(sp_wording *wording)
{
    sp_str type = wording->instruction->as.healthcheck.type.text;
    sp_buf_text(wording->out, "Unknown type ");
    sp_go_quote(wording->out, in_case(wording, type, true));
    sp_buf_text(wording->out, " in HEALTHCHECK (try CMD)");
}

static void say_trigger(sp_wording *wording)
{
    const sp_instruction *inner =
        wording->instruction->kind == SP_ONBUILD ? wording->instruction->as.onbuild.instruction : NULL;
    if (inner == NULL) {
        sp_buf_text(wording->out, "onbuild trigger should be a single expression");
        return;
    }
    sp_instruction_kind refused = sp_instruction_refused_trigger(inner);
    if (refused == SP_ONBUILD) {
        sp_buf_text(wording->out, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        return;
    }
    sp_buf_add(wording->out, sp_instruction_name(refused));
    sp_buf_text(wording->out, " isn't allowed as an ONBUILD trigger");
}

static void put_failure(sp_wording *wording, const sp_value *value)
{
    sp_buf_text(wording->out, "failed to process ");
    sp_go_quote(wording->out, value->text);
    sp_buf_text(wording->out, ": ");
    sp_buf_add(wording->out, value->refusal);
}

static uint32_t stage_at(const sp_graph *graph, const sp_instruction *instruction)
{
    uint32_t executed = sp_buildkit__executed(graph, instruction);
    return executed != SP_NONE ? graph->instructions[executed].stage : SP_NONE;
}

/* A --from that cannot be expanded is told as such. */
static void say_from_variable(sp_wording *wording)
{
    const sp_instruction *on = wording->instruction;
    const sp_edge *lost = on->kind == SP_FROM ? sp_buildkit__lost(wording) : NULL;
    if (on->kind != SP_COPY && lost == NULL) {
        sp_buf_text(wording->out, "'from' doesn't support variable expansion, define alias stage instead");
        return;
    }
    uint32_t executed = lost != NULL ? lost->instruction : sp_buildkit__executed(wording->graph, on);
    sp_word from =
        lost != NULL ? (sp_word){.text = lost->reference.text, .span = lost->reference.span} : on->as.copy.from->value;
    sp_value value = executed != SP_NONE ? sp_graph_expand(wording->graph, executed, from) : sp_value_literal(from);
    if (value.failed)
        put_failure(wording, &value);
    else
        sp_buf_text(
            wording->out,
            "variable expansion is not supported for --from, define a new stage with FROM using ARG from global "
            "scope as a workaround");
}

static void say_expansion(sp_wording *wording)
{
    const sp_instruction *on = wording->instruction;
    if (on != NULL && on->kind == SP_FROM && sp_buildkit__find_flag(wording) != NULL)
        sp_buf_text(wording->out, "failed to process arguments for platform : ");
    put_failure(wording, wording->refusal->value);
}

static void say_blank_base(sp_wording *wording)
{
    sp_buf_text(wording->out, "base name (");
    sp_buf_add(wording->out, wording->instruction->as.from.base->text);
    sp_buf_text(wording->out, ") should not be blank");
}

static void say_stage_index(sp_wording *wording)
{
    const sp_edge *lost = wording->instruction->kind == SP_FROM ? sp_buildkit__lost(wording) : NULL;
    int64_t number = 0;
    sp_str_to_int(lost != NULL ? lost->reference.text
                               : sp_source_text(&wording->document->source, wording->refusal->span),
                  &number);
    sp_buf_print(wording->out, "invalid stage index %lld", (long long)number);
}

/* "stage-2" of a stage without a name. */
static void put_stage(sp_wording *wording, uint32_t index)
{
    const sp_graph *graph = wording->graph;
    if (graph->stages[index].name.size > 0)
        sp_buf_add(wording->out, graph->stages[index].name);
    else
        sp_buf_print(wording->out, "stage-%u", index);
}

static void say_circle(sp_wording *wording)
{
    sp_buf_text(wording->out, "circular dependency detected on stage: ");
    put_stage(wording, stage_at(wording->graph, wording->instruction));
}

/* The first edge from a stage below, of the instruction or, where that is a FROM, of the triggers that fire there. */
static const sp_edge *edge_from_below(const sp_wording *wording)
{
    const sp_graph *graph = wording->graph;
    uint32_t stage = stage_at(graph, wording->instruction);
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const sp_edge *edge = &graph->edges[i];
        const sp_graph_instruction *at = &graph->instructions[edge->instruction];
        bool here = at->instruction == wording->instruction || (at->trigger && wording->instruction->kind == SP_FROM);
        if (here && edge->to == stage && edge->from != SP_NONE && edge->from > stage)
            return edge;
    }
    return NULL;
}

static void say_later(sp_wording *wording)
{
    const sp_edge *edge = edge_from_below(wording);
    if (edge == NULL)
        return;
    if (edge->kind == SP_EDGE_COPY) {
        sp_buf_text(wording->out, "cannot copy from stage ");
        sp_go_quote(wording->out, edge->reference.text);
        sp_buf_text(wording->out, ", it needs to be defined before current stage \"");
        put_stage(wording, edge->to);
        sp_buf_byte(wording->out, '"');
        return;
    }
    sp_buf_text(wording->out, "cannot mount from stage ");
    sp_go_quote(wording->out, edge->reference.text.size > 0 ? edge->reference.text : SP_STR("scratch"));
    sp_buf_text(wording->out, " to ");
    sp_go_quote(wording->out, edge->destination.value);
    sp_buf_text(wording->out, ", stage needs to be defined before current command");
}

/* What is wrong with the options of a git source is told before that COPY takes none. */
static void say_source(sp_wording *wording)
{
    if (sp_copied_origin(wording->refusal->value->value) == SP_ORIGIN_URL)
        sp_buf_text(wording->out, "source can't be a URL for COPY");
    else if (!sp_buildkit__git(wording))
        sp_buf_text(wording->out, "source can't be a git ref for COPY");
}

/* ---- which one ---- */

/* What BuildKit says of a kind: a text, or what a function writes. A kind without either is ours alone. */
typedef struct kind_row {
    build_step step;
    const char *text;
    void (*say)(sp_wording *wording);
} kind_row;

static const kind_row rows[SP_DIAGNOSTIC_COUNT] = {
    [SP_DIAGNOSTIC_EMPTY_FILE] = {STEP_LINES, "the Dockerfile cannot be empty", NULL},
    [SP_DIAGNOSTIC_NO_INSTRUCTION] = {STEP_LINES, "file with no instructions", NULL},
    [SP_DIAGNOSTIC_LINE_TOO_LONG] = {STEP_LINES, "dockerfile line greater than max allowed size of 65535", NULL},
    [SP_DIAGNOSTIC_DUPLICATE_DIRECTIVE] = {STEP_LINES, NULL, say_directive},
    [SP_DIAGNOSTIC_INVALID_ESCAPE] = {STEP_LINES, NULL, say_escape},
    [SP_DIAGNOSTIC_UNTERMINATED_HEREDOC] = {STEP_LINES, NULL, say_heredoc},
    [SP_DIAGNOSTIC_ARRAY_OF_STRINGS] = {STEP_LINES,
                                        "when using JSON array syntax, arrays must be comprised of strings only", NULL},
    [SP_DIAGNOSTIC_MISSING_EQUALS] = {STEP_LINES, NULL, say_missing_equals},
    [SP_DIAGNOSTIC_MISSING_VALUE] = {STEP_LINES, NULL, say_missing_value},
    [SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION] = {STEP_INSTRUCTIONS, NULL, say_unknown_instruction},
    [SP_DIAGNOSTIC_UNKNOWN_FLAG] = {STEP_INSTRUCTIONS, NULL, say_unknown_flag},
    [SP_DIAGNOSTIC_DUPLICATE_FLAG] = {STEP_INSTRUCTIONS, NULL, say_duplicate_flag},
    [SP_DIAGNOSTIC_FLAG_VALUE] = {STEP_INSTRUCTIONS, NULL, sp_buildkit__flag},
    [SP_DIAGNOSTIC_ARGUMENT_COUNT] = {STEP_INSTRUCTIONS, NULL, say_argument_count},
    [SP_DIAGNOSTIC_JSON_REQUIRED] = {STEP_INSTRUCTIONS, "SHELL requires the arguments to be in JSON form", NULL},
    [SP_DIAGNOSTIC_BLANK_NAME] = {STEP_INSTRUCTIONS, NULL, say_blank_name},
    [SP_DIAGNOSTIC_STAGE_NAME] = {STEP_INSTRUCTIONS, NULL, say_stage_name},
    [SP_DIAGNOSTIC_HEREDOC_DESTINATION] = {STEP_INSTRUCTIONS, NULL, say_heredoc_destination},
    [SP_DIAGNOSTIC_HEALTHCHECK_TYPE] = {STEP_INSTRUCTIONS, NULL, say_healthcheck_type},
    [SP_DIAGNOSTIC_HEALTHCHECK_COMMAND] = {STEP_INSTRUCTIONS, "Missing command after HEALTHCHECK CMD", NULL},
    [SP_DIAGNOSTIC_TRIGGER_NOT_ALLOWED] = {STEP_INSTRUCTIONS, NULL, say_trigger},
    [SP_DIAGNOSTIC_MOUNT] = {STEP_INSTRUCTIONS, NULL, sp_buildkit__mount},
    [SP_DIAGNOSTIC_BLANK_VOLUME] = {STEP_INSTRUCTIONS, "VOLUME specified can not be an empty string", NULL},
    [SP_DIAGNOSTIC_NO_STAGE] = {STEP_FILE, "dockerfile contains no stages to build", NULL},
    [SP_DIAGNOSTIC_BEFORE_FIRST_STAGE] = {STEP_INSTRUCTIONS, "no build stage in current context", NULL},
    [SP_DIAGNOSTIC_EXPANSION] = {STEP_RUN, NULL, say_expansion},
    [SP_DIAGNOSTIC_BLANK_BASE] = {STEP_BASES, NULL, say_blank_base},
    [SP_DIAGNOSTIC_INVALID_REFERENCE] = {STEP_IMAGES, NULL, sp_buildkit__reference},
    [SP_DIAGNOSTIC_FROM_VARIABLE] = {STEP_INSTRUCTIONS, NULL, say_from_variable},
    [SP_DIAGNOSTIC_STAGE_INDEX] = {STEP_LINKS, NULL, say_stage_index},
    [SP_DIAGNOSTIC_CIRCULAR_DEPENDENCY] = {STEP_CIRCLES, NULL, say_circle},
    [SP_DIAGNOSTIC_DEFINED_LATER] = {STEP_RUN, NULL, say_later},
    [SP_DIAGNOSTIC_SOURCE_NOT_ALLOWED] = {STEP_RUN, NULL, say_source},
    [SP_DIAGNOSTIC_INVALID_VALUE] = {STEP_RUN, NULL, sp_buildkit__value},
};

static const sp_instruction *instruction_at(const sp_document *document, uint32_t offset)
{
    const sp_instruction *items = document->instructions.items;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        if (items[i].span.start <= offset && offset <= items[i].span.end)
            return &items[i];
    }
    return NULL;
}

/* Whether a refusal may be about an instruction. A mount is refused field by field, and no value says which. */
static bool may_mean(const sp_diagnostic *refusal, const sp_instruction *instruction)
{
    if (refusal->value != NULL)
        return sp_buildkit__holds(instruction->line.text, refusal->value->text);
    if (refusal->id == SP_DIAGNOSTIC_MOUNT)
        return instruction->kind == SP_RUN && instruction->as.run.mount_count > 0;
    return instruction->broken;
}

/* The trigger that is refused where it fires, at a FROM; NULL: the refusal is about the instruction itself. */
static const sp_instruction *fired_at(const sp_wording *wording)
{
    const sp_graph *graph = wording->graph;
    uint32_t stage = stage_at(graph, wording->instruction);
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        const sp_graph_instruction *at = &graph->instructions[i];
        if (at->trigger && at->stage == stage && may_mean(wording->refusal, at->instruction))
            return at->instruction;
    }
    return NULL;
}

static bool is_of_trigger(const sp_wording *wording)
{
    build_step usual = rows[wording->refusal->id].step;
    bool may_be = wording->refusal->value != NULL || wording->refusal->id == SP_DIAGNOSTIC_MOUNT
                      ? usual == STEP_RUN || usual == STEP_INSTRUCTIONS
                      : usual <= STEP_INSTRUCTIONS;
    return may_be && wording->instruction != NULL && wording->instruction->kind == SP_FROM && fired_at(wording) != NULL;
}

/* Kinds that the graph shares with the document come later there, and so do some words of FROM and --from. */
static build_step step_of(const sp_wording *wording, bool graph)
{
    const sp_diagnostic *refusal = wording->refusal;
    const sp_instruction *on = wording->instruction;
    build_step usual = rows[refusal->id].step;
    if (rows[refusal->id].text == NULL && rows[refusal->id].say == NULL)
        return NO_STEP;
    if (!graph)
        return usual;
    bool is_link = refusal->id == SP_DIAGNOSTIC_FROM_VARIABLE || refusal->id == SP_DIAGNOSTIC_STAGE_INDEX;
    if (is_link)
        return on != NULL && on->kind == SP_FROM ? STEP_TRIGGERS : STEP_LINKS;
    if (refusal->id == SP_DIAGNOSTIC_INVALID_VALUE && on == NULL)
        return STEP_OPTIONS;
    if (on != NULL && on->kind == SP_ARG && stage_at(wording->graph, on) == SP_NONE && refusal->value != NULL)
        return STEP_GLOBALS;
    if (on != NULL && on->kind == SP_ARG && refusal->id == SP_DIAGNOSTIC_INVALID_VALUE)
        return STEP_EPOCH;
    if (is_of_trigger(wording))
        return refusal->value != NULL || refusal->id == SP_DIAGNOSTIC_MOUNT ? STEP_RUN : STEP_TRIGGERS;
    bool of_from = on != NULL && on->kind == SP_FROM;
    if (of_from && refusal->id == SP_DIAGNOSTIC_INVALID_VALUE && refusal->value == NULL)
        return STEP_EPOCH;
    if (of_from && (refusal->id == SP_DIAGNOSTIC_EXPANSION || refusal->id == SP_DIAGNOSTIC_INVALID_VALUE))
        return STEP_BASES;
    return usual < STEP_IMAGES ? usual == STEP_INSTRUCTIONS ? STEP_RUN : usual : usual;
}

/* Within an instruction: the number of arguments, flags, the rest. A few count their arguments after the flags. */
static unsigned turn_of(const sp_wording *wording)
{
    sp_instruction_kind kind = wording->instruction->kind;
    const sp_flag *flag;
    switch (wording->refusal->id) {
    case SP_DIAGNOSTIC_STAGE_NAME:
        return 0;
    case SP_DIAGNOSTIC_ARGUMENT_COUNT:
        return kind == SP_ENV || kind == SP_LABEL || kind == SP_SHELL ? 2 : 0;
    case SP_DIAGNOSTIC_UNKNOWN_FLAG:
    case SP_DIAGNOSTIC_DUPLICATE_FLAG:
        return 1;
    case SP_DIAGNOSTIC_FLAG_VALUE:
        flag = sp_buildkit__find_flag(wording);
        return (kind == SP_RUN || kind == SP_HEALTHCHECK) && flag->has_value ? 3 : 1;
    case SP_DIAGNOSTIC_MOUNT:
    case SP_DIAGNOSTIC_FROM_VARIABLE:
        return 3;
    case SP_DIAGNOSTIC_BEFORE_FIRST_STAGE:
        return 4;
    default:
        return 2;
    }
}

/* Where a refusal stands among all: the lower, the earlier BuildKit meets it. */
static uint64_t order_of(const sp_wording *wording, bool graph)
{
    build_step step = step_of(wording, graph);
    uint64_t order = (uint64_t)step << 40;
    if (step == STEP_INSTRUCTIONS && wording->instruction != NULL)
        order |= (uint64_t)wording->instruction->id << 4 | turn_of(wording);
    return order;
}

/* The argument that a value came of, of which it may be a part. */
static sp_str argument_of(const sp_instruction *on, const sp_value *value)
{
    for (uint32_t i = 0; i < on->arguments.count; i++) {
        sp_str text = on->arguments.items[i].text;
        if (sp_buildkit__holds(text, value->text))
            return text;
    }
    return value->text;
}

/* BuildKit sorts the words of an EXPOSE. */
static bool is_port_before(const sp_wording *a, const sp_wording *b)
{
    return sp_str_compare(argument_of(a->instruction, a->refusal->value),
                          argument_of(b->instruction, b->refusal->value)) < 0;
}

/* What is found first comes first, but that BuildKit expands all words of an instruction before it looks at one, the
   destination of COPY and ADD last. */
static bool is_before(const sp_wording *a, const sp_wording *b)
{
    const sp_instruction *on = a->instruction;
    if (on == NULL || on != b->instruction || on->kind == SP_FROM)
        return false;
    if (a->refusal->id != b->refusal->id)
        return a->refusal->id == SP_DIAGNOSTIC_EXPANSION;
    if (a->refusal->value == NULL || b->refusal->value == NULL)
        return false;
    if (on->kind == SP_EXPOSE)
        return is_port_before(a, b);
    bool expands = a->refusal->id == SP_DIAGNOSTIC_EXPANSION && b->refusal->id == SP_DIAGNOSTIC_EXPANSION;
    return (on->kind == SP_COPY || on->kind == SP_ADD) && expands && a->refusal->span.start < b->refusal->span.start;
}

static void choose(sp_wording *best, uint64_t *order, const sp_diagnostics *diagnostics, bool graph)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        sp_wording wording = *best;
        wording.refusal = &diagnostics->items[i];
        if (!wording.refusal->fatal)
            continue;
        wording.instruction = instruction_at(best->document, wording.refusal->span.start);
        uint64_t own = order_of(&wording, graph);
        if (own > *order || (own == *order && !is_before(&wording, best)))
            continue;
        *order = own;
        *best = wording;
    }
}

/* ---- line ---- */

static uint32_t count_lines(const sp_source *source)
{
    uint32_t last = source->line_count;
    return last > 0 && source->line_starts[last - 1] == source->text.size ? last - 1 : last;
}

/* Whether a mount names the image, in this instruction or in a trigger that fires here. */
static bool is_of_mount(const sp_wording *wording)
{
    if (wording->instruction->kind != SP_FROM || wording->refusal->value != NULL)
        return wording->instruction->kind == SP_RUN;
    const sp_edge *lost = sp_buildkit__lost(wording);
    return lost != NULL && lost->kind == SP_EDGE_MOUNT;
}

/* The line that BuildKit gives: of what stands before any instruction, the one above; of links, mounts and options,
 * none. */
static uint32_t line_of(const sp_wording *wording, build_step step)
{
    const sp_source *source = &wording->document->source;
    uint32_t own = sp_source_point(source, wording->refusal->span.start).line;
    switch (wording->refusal->id) {
    case SP_DIAGNOSTIC_EMPTY_FILE:
    case SP_DIAGNOSTIC_NO_STAGE:
        return 0;
    case SP_DIAGNOSTIC_NO_INSTRUCTION:
        return count_lines(source);
    case SP_DIAGNOSTIC_LINE_TOO_LONG:
    case SP_DIAGNOSTIC_DUPLICATE_DIRECTIVE:
    case SP_DIAGNOSTIC_INVALID_ESCAPE:
        return own - 1;
    default:
        break;
    }
    if (step == STEP_OPTIONS || step == STEP_LINKS || wording->instruction == NULL)
        return 0;
    if (step == STEP_IMAGES && is_of_mount(wording))
        return 0;
    if (step == STEP_EPOCH && wording->instruction->kind != SP_FROM)
        return 0;
    return wording->instruction->line.first;
}

/* refusal = "dockerfile" [ ":" line ] ": " message LF; a message of the instruction step names its line again */
static void write_refusal(sp_wording *wording, build_step step)
{
    const kind_row *row = &rows[wording->refusal->id];
    sp_buf_text(wording->out, "dockerfile:");
    wording->line = line_of(wording, step);
    if (wording->line > 0)
        sp_buf_print(wording->out, "%u:", wording->line);
    sp_buf_byte(wording->out, ' ');
    if (step == STEP_INSTRUCTIONS && wording->refusal->id != SP_DIAGNOSTIC_BEFORE_FIRST_STAGE)
        sp_buf_print(wording->out, "dockerfile parse error on line %u: ", wording->line);
    if (wording->graph != NULL && (step == STEP_TRIGGERS || step == STEP_RUN) && is_of_trigger(wording))
        wording->instruction = fired_at(wording);
    if (row->text != NULL)
        sp_buf_text(wording->out, row->text);
    else
        row->say(wording);
    sp_buf_byte(wording->out, '\n');
}

static void write_target(const sp_wording *wording, sp_str target)
{
    const sp_graph *graph = wording->graph;
    sp_str *names = sp_arena_alloc(graph->arena, graph->stage_count * sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        if (graph->stages[i].name.size > 0)
            names[count++] = graph->stages[i].name;
    }
    sp_buf_text(wording->out, "dockerfile: target stage ");
    sp_go_quote(wording->out, target);
    sp_buf_text(wording->out, " could not be found");
    sp_buildkit__suggest(wording->out, target, names, count);
    sp_buf_byte(wording->out, '\n');
}

void sp_parsed_refusal(const sp_parsed *parsed, sp_buf *out)
{
    sp_wording wording = {.document = parsed->document, .graph = parsed->graph, .out = out};
    uint64_t order = (uint64_t)NO_STEP << 40;
    choose(&wording, &order, &parsed->document->diagnostics, false);
    if (parsed->graph != NULL)
        choose(&wording, &order, &parsed->graph->diagnostics, true);
    if (parsed->graph != NULL && parsed->graph->target_missing && order > (uint64_t)STEP_TARGET << 40)
        write_target(&wording, parsed->target);
    else if (wording.refusal != NULL)
        write_refusal(&wording, (build_step)(order >> 40));
}

/* ---- shared ---- */

void sp_buildkit__fill(sp_buf *out, const char *text, sp_str first, sp_str second)
{
    for (; *text != '\0'; text++) {
        if (*text != '%') {
            sp_buf_byte(out, *text);
            continue;
        }
        sp_buf_add(out, first);
        first = second;
    }
}

uint32_t sp_buildkit__executed(const sp_graph *graph, const sp_instruction *instruction)
{
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        if (graph->instructions[i].instruction == instruction)
            return i;
    }
    return SP_NONE;
}

const sp_edge *sp_buildkit__lost(const sp_wording *wording)
{
    const sp_graph *graph = wording->graph;
    uint32_t stage = stage_at(graph, wording->instruction);
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const sp_edge *edge = &graph->edges[i];
        bool is_link = edge->kind == SP_EDGE_COPY || edge->kind == SP_EDGE_MOUNT;
        const sp_graph_instruction *at = &graph->instructions[edge->instruction];
        bool here = at->instruction == wording->instruction || (at->trigger && wording->instruction->kind == SP_FROM);
        if (is_link && here && edge->to == stage && edge->from == SP_NONE && edge->origin == SP_ORIGIN_UNKNOWN)
            return edge;
    }
    return NULL;
}

bool sp_buildkit__holds(sp_str text, sp_str part)
{
    return text.size > 0 && text.text <= part.text && part.text < text.text + text.size;
}

const sp_flag *sp_buildkit__find_flag(const sp_wording *wording)
{
    const sp_flags *flags = &wording->instruction->flags;
    const sp_value *value = wording->refusal->value;
    for (uint32_t i = 0; i < flags->count; i++) {
        const sp_flag *flag = &flags->items[i];
        if (value != NULL ? sp_buildkit__holds(flag->value.text, value->text)
                          : sp_span_contains(flag->span, wording->refusal->span))
            return flag;
    }
    return NULL;
}
