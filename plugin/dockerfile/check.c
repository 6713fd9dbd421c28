/* What BuildKit's instruction layer refuses, kind by kind; the rest of `as` is filled on the way. */
#include "dockerfile/check.h"

#include "base/ascii.h"
#include "base/map.h"
#include "dockerfile/blank.h"

static const struct {
    unsigned minimum, maximum;
} rows[] = {
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) [SP_##ID] = {minimum, maximum},
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
};

static uint32_t argument_count(const sp_instruction *instruction)
{
    bool pairs = instruction->kind == SP_ENV || instruction->kind == SP_LABEL;
    return pairs ? instruction->as.pairs.count : instruction->arguments.count;
}

static bool has_enough(sp_parser *parser, sp_instruction *instruction)
{
    unsigned minimum = rows[instruction->kind].minimum;
    if (argument_count(instruction) >= minimum || instruction->broken)
        return !instruction->broken;
    sp_str name = sp_instruction_name(instruction->kind);
    const char *what = minimum == 2                          ? "a source and a destination"
                       : rows[instruction->kind].maximum > 1 ? "at least one argument"
                                                             : "an argument";
    sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_ARGUMENT_COUNT, instruction->keyword.span, "%.*s needs %s",
                      SP_STR_ARG(name), what);
    return false;
}

/* Lower case as Go sees it: two letters outside ASCII become ASCII ones. */
static sp_str go_lower(sp_arena *arena, sp_str text)
{
    char *copy = sp_arena_alloc(arena, text.size + 1), *last = copy;
    for (size_t i = 0; i < text.size; i++) {
        sp_str rest = sp_str_skip(text, i);
        if (sp_str_starts(rest, SP_STR("\xE2\x84\xAA"))) {
            *last++ = 'k';
            i += 2;
        } else if (sp_str_starts(rest, SP_STR("\xC4\xB0"))) {
            *last++ = 'i';
            i++;
        } else {
            *last++ = sp_ascii_lower(text.text[i]);
        }
    }
    return sp_str_between(copy, last);
}

/* name = letter { letter | digit | "-" | "_" | "." } */
static bool is_stage_name(sp_str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.text[i];
        bool other = sp_ascii_is_digit(byte) || byte == '-' || byte == '_' || byte == '.';
        if (!sp_ascii_is_lower(byte) && (i == 0 || !other))
            return false;
    }
    return name.size > 0;
}

static void check_stage_name(sp_parser *parser, sp_instruction *from)
{
    sp_str name = go_lower(parser->arena, from->as.from.name->text);
    if (is_stage_name(name)) {
        from->as.from.stage_name = name;
        return;
    }
    sp_parser__refuse(parser, from, SP_DIAGNOSTIC_STAGE_NAME, from->as.from.name->span,
                      "'%.*s' is no name for a stage; begin with a letter, then letters, digits, '-', '_' and '.'",
                      SP_STR_ARG(sp_parser__brief(from->as.from.name->text)));
}

static void refuse_from(sp_parser *parser, sp_instruction *from)
{
    const sp_words *words = &from->arguments;
    sp_span span = from->keyword.span;
    const char *hint = "write FROM image, or FROM image AS name";
    if (words->count > 1)
        span = sp_span_join(words->items[1].span, words->items[words->count - 1].span);
    for (uint32_t i = 1; i < words->count; i++) {
        if (words->items[i].text.text[0] == '#')
            hint = "a comment needs a line of its own";
        else if (sp_str_starts(words->items[i].text, SP_STR("--")))
            hint = "flags stand before the image";
    }
    sp_parser__refuse(parser, from, SP_DIAGNOSTIC_ARGUMENT_COUNT, span, "FROM takes an image and perhaps a name; %s",
                      hint);
}

/* FROM = base [ "AS" name ] */
static void check_from(sp_parser *parser, sp_instruction *from)
{
    const sp_words *words = &from->arguments;
    const sp_flag *platform = sp_instruction_flag(from, SP_STR("platform"));
    char folded[SP_FOLDED_SIZE];
    bool named = words->count == 3 &&
                 sp_str_equal_nocase(sp_str_fold(words->items[1].text, SP_FOLD_UPPER, folded), SP_STR("AS"));
    if (platform != NULL && platform->value.text.size > 0)
        from->as.from.platform = platform;
    if (words->count > 0)
        from->as.from.base = &words->items[0];
    if (named) {
        from->as.from.keyword = &words->items[1];
        from->as.from.name = &words->items[2];
        check_stage_name(parser, from);
    } else if (words->count != 1) {
        refuse_from(parser, from);
    }
}

/* Binds the sources that are heredocs to their bodies; of equal names the last body counts, for all of them. */
static void bind_inline_files(sp_parser *parser, sp_instruction *copy)
{
    const sp_map *bodies = NULL;
    SP_LIST(sp_inline_file) files = {0};
    for (uint32_t i = 0; i < copy->heredocs.count; i++)
        bodies = sp_map_set(parser->arena, bodies, copy->heredocs.items[i].name, &copy->heredocs.items[i]);
    for (uint32_t i = 0; i < copy->as.copy.source_count; i++) {
        sp_heredoc opener;
        sp_str word = copy->as.copy.sources[i].text;
        if (sp_str_find(word, '<') == word.size || !sp_heredoc__from_word(parser->arena, word, &opener))
            continue;
        sp_inline_file *file = sp_list_add(parser->arena, &files);
        *file = (sp_inline_file){.source = i, .name = opener.name, .heredoc = sp_map_find(bodies, opener.name)};
    }
    copy->as.copy.inline_files = files.items;
    copy->as.copy.inline_count = files.count;
}

