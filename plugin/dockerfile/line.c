/* Physical lines, and the logical lines that continuations join them to. */
#include "base/limits.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"
#include "source/utf8.h"

/* physical = { byte } { CR } ( LF | end ) */
bool sp_line__read(sp_parser *parser, sp_physical_line *out)
{
    const char *start = parser->next;
    if (start == parser->end || parser->too_long || parser->refusals > SP_LIMIT_REFUSALS)
        return false;
    bool last = parser->line_count + 1 == parser->source.line_count;
    const char *after = last ? parser->end : parser->begin + parser->source.line_starts[parser->line_count + 1];
    const char *end = after - !last;
    if ((size_t)(end - start) > SP_LIMIT_LINE_BYTES) {
        parser->too_long = true;
        return false;
    }
    parser->next = after;
    parser->line_count++;
    while (end > start && end[-1] == '\r')
        end--;
    *out = (sp_physical_line){start, end};
    return true;
}

sp_span sp_line__raw_span(const sp_parser *parser, const char *start, const char *end)
{
    if (parser->outside != NULL)
        return (sp_span){parser->outside->cooked, parser->outside->raw};
    return (sp_span){(uint32_t)(start - parser->begin), (uint32_t)(end - parser->begin)};
}

/* The joint whose piece holds the offset. */
static const sp_joint *joint_at(const sp_line *line, uint32_t cooked)
{
    uint32_t low = 0, high = line->joint_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (line->joints[middle].cooked <= cooked)
            low = middle;
        else
            high = middle;
    }
    return &line->joints[low];
}

sp_span sp_line_span(const sp_line *line, sp_str slice)
{
    if (line->joint_count == 0)
        return (sp_span){line->joints->cooked, line->joints->raw};
    uint32_t start = (uint32_t)(slice.text - line->text.text);
    uint32_t before = slice.size == 0 && start > 0; /* what is empty stands behind the byte before it, on its line */
    const sp_joint *first = line->joint_count == 1 ? line->joints : joint_at(line, start - before);
    sp_span span = {first->raw + (start - first->cooked), 0};
    span.end = span.start + (uint32_t)slice.size;
    if (slice.size == 0 || line->joint_count == 1)
        return span;
    uint32_t last_byte = start + (uint32_t)slice.size - 1;
    const sp_joint *last = joint_at(line, last_byte);
    span.end = last->raw + (last_byte - last->cooked) + 1;
    return span;
}

sp_word sp_line__word(const sp_line *line, sp_str slice)
{
    return (sp_word){slice, sp_line_span(line, slice)};
}

sp_line sp_line__part(sp_arena *arena, const sp_line *line, sp_str part)
{
    sp_line out = *line;
    out.text = part;
    if (line->joint_count == 0)
        return out;
    uint32_t start = (uint32_t)(part.text - line->text.text);
    const sp_joint *first = joint_at(line, start);
    out.joint_count = line->joint_count - (uint32_t)(first - line->joints);
    sp_joint *joints = sp_arena_alloc(arena, out.joint_count * sizeof *joints);
    for (uint32_t i = 0; i < out.joint_count; i++)
        joints[i] = (sp_joint){first[i].cooked - start, first[i].raw};
    joints[0] = (sp_joint){0, first->raw + (start - first->cooked)};
    out.joints = joints;
    return out;
}

/* continuation = escape blanks: the text's end without it; an escape before that one takes its meaning away */
static const char *cut_continuation(const char *start, const char *end, char escape, bool *continues)
{
    const char *last = end;
    while (last > start && (last[-1] == ' ' || last[-1] == '\t'))
        last--;
    *continues = last > start && last[-1] == escape && !(last - start >= 2 && last[-2] == escape);
    return *continues ? last - 1 : end;
}

static void add_comment(sp_parser *parser, const char *line_start, const char *mark, const char *end)
{
    sp_str text = sp_strip_spaces(sp_str_between(mark + 1, end));
    sp_word comment = {text, sp_line__raw_span(parser, mark, text.size > 0 ? text.text + text.size : mark + 1)};
    *sp_list_add(parser->arena, &parser->document->comments) = comment;
    if (line_start == NULL)
        return;
    /* What BuildKit attaches is the line without its first byte: an indented comment keeps its mark. */
    comment.text = sp_strip_spaces(sp_str_between(line_start + 1, end));
    if (comment.text.size == 0)
        parser->comments.count = 0;
    else
        *sp_list_add(parser->arena, &parser->comments) = comment;
}

