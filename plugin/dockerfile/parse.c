/* A whole text into a document, one logical line after the other. */
#include "base/limits.h"
#include "dockerfile/parser.h"

/* Room for one more instruction. The list grows to what the text read so far lets expect, so that large files are not
   copied over and over. */
static sp_instruction *add_instruction(sp_parser *parser)
{
    sp_document *document = parser->document;
    uint32_t count = document->instructions.count, capacity = document->instructions.capacity;
    if (count == capacity) {
        uint64_t read = (uint64_t)(parser->next - parser->begin) + 1, all = (uint64_t)(parser->end - parser->begin);
        uint64_t expected = count * all / read + count / 8 + 4, most = 4 * (uint64_t)count + 8;
        uint64_t least = count + count / 4 + 1;
        uint64_t wanted = expected > most ? most : expected < least ? least : expected;
        document->instructions.items =
            sp_arena_grow(parser->arena, document->instructions.items, capacity * sizeof(sp_instruction),
                          wanted * sizeof(sp_instruction));
        document->instructions.capacity = (uint32_t)wanted;
    }
    sp_instruction *added = &document->instructions.items[document->instructions.count++];
    memset(added, 0, sizeof *added);
    added->id = count;
    return added;
}

static void attach_comments(sp_parser *parser, sp_instruction *instruction)
{
    uint32_t count = parser->comments.count;
    if (count == 0)
        return;
    size_t size = count * sizeof(sp_word);
    instruction->comments = memcpy(sp_arena_alloc(parser->arena, size), parser->comments.items, size);
    instruction->comment_count = count;
    parser->comments.count = 0;
}

/* document = { directive } { comment | instruction } */
static void read_instructions(sp_parser *parser)
{
    sp_line line;
    while (sp_line__next(parser, &line)) {
        sp_instruction *instruction = add_instruction(parser);
        attach_comments(parser, instruction);
        sp_instruction__parse(parser, &line, instruction);
    }
    sp_directive__take_again(parser);
    parser->document->escape = parser->escape;
}

static sp_parser new_parser(sp_document *document, sp_diagnostics *diagnostics)
{
    sp_parser parser = {.arena = document->arena, .document = document, .diagnostics = diagnostics, .escape = '\\'};
    parser.source = document->source;
    parser.begin = parser.next = document->source.text.text;
    parser.end = parser.begin + document->source.text.size;
    return parser;
}

static void report_long_line(sp_parser *parser)
{
    const char *feed = memchr(parser->next, '\n', (size_t)(parser->end - parser->next));
    const char *end = feed != NULL ? feed : parser->end;
    sp_diagnostic_add(parser->arena, parser->diagnostics, SP_DIAGNOSTIC_LINE_TOO_LONG,
                      sp_line__raw_span(parser, parser->next, end),
                      "this line has %zu bytes and %u is the most; break it, the rest of the file is not read",
                      (size_t)(end - parser->next), (unsigned)SP_LIMIT_LINE_BYTES);
}

static bool has_stage(const sp_document *document)
{
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        if (document->instructions.items[i].kind == SP_FROM)
            return true;
    }
    return false;
}

/* Says once that something other than ARG stands before the first FROM, or that there is no FROM. When an unknown
   instruction comes first it says nothing: that one may have been meant as FROM. */
static void check_stages(sp_document *document)
{
    const sp_instruction *next = document->instructions.items, *end = next + document->instructions.count;
    while (next < end && next->kind == SP_ARG)
        next++;
    if (next == end)
        sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_NO_STAGE, end[-1].keyword.span,
                          "the file has no FROM, so there is nothing to build; add one");
    else if (next->kind != SP_FROM && next->kind != SP_UNKNOWN_INSTRUCTION)
        sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_BEFORE_FIRST_STAGE, next->keyword.span,
                          has_stage(document)
                              ? "%.*s stands before the first FROM, where only ARG may; move it below"
                              : "%.*s belongs to no stage: the file has no FROM; begin the file with one",
                          SP_STR_ARG(sp_instruction_name(next->kind)));
}

