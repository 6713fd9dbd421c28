/* How the text after the flags becomes arguments: one function a shape of instruction.def. */
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"

/* LIST = [ word { separators word } ]; quotes mean nothing */
static void cut_list(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    const sp_line *line = &instruction->line;
    const char *next = text.text, *end = text.text + text.size;
    while (next < end) {
        const char *start = next;
        while (next < end && !sp_is_separator(*next))
            next++;
        *sp_list_add(parser->arena, &instruction->arguments) = sp_line__word(line, sp_str_between(start, next));
        while (next < end && sp_is_separator(*next))
            next++;
    }
}

/* TEXT = [ text ] */
static void cut_text(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    if (text.size > 0)
        *sp_list_add(parser->arena, &instruction->arguments) = sp_line__word(&instruction->line, text);
}

/* array = "[" … "]", as exec_form.c reads it; true when the text was one, right or wrong */
static bool cut_array(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    sp_json json = sp_exec_form__read(parser, &instruction->line, text, &instruction->arguments);
    if (json == SP_JSON_NONE)
        return false;
    instruction->form = SP_FORM_EXEC;
    if (json == SP_JSON_OTHER)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_ARRAY_OF_STRINGS, sp_line_span(&instruction->line, text),
                          "every element of the array must be a string; put the others in double quotes");
    return true;
}

/* JSON_LIST = array | LIST */
static void cut_json_list(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    if (!cut_array(parser, instruction, text))
        cut_list(parser, instruction, text);
}

/* JSON_TEXT = array | TEXT */
static void cut_json_text(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    if (!cut_array(parser, instruction, text))
        cut_text(parser, instruction, text);
}

/* legacy = name separators value; BuildKit cuts the raw text, not the words */
static void cut_legacy_pair(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    const sp_line *line = &instruction->line;
    size_t size = 0;
    while (size < text.size && !sp_is_separator(text.text[size]))
        size++;
    sp_pair pair = {.name = sp_line__word(line, sp_str_head(text, size)), .legacy = true, .has_value = true};
    if (size == text.size) {
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_MISSING_VALUE, pair.name.span,
                          "%.*s needs a value after '%.*s'; write name=value",
                          SP_STR_ARG(sp_instruction_name(instruction->kind)),
                          SP_STR_ARG(sp_parser__brief(pair.name.text)));
        return;
    }
    while (size < text.size && sp_is_separator(text.text[size]))
        size++;
    pair.value = sp_line__word(line, sp_str_skip(text, size));
    pair.span = sp_line_span(line, text);
    *sp_list_add(parser->arena, &instruction->as.pairs) = pair;
}

static void refuse_missing_equals(sp_parser *parser, sp_instruction *instruction, const sp_word *word)
{
    const char *hint = word->text.text[0] == '#' ? "a comment needs a line of its own"
                                                 : "write name=value, and quote a value that has spaces";
    sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_MISSING_EQUALS, word->span, "'%.*s' has no '='; %s",
                      SP_STR_ARG(sp_parser__brief(word->text)), hint);
}

static void reserve_pairs(sp_parser *parser, sp_instruction *instruction, uint32_t count)
{
    instruction->as.pairs =
        (sp_pairs){.items = sp_arena_alloc(parser->arena, count * sizeof(sp_pair)), .capacity = count};
}

/* PAIRS = legacy | name "=" value { spaces name "=" value }; the first word decides */
static void cut_pairs(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    sp_words words = {0};
    sp_word__split(parser, &instruction->line, text, &words);
    if (words.count > 0 && sp_str_find(words.items[0].text, '=') == words.items[0].text.size) {
        cut_legacy_pair(parser, instruction, text);
        return;
    }
    reserve_pairs(parser, instruction, words.count);
    for (uint32_t i = 0; i < words.count; i++) {
        sp_pair pair = {.span = words.items[i].span, .has_value = true};
        if (sp_word__cut_pair(&instruction->line, words.items[i], &pair.name, &pair.value))
            *sp_list_add(parser->arena, &instruction->as.pairs) = pair;
        else
            refuse_missing_equals(parser, instruction, &words.items[i]);
    }
}

/* WORDS = [ name [ "=" value ] { spaces name [ "=" value ] } ] */
static void cut_words(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    sp_word__split(parser, &instruction->line, text, &instruction->arguments);
    reserve_pairs(parser, instruction, instruction->arguments.count);
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        sp_pair pair = {.span = instruction->arguments.items[i].span};
        pair.has_value =
            sp_word__cut_pair(&instruction->line, instruction->arguments.items[i], &pair.name, &pair.value);
        *sp_list_add(parser->arena, &instruction->as.pairs) = pair;
    }
}

/* HEALTH = type [ blanks JSON_TEXT ]; the type stays the first argument until it is checked */
static void cut_health(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    size_t type = 0;
    while (type < text.size && !sp_is_byte_space(text.text[type]))
        type++;
    if (type == 0)
        return;
    *sp_list_add(parser->arena, &instruction->arguments) = sp_line__word(&instruction->line, sp_str_head(text, type));
    while (type < text.size && sp_is_byte_space(text.text[type]))
        type++;
    cut_json_text(parser, instruction, sp_str_skip(text, type));
}

/* TRIGGER = instruction; ONBUILD inside ONBUILD is refused anyway and is not read further */
static void cut_trigger(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    if (text.size == 0 || parser->trigger)
        return;
    sp_line line = sp_line__part(parser->arena, &instruction->line, text);
    sp_instruction *inner = sp_arena_new(parser->arena, sp_instruction);
    parser->trigger = true;
    sp_instruction__parse(parser, &line, inner);
    parser->trigger = false;
    inner->id = instruction->id;
    instruction->broken = inner->broken;
    instruction->as.onbuild.instruction = inner;
}

/* arguments = LIST | JSON_LIST | JSON_TEXT | TEXT | PAIRS | WORDS | HEALTH | TRIGGER, by the kind of instruction */
void sp_shape__cut(sp_parser *parser, sp_instruction *instruction, sp_str text)
{
    static void (*const cut[])(sp_parser *, sp_instruction *, sp_str) = {
#define LIST cut_list
#define JSON_LIST cut_json_list
#define JSON_TEXT cut_json_text
#define TEXT cut_text
#define PAIRS cut_pairs
#define WORDS cut_words
#define HEALTH cut_health
#define TRIGGER cut_trigger
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) [SP_##ID] = shape,
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
    };
    if (instruction->kind != SP_UNKNOWN_INSTRUCTION)
        cut[instruction->kind](parser, instruction, text);
}
