/* What to do instead, in one line: the sentence that opens the second paragraph of a policy's help. */
#include "engine/remedy.h"

/* Cuts the next paragraph off `text`; empty at a heading, a code block or the end. */
static sp_str next_paragraph(sp_str *text)
{
    *text = sp_str_trim(*text);
    if (sp_str_starts(*text, SP_STR("#")) || sp_str_starts(*text, SP_STR("```")))
        *text = SP_STR("");
    size_t size = sp_str_search(*text, SP_STR("\n\n"));
    sp_str paragraph = sp_str_head(*text, size);
    *text = sp_str_skip(*text, paragraph.size);
    return sp_str_trim(paragraph);
}

/* One line: every line ending and the indentation after it become one space. */
static sp_str join_lines(sp_arena *arena, sp_str text)
{
    char *line = sp_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool blank = text.text[i] == '\n' || text.text[i] == '\r' || text.text[i] == ' ';
        if (!blank)
            line[size++] = text.text[i];
        else if (size > 0 && line[size - 1] != ' ')
            line[size++] = ' ';
    }
    line[size] = '\0';
    return (sp_str){line, size};
}

/* Up to the first full stop that ends a sentence, without it. */
static sp_str first_sentence(sp_str line)
{
    size_t size = sp_str_search(line, SP_STR(". "));
    line = sp_str_head(line, size);
    return sp_str_ends(line, SP_STR(".")) ? sp_str_head(line, line.size - 1) : line;
}

sp_str sp_policy_remedy(sp_arena *arena, const sp_policy *policy)
{
    sp_str help = policy->help;
    sp_str first = next_paragraph(&help);
    sp_str second = next_paragraph(&help);
    sp_str remedy = second.size > 0 ? second : first.size > 0 ? first : policy->title;
    return first_sentence(join_lines(arena, remedy));
}
