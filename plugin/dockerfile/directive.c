/* Parser directives: "# name=value" lines at the very top. */
#include "base/ascii.h"
#include "base/suggest.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"
#include "source/utf8.h"

static const sp_str names[] = {{"syntax", 6}, {"escape", 6}, {"check", 5}};
enum { SYNTAX, ESCAPE, CHECK, NAME_COUNT };

#define HASH SP_STR("#")

static int name_index(sp_str name)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        if (sp_str_equal_nocase(name, names[i]))
            return i;
    }
    return -1;
}

/* The value after '=', blanks trimmed; of nothing but blanks the last one is the value, as BuildKit's regular
   expression wants at least one character. */
static sp_str directive_value(const char *start, const char *end)
{
    const char *next = start, *stop = end;
    while (next < stop && sp_is_pattern_space(*next))
        next++;
    while (stop > next && sp_is_pattern_space(stop[-1]))
        stop--;
    return next == stop && start < end ? sp_str_between(end - 1, end) : sp_str_between(next, stop);
}

/* head = mark spaces name blanks "="; the name, and where the value begins; "" when the line has another shape */
static sp_str read_head(sp_str line, sp_str mark, const char **value)
{
    const char *next = line.text, *end = line.text + line.size;
    if (!sp_str_starts(line, mark))
        return SP_STR("");
    next = sp_skip_spaces(next + mark.size, end);
    const char *start = next;
    while (next < end && (sp_ascii_is_letter(*next) || (next > start && sp_ascii_is_digit(*next))))
        next++;
    sp_str name = sp_str_between(start, next);
    while (next < end && sp_is_pattern_space(*next))
        next++;
    if (next == end || *next != '=')
        return SP_STR("");
    *value = next + 1;
    return name;
}

/* directive = head blanks value blanks; the name's index, or -1 when the line is none we know */
static int read_directive(sp_str line, sp_str mark, sp_str *value)
{
    const char *start = line.text;
    int index = name_index(read_head(line, mark, &start));
    if (index < 0)
        return -1;
    *value = directive_value(start, line.text + line.size);
    return value->size > 0 ? index : -1;
}

static void add_directive(sp_parser *parser, int index, sp_str value)
{
    sp_word word = {value, sp_line__raw_span(parser, value.text, value.text + value.size)};
    *sp_list_add(parser->arena, &parser->document->directives) = (sp_directive){names[index], word};
}

static void set_escape(sp_parser *parser, sp_str value)
{
    if (sp_str_equal(value, SP_STR("\\")) || sp_str_equal(value, SP_STR("`"))) {
        parser->escape = value.text[0];
        return;
    }
    sp_diagnostic_add(parser->arena, parser->diagnostics, SP_DIAGNOSTIC_INVALID_ESCAPE,
                      sp_line__raw_span(parser, value.text, value.text + value.size),
                      "the escape character must be '\\' or '`', not '%.*s'", SP_STR_ARG(sp_parser__brief(value)));
}

/* A name that is nearly one is a comment to BuildKit, and to a person a directive without effect. */
static void remark_misspelling(sp_parser *parser, sp_str line)
{
    const char *value;
    sp_str name = read_head(line, HASH, &value), meant = sp_suggest(name, names, NAME_COUNT);
    if (meant.size > 0 && name_index(name) < 0)
        sp_diagnostic_add(parser->arena, parser->diagnostics, SP_DIAGNOSTIC_MISSPELLED_DIRECTIVE,
                          sp_line__raw_span(parser, name.text, name.text + name.size),
                          "this is a comment, for there is no directive %.*s; did you mean %.*s?",
                          SP_STR_ARG(sp_parser__brief(name)), SP_STR_ARG(meant));
}

/* directives = { directive LF }. BuildKit reads syntax= and check= once more, from the start, and that reader stops at
   an indented line: such a line is a directive to the parser and yet has no effect. */
bool sp_directive__take(sp_parser *parser, sp_str text, bool indented)
{
    sp_str value;
    int index = read_directive(text, HASH, &value);
    if (index < 0) {
        remark_misspelling(parser, text);
        return false;
    }
    if (parser->directives_seen & 1u << index) {
        sp_diagnostic_add(parser->arena, parser->diagnostics, SP_DIAGNOSTIC_DUPLICATE_DIRECTIVE,
                          sp_line__raw_span(parser, text.text, value.text + value.size),
                          "the %s directive is already given above; keep one of them", names[index].text);
        return true;
    }
    parser->directives_seen |= 1u << index;
    parser->directives_indented = parser->directives_indented || indented;
    if (index == ESCAPE)
        set_escape(parser, value);
    if (index == ESCAPE || !parser->directives_indented)
        add_directive(parser, index, value);
    return true;
}

/* directives = { directive LF } */
static void add_all(sp_parser *parser, const char *next, sp_str mark, bool syntax_alone)
{
    unsigned seen = 0;
    while (next < parser->end) {
        sp_str line = sp_str_between(next, parser->end), value;
        line.size = sp_str_find(line, '\n');
        next = next + line.size < parser->end ? next + line.size + 1 : parser->end;
        if (line.size > 0 && line.text[line.size - 1] == '\r')
            line.size--;
        int index = read_directive(line, mark, &value);
        if (index < 0 || seen & 1u << index)
            return;
        seen |= 1u << index;
        if (index == SYNTAX || (index == CHECK && !syntax_alone))
            add_directive(parser, index, value);
    }
}

static bool has_syntax(const sp_document *document)
{
    for (uint32_t i = 0; i < document->directives.count; i++) {
        if (sp_str_equal(document->directives.items[i].name, names[SYNTAX]))
            return true;
    }
    return false;
}

/* object = a JSON object with the member "syntax", a string */
static void add_object(sp_parser *parser, const char *next)
{
    sp_str value, raw;
    if (!sp_json__member(parser->arena, sp_str_between(next, parser->end), names[SYNTAX], &value, &raw))
        return;
    sp_word word = {value, sp_line__raw_span(parser, raw.text, raw.text + raw.size)};
    *sp_list_add(parser->arena, &parser->document->directives) = (sp_directive){names[SYNTAX], word};
}

/* again = [ "#!" line LF ] ( directives | object ). BuildKit looks for syntax= and check= with a second reader, which
   skips a "#!" line and stops where the first would. The first took the "#!" line as a comment, so it has seen none of
   these. A frontend for another language may be named behind "//", or in an object that is all of the file. */
void sp_directive__take_again(sp_parser *parser)
{
    const char *next = parser->begin, *end = parser->end;
    if (sp_str_starts(sp_str_between(next, end), SP_UTF8_BOM))
        next += SP_UTF8_BOM.size;
    if (sp_str_starts(sp_str_between(next, end), SP_STR("#!"))) {
        next += sp_str_find(sp_str_between(next, end), '\n');
        next += next < end;
        add_all(parser, next, HASH, false);
    }
    if (has_syntax(parser->document))
        return;
    add_all(parser, next, SP_STR("//"), true);
    if (!has_syntax(parser->document))
        add_object(parser, next);
}
