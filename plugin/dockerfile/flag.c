/* Builder flags: --name and --name=value between the keyword and the arguments. */
#include "base/suggest.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"
#include "source/utf8.h"

enum flag_type { BOOL, STRING, STRINGS };

typedef struct flag_row {
    sp_instruction_kind instruction;
    enum flag_type type;
    sp_str name;
} flag_row;

static const flag_row rows[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {SP_##INSTRUCTION, type, {name, sizeof(name) - 1}},
#include "dockerfile/flag.def"
#undef SP_FLAG
};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

/* A flag being read: raw bytes, and its text once quotes and escapes are gone. */
typedef struct flag_text {
    const char *start, *end; /* raw */
    const char *raw_value;   /* after the '=' that splits, or NULL */
    sp_str text;
} flag_text;

/* Finds the end of the flag's word. BuildKit reads bytes, not characters. */
static const char *word_end(const char *next, const char *end, char escape, bool *plain)
{
    char quote = '\0';
    *plain = true;
    for (; next < end; next++) {
        char byte = *next;
        if (quote == '\0' && sp_is_byte_space(byte))
            break;
        if ((unsigned char)byte >= 0x80)
            *plain = false;
        if (quote != '\0' ? byte == quote : byte == '\'' || byte == '"') {
            quote = quote == '\0' ? byte : '\0';
            *plain = false;
        } else if (byte == escape) {
            *plain = false;
            next += next + 1 < end;
        }
    }
    return next;
}

/* Removes quotes and escapes; a byte over 0x7F becomes the character of that number. */
static void decode_flag(sp_arena *arena, char escape, flag_text *flag)
{
    char *out = sp_arena_alloc(arena, 2 * (size_t)(flag->end - flag->start) + 1), *last = out;
    char quote = '\0';
    for (const char *next = flag->start; next < flag->end; next++) {
        if (quote != '\0' ? *next == quote : *next == '\'' || *next == '"') {
            quote = quote == '\0' ? *next : '\0';
            continue;
        }
        if (*next == escape && ++next == flag->end)
            break;
        if (*next == '=' && flag->raw_value == NULL)
            flag->raw_value = next + 1;
        last += sp_utf8_encode((unsigned char)*next, last);
    }
    flag->text = sp_str_between(out, last);
}

/* flag = "--" name [ "=" value ], up to a space outside quotes */
static void read_flag(sp_parser *parser, const char *start, const char *end, flag_text *flag)
{
    bool plain;
    *flag = (flag_text){.start = start, .end = word_end(start, end, parser->escape, &plain)};
    if (!plain) {
        decode_flag(parser->arena, parser->escape, flag);
        return;
    }
    flag->text = sp_str_between(flag->start, flag->end);
    size_t equals = sp_str_find(flag->text, '=');
    if (equals < flag->text.size)
        flag->raw_value = flag->start + equals + 1;
}

static void add_flag(sp_parser *parser, const sp_line *line, const flag_text *flag, sp_flags *out)
{
    size_t equals = sp_str_find(flag->text, '=');
    sp_flag *added = sp_list_add(parser->arena, out);
    added->span = sp_line_span(line, sp_str_between(flag->start, flag->end));
    added->name = sp_str_skip(sp_str_head(flag->text, equals), 2);
    added->has_value = equals < flag->text.size;
    added->value = (sp_word){sp_str_skip(flag->text, equals + 1), added->span};
    if (added->has_value)
        added->value.span = sp_line_span(line, sp_str_between(flag->raw_value, flag->end));
}

/* flags = { blanks "--" word } [ blanks "--" ] */
sp_str sp_flag__cut(sp_parser *parser, const sp_line *line, sp_str text, sp_flags *out)
{
    const char *next = text.text, *end = text.text + text.size;
    for (;;) {
        while (next < end && sp_is_byte_space(*next))
            next++;
        if (end - next < 2 || next[0] != '-' || next[1] != '-')
            break;
        flag_text flag;
        read_flag(parser, next, end, &flag);
        next = flag.end;
        if (sp_str_equal(flag.text, SP_STR("--")))
            break;
        add_flag(parser, line, &flag, out);
    }
    return sp_strip_spaces(sp_str_between(next, end));
}

static int row_of(sp_instruction_kind instruction, sp_str name)
{
    for (int i = 0; i < ROW_COUNT; i++) {
        if (rows[i].instruction == instruction && sp_str_equal(rows[i].name, name))
            return i;
    }
    return -1;
}

static void refuse_unknown(sp_parser *parser, sp_instruction *instruction, const sp_flag *flag)
{
    sp_str names[ROW_COUNT];
    size_t count = 0;
    for (int i = 0; i < ROW_COUNT; i++) {
        if (rows[i].instruction == instruction->kind)
            names[count++] = rows[i].name;
    }
    sp_str keyword = sp_instruction_name(instruction->kind), name = sp_parser__brief(flag->name);
    sp_str nearest = sp_suggest(flag->name, names, count);
    if (nearest.size > 0)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_FLAG, flag->span,
                          "%.*s has no flag --%.*s; did you mean --%.*s?", SP_STR_ARG(keyword), SP_STR_ARG(name),
                          SP_STR_ARG(nearest));
    else if (count > 0)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_FLAG, flag->span,
                          "%.*s has no flag --%.*s; write '--' before it if it is an argument", SP_STR_ARG(keyword),
                          SP_STR_ARG(name));
    else
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_FLAG, flag->span,
                          "%.*s takes no flags, not even --%.*s; write '--' before it if it is an argument",
                          SP_STR_ARG(keyword), SP_STR_ARG(name));
}

static void check_bool(sp_parser *parser, sp_instruction *instruction, const sp_flag *flag)
{
    sp_str value = flag->value.text;
    bool right =
        !flag->has_value || sp_str_equal_nocase(value, SP_STR("true")) || sp_str_equal_nocase(value, SP_STR("false"));
    if (right)
        return;
    sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span,
                      "--%.*s is true or false, not '%.*s'", SP_STR_ARG(flag->name),
                      SP_STR_ARG(sp_parser__brief(value)));
}

static void check_flag(sp_parser *parser, sp_instruction *instruction, const sp_flag *flag, uint32_t *seen)
{
    int row = row_of(instruction->kind, flag->name);
    if (row < 0) {
        refuse_unknown(parser, instruction, flag);
        return;
    }
    if (*seen & 1u << row && rows[row].type != STRINGS)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_DUPLICATE_FLAG, flag->span,
                          "--%.*s is given twice; keep one of them", SP_STR_ARG(flag->name));
    *seen |= 1u << row;
    if (rows[row].type == BOOL)
        check_bool(parser, instruction, flag);
    else if (!flag->has_value)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_FLAG_VALUE, flag->span, "--%.*s needs a value: --%.*s=…",
                          SP_STR_ARG(flag->name), SP_STR_ARG(flag->name));
}

void sp_flag__check(sp_parser *parser, sp_instruction *instruction)
{
    uint32_t seen = 0;
    _Static_assert(ROW_COUNT <= 32, "a bit a row");
    for (uint32_t i = 0; i < instruction->flags.count; i++)
        check_flag(parser, instruction, &instruction->flags.items[i], &seen);
}

const sp_flag *sp_instruction_flag(const sp_instruction *instruction, sp_str name)
{
    for (uint32_t i = instruction->flags.count; i > 0; i--) {
        if (sp_str_equal(instruction->flags.items[i - 1].name, name))
            return &instruction->flags.items[i - 1];
    }
    return NULL;
}