static void check_document(sp_parser *parser)
{
    sp_document *document = parser->document;
    sp_span start = {0, 0};
    if (document->source.text.size == 0)
        sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_EMPTY_FILE, start,
                          "the file is empty; begin it with FROM");
    else if (document->instructions.count == 0)
        sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_NO_INSTRUCTION, start,
                          "the file has no instruction; begin it with FROM");
    else if (!parser->too_long && parser->refusals <= SP_LIMIT_REFUSALS)
        check_stages(document);
    if (parser->too_long)
        report_long_line(parser);
    if (parser->refusals > SP_LIMIT_REFUSALS)
        sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_UNREADABLE,
                          sp_line__raw_span(parser, parser->next, parser->next),
                          "more than %u things are wrong above; the rest of the file is not read",
                          (unsigned)SP_LIMIT_REFUSALS);
}

static void refuse_large_file(sp_document *document, size_t size)
{
    sp_diagnostic_add(document->arena, &document->diagnostics, SP_DIAGNOSTIC_FILE_TOO_LARGE, (sp_span){0, 0},
                      "the file has %zu bytes and %u is the most", size, (unsigned)SP_LIMIT_INPUT_BYTES);
}

sp_document *sp_document_parse(sp_arena *arena, sp_str path, sp_str text)
{
    sp_document *document = sp_arena_new(arena, sp_document);
    document->arena = arena;
    document->escape = '\\';
    document->source = (sp_source){.path = path, .text = sp_str_head(text, SP_LIMIT_INPUT_BYTES)};
    if (document->source.text.text == NULL)
        document->source.text = SP_STR("");
    sp_source_index(&document->source, arena);
    if (text.size > SP_LIMIT_INPUT_BYTES) {
        refuse_large_file(document, text.size);
        return document;
    }
    sp_parser parser = new_parser(document, &document->diagnostics);
    read_instructions(&parser);
    check_document(&parser);
    return document;
}

const sp_instruction *sp_document_parse_trigger(const sp_document *document, sp_str text, sp_span at,
                                                sp_diagnostics *diagnostics)
{
    sp_arena *arena = document->arena;
    sp_document *scratch = sp_arena_new(arena, sp_document);
    scratch->arena = arena;
    scratch->source.text = text;
    sp_source_index(&scratch->source, arena);
    sp_parser parser = new_parser(scratch, diagnostics);
    sp_joint *place = sp_arena_new(arena, sp_joint);
    *place = (sp_joint){at.start, at.end};
    parser.outside = place;
    read_instructions(&parser);
    if (parser.too_long)
        report_long_line(&parser);
    if (scratch->instructions.count == 1)
        return &scratch->instructions.items[0];
    sp_diagnostic_add(arena, diagnostics, SP_DIAGNOSTIC_TRIGGER_NOT_ALLOWED, at,
                      "an ONBUILD trigger must be one instruction, and this one is %s",
                      scratch->instructions.count == 0 ? "empty" : "more than one");
    return NULL;
}

/* trigger = text after "ONBUILD" { LF body name }: what BuildKit stores in the image */
sp_str sp_document_trigger_text(const sp_document *document, const sp_instruction *onbuild)
{
    sp_arena *arena = document->arena;
    sp_str text = sp_str_skip(onbuild->line.text, onbuild->keyword.text.size);
    uint32_t count = onbuild->heredocs.count;
    text = sp_str_trim(text);
    if (count == 0)
        return text;
    sp_str *parts = sp_arena_alloc(arena, (1 + 3 * (size_t)count) * sizeof *parts);
    parts[0] = text;
    for (uint32_t i = 0; i < count; i++) {
        parts[1 + 3 * i] = SP_STR("\n");
        parts[2 + 3 * i] = onbuild->heredocs.items[i].content;
        parts[3 + 3 * i] = onbuild->heredocs.items[i].name;
    }
    return sp_arena_join(arena, parts, 1 + 3 * (size_t)count);
}
