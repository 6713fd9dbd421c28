/* One logical line becomes one instruction: keyword, flags, arguments, heredocs, checks. */
#include "base/suggest.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"

static const struct {
    sp_str name;
    bool heredocs, trigger;
} rows[SP_INSTRUCTION_COUNT] = {
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger)                                                 \
    [SP_##ID] = {{#ID, sizeof(#ID) - 1}, heredocs, trigger},
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
};

sp_str sp_instruction_name(sp_instruction_kind kind)
{
    return kind == SP_UNKNOWN_INSTRUCTION ? SP_STR("") : rows[kind].name;
}

sp_instruction_kind sp_instruction_from_name(sp_str name)
{
    char folded[SP_FOLDED_SIZE];
    if (name.size == 0)
        return SP_UNKNOWN_INSTRUCTION;
    name = sp_str_fold(name, SP_FOLD_LOWER, folded);
    char first = (char)(name.text[0] & ~0x20);
    for (int kind = SP_UNKNOWN_INSTRUCTION + 1; kind < SP_INSTRUCTION_COUNT; kind++) {
        if (rows[kind].name.size == name.size && rows[kind].name.text[0] == first &&
            sp_str_equal_nocase(rows[kind].name, name))
            return (sp_instruction_kind)kind;
    }
    return SP_UNKNOWN_INSTRUCTION;
}

sp_instruction_kind sp_instruction_refused_trigger(const sp_instruction *trigger)
{
    char folded[SP_FOLDED_SIZE];
    sp_str keyword = sp_str_fold(trigger->keyword.text, SP_FOLD_UPPER, folded);
    for (int kind = SP_UNKNOWN_INSTRUCTION + 1; kind < SP_INSTRUCTION_COUNT; kind++) {
        if (!rows[kind].trigger && sp_str_equal_nocase(rows[kind].name, keyword))
            return (sp_instruction_kind)kind;
    }
    return trigger->kind == SP_ONBUILD ? SP_ONBUILD : SP_UNKNOWN_INSTRUCTION;
}

static void refuse_unknown(sp_parser *parser, sp_instruction *instruction)
{
    sp_str names[SP_INSTRUCTION_COUNT - 1], keyword = instruction->keyword.text;
    for (size_t i = 0; i < SP_INSTRUCTION_COUNT - 1; i++)
        names[i] = rows[i + 1].name;
    sp_str nearest = sp_suggest(keyword, names, SP_INSTRUCTION_COUNT - 1);
    sp_span span = instruction->keyword.span;
    if (keyword.size == 0)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION, span,
                          "an escape character alone makes an empty instruction; remove it");
    else if (sp_str_starts(keyword, SP_STR("//")))
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION, span,
                          "a comment begins with '#', and '//' begins an instruction; write '#'");
    else if (nearest.size > 0)
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION, span,
                          "there is no instruction %.*s; did you mean %.*s?", SP_STR_ARG(sp_parser__brief(keyword)),
                          SP_STR_ARG(nearest));
    else
        sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION, span,
                          "there is no instruction %.*s; if it belongs to the line above, that line must end in '%c'",
                          SP_STR_ARG(sp_parser__brief(keyword)), parser->escape);
}

static bool opens_heredocs(const sp_instruction *instruction)
{
    return rows[instruction->kind].heredocs && instruction->form != SP_FORM_EXEC;
}

/* A RUN that is nothing but one heredoc word runs its body. */
static void set_heredoc_form(sp_parser *parser, sp_instruction *run)
{
    sp_heredoc opener;
    if (run->kind == SP_RUN && run->heredocs.count == 1 && run->arguments.count == 1 &&
        sp_heredoc__from_word(parser->arena, run->arguments.items[0].text, &opener))
        run->form = SP_FORM_HEREDOC;
}

/* heredocs, of the instruction that knows them; those of a trigger stand behind the ONBUILD's line */
static void read_heredocs(sp_parser *parser, sp_instruction *outer, sp_instruction *inner)
{
    if (!opens_heredocs(inner))
        return;
    sp_heredoc__read(parser, outer, &outer->heredocs);
    inner->heredocs = outer->heredocs;
    inner->last_line = outer->last_line;
    inner->broken = inner->broken || outer->broken;
    set_heredoc_form(parser, inner);
}

/* instruction = keyword [ separators flags arguments ] */
static void cut(sp_parser *parser, const sp_line *line, sp_instruction *out)
{
    sp_str text = line->text;
    size_t size = 0;
    while (size < text.size && !sp_is_separator(text.text[size]))
        size++;
    out->line = *line;
    out->keyword = sp_line__word(line, sp_str_head(text, size));
    out->kind = sp_instruction_from_name(out->keyword.text);
    out->span = sp_line_span(line, text);
    out->last_line = line->last;
    if (size == text.size)
        text = SP_STR("");
    else
        text = sp_flag__cut(parser, line, sp_str_skip(text, size + 1), &out->flags);
    sp_shape__cut(parser, out, text);
}

void sp_instruction__parse(sp_parser *parser, const sp_line *line, sp_instruction *out)
{
    cut(parser, line, out);
    if (parser->trigger)
        return;
    sp_instruction *inner = out->kind == SP_ONBUILD ? out->as.onbuild.instruction : NULL;
    read_heredocs(parser, out, inner != NULL ? inner : out);
    if (out->kind == SP_UNKNOWN_INSTRUCTION)
        refuse_unknown(parser, out);
    sp_check__instruction(parser, out);
    if (inner == NULL)
        return;
    parser->trigger = true;
    sp_check__instruction(parser, inner);
    parser->trigger = false;
}