/* COPY, ADD = source { source } destination */
static void check_copy(sp_parser *parser, sp_instruction *copy)
{
    const sp_words *words = &copy->arguments;
    const sp_flag *from = sp_instruction_flag(copy, SP_STR("from"));
    if (from != NULL && copy->kind == SP_COPY && from->value.text.size > 0)
        copy->as.copy.from = from;
    if (words->count < 2)
        return;
    copy->as.copy.sources = words->items;
    copy->as.copy.source_count = words->count - 1;
    copy->as.copy.destination = &words->items[words->count - 1];
    bind_inline_files(parser, copy);
    sp_heredoc opener;
    sp_str destination = copy->as.copy.destination->text;
    if (sp_str_find(destination, '<') < destination.size && sp_heredoc__from_word(parser->arena, destination, &opener))
        sp_parser__refuse(parser, copy, SP_DIAGNOSTIC_HEREDOC_DESTINATION, copy->as.copy.destination->span,
                          "%.*s writes heredocs to a path, which is missing; add it after '%.*s'",
                          SP_STR_ARG(sp_instruction_name(copy->kind)), SP_STR_ARG(sp_parser__brief(destination)));
}

static void check_names(sp_parser *parser, sp_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->as.pairs.count; i++) {
        const sp_pair *pair = &instruction->as.pairs.items[i];
        if (pair->name.text.size == 0)
            sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_BLANK_NAME, pair->span,
                              "a name must stand before the '=' of %.*s",
                              SP_STR_ARG(sp_instruction_name(instruction->kind)));
    }
}

static void check_volumes(sp_parser *parser, sp_instruction *volume)
{
    size_t size = volume->arguments.count * sizeof(sp_word);
    if (size > 0)
        volume->as.volume.written = memcpy(sp_arena_alloc(parser->arena, size), volume->arguments.items, size);
    for (uint32_t i = 0; i < volume->arguments.count; i++) {
        sp_word *word = &volume->arguments.items[i];
        word->text = sp_strip_spaces(word->text);
        if (word->text.size == 0)
            sp_parser__refuse(parser, volume, SP_DIAGNOSTIC_BLANK_VOLUME, word->span,
                              "a volume needs a path; remove the empty entry");
    }
}

static void check_shell(sp_parser *parser, sp_instruction *shell)
{
    if (shell->form == SP_FORM_EXEC || shell->arguments.count == 0)
        return;
    sp_parser__refuse(parser, shell, SP_DIAGNOSTIC_JSON_REQUIRED, shell->arguments.items[0].span,
                      "SHELL takes a JSON array only: [\"/bin/sh\", \"-c\"]");
}

static void check_trigger(sp_parser *parser, sp_instruction *onbuild)
{
    const sp_instruction *inner = onbuild->as.onbuild.instruction;
    if (inner == NULL) {
        sp_parser__refuse(parser, onbuild, SP_DIAGNOSTIC_ARGUMENT_COUNT, onbuild->keyword.span,
                          "ONBUILD needs the instruction that it keeps for later");
        return;
    }
    sp_instruction_kind refused = sp_instruction_refused_trigger(inner);
    if (refused == SP_UNKNOWN_INSTRUCTION)
        return;
    sp_parser__refuse(parser, onbuild, SP_DIAGNOSTIC_TRIGGER_NOT_ALLOWED, inner->keyword.span,
                      "%.*s may not stand after ONBUILD", SP_STR_ARG(sp_instruction_name(refused)));
}

/* BuildKit declares no flags for these two and never looks at what was given. */
static bool ignores_flags(const sp_instruction *instruction)
{
    return instruction->kind == SP_ARG || instruction->kind == SP_STOPSIGNAL;
}

static void check_kind(sp_parser *parser, sp_instruction *instruction)
{
    switch (instruction->kind) {
    case SP_ADD:
    case SP_COPY:
        check_copy(parser, instruction);
        break;
    case SP_ARG:
    case SP_ENV:
    case SP_LABEL:
        check_names(parser, instruction);
        break;
    case SP_RUN:
        sp_check__run(parser, instruction);
        break;
    case SP_SHELL:
        check_shell(parser, instruction);
        break;
    case SP_VOLUME:
        check_volumes(parser, instruction);
        break;
    default:
        break;
    }
}

void sp_check__instruction(sp_parser *parser, sp_instruction *instruction)
{
    sp_instruction_kind kind = instruction->kind;
    if (kind == SP_UNKNOWN_INSTRUCTION)
        return;
    if (kind != SP_FROM && kind != SP_ONBUILD)
        has_enough(parser, instruction);
    if (kind == SP_HEALTHCHECK)
        sp_check__healthcheck(parser, instruction);
    else if (!ignores_flags(instruction) && instruction->flags.count > 0)
        sp_flag__check(parser, instruction);
    if (kind == SP_FROM)
        check_from(parser, instruction);
    else if (kind == SP_ONBUILD)
        check_trigger(parser, instruction);
    else
        check_kind(parser, instruction);
}