static void add_piece(sp_parser *parser, const char *start, const char *end)
{
    if (parser->joined == 0)
        start = sp_skip_spaces(start, end);
    if (start == end)
        return;
    *sp_list_add(parser->arena, &parser->joints) = (sp_joint){parser->joined, (uint32_t)(start - parser->begin)};
    parser->joined += (uint32_t)(end - start);
}

static void set_one_joint(sp_parser *parser, const char *text)
{
    parser->joints.count = 0;
    *sp_list_add(parser->arena, &parser->joints) = (sp_joint){0, (uint32_t)(text - parser->begin)};
}

/* Reads the lines that continue the one whose text was added last. */
static void join_lines(sp_parser *parser)
{
    bool continues = true, reported = false;
    sp_physical_line line;
    while (continues && sp_line__read(parser, &line)) {
        const char *text = sp_skip_spaces(line.start, line.end);
        if (text < line.end && *text == '#') {
            add_comment(parser, NULL, text, line.end);
        } else if (text == line.end) {
            if (!reported)
                sp_diagnostic_add(parser->arena, parser->diagnostics, SP_DIAGNOSTIC_EMPTY_CONTINUATION,
                                  sp_line__raw_span(parser, line.start, line.end),
                                  "an empty line inside a continued instruction will become an error; remove it or "
                                  "begin it with '#'");
            reported = true;
        } else {
            const char *end = cut_continuation(line.start, line.end, parser->escape, &continues);
            add_piece(parser, line.start, end);
        }
    }
}

/* The joined text: a slice of the source when it is one piece, else a copy. */
static sp_str joined_text(sp_parser *parser)
{
    const sp_joint *joints = parser->joints.items;
    uint32_t count = parser->joints.count;
    if (count == 1)
        return (sp_str){parser->begin + joints[0].raw, parser->joined};
    char *text = sp_arena_alloc(parser->arena, parser->joined + 1u);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + 1 < count ? joints[i + 1].cooked : parser->joined;
        memcpy(text + joints[i].cooked, parser->begin + joints[i].raw, end - joints[i].cooked);
    }
    return (sp_str){text, parser->joined};
}

static void finish_line(sp_parser *parser, sp_line *out)
{
    out->text = joined_text(parser);
    parser->line_end = out->text.text + out->text.size;
    out->text.size = (size_t)(sp_trim_spaces(out->text.text, out->text.text + out->text.size) - out->text.text);
    out->last = parser->line_count;
    if (parser->outside != NULL) {
        out->joints = parser->outside;
        out->joint_count = 0;
        return;
    }
    out->joint_count = parser->joints.count;
    size_t size = out->joint_count * sizeof(sp_joint);
    out->joints = memcpy(sp_arena_alloc(parser->arena, size), parser->joints.items, size);
}

/* line = text { escape blanks LF { comment LF | blanks LF } text } */
static void read_logical_line(sp_parser *parser, const char *text, const char *line_end, sp_line *out)
{
    bool continues;
    const char *end = cut_continuation(text, line_end, parser->escape, &continues);
    out->first = parser->line_count;
    set_one_joint(parser, text);
    parser->joined = (uint32_t)(end - text);
    if (continues) {
        parser->joints.count = parser->joined > 0;
        join_lines(parser);
    }
    if (parser->joined == 0)
        set_one_joint(parser, text);
    finish_line(parser, out);
}

static bool takes_directive(sp_parser *parser, sp_physical_line line, const char *text)
{
    if (parser->directives_over)
        return false;
    if (sp_directive__take(parser, sp_str_between(text, line.end), text > line.start))
        return true;
    parser->directives_over = true;
    return false;
}

/* lines = { directive | "#" comment | blanks } line */
bool sp_line__next(sp_parser *parser, sp_line *out)
{
    sp_physical_line line;
    while (sp_line__read(parser, &line)) {
        if (parser->line_count == 1 && sp_str_starts(sp_str_between(line.start, line.end), SP_UTF8_BOM))
            line.start += SP_UTF8_BOM.size;
        const char *text = sp_skip_spaces(line.start, line.end);
        if (takes_directive(parser, line, text))
            continue;
        if (text == line.end)
            continue;
        if (*text == '#') {
            add_comment(parser, line.start, text, line.end);
            continue;
        }
        read_logical_line(parser, text, line.end, out);
        return true;
    }
    return false;
}
