/* Wildcards in the sources of COPY: those of Go's filepath.Match, one name of a path at a time. */
#include "context/glob.h"

#include "source/utf8.h"

bool sp_context__is_wild(sp_str path)
{
    for (size_t i = 0; i < path.size; i++) {
        if (path.text[i] == '\\')
            i++;
        else if (path.text[i] == '*' || path.text[i] == '?' || path.text[i] == '[')
            return true;
    }
    return false;
}

static uint32_t take_point(sp_str *text)
{
    uint32_t size = 0, point = 0;
    if (text->size > 0)
        point = sp_utf8_decode(text->text, text->text + text->size, &size);
    *text = sp_str_skip(*text, size);
    return point;
}

static uint32_t take_escaped(sp_str *pattern)
{
    *pattern = sp_str_skip(*pattern, sp_str_starts(*pattern, SP_STR("\\")));
    return take_point(pattern);
}

/* class = "[" ["^"] range { range } "]";  range = character ["-" character] */
static bool class_takes(sp_str *pattern, uint32_t point)
{
    bool negated = sp_str_starts(*pattern, SP_STR("^")), taken = false;
    *pattern = sp_str_skip(*pattern, negated);
    while (pattern->size > 0 && pattern->text[0] != ']') {
        uint32_t low = take_escaped(pattern), high = low;
        if (sp_str_starts(*pattern, SP_STR("-"))) {
            *pattern = sp_str_skip(*pattern, 1);
            high = take_escaped(pattern);
        }
        taken = taken || (low <= point && point <= high);
    }
    *pattern = sp_str_skip(*pattern, 1);
    return taken != negated;
}

/* Takes one character of the name, of a literal one byte, by one item of the pattern that is no star. */
static bool step(sp_str *pattern, sp_str *name)
{
    if (pattern->size == 0 || name->size == 0)
        return false;
    char first = pattern->text[0];
    if (first == '?' || first == '[') {
        uint32_t point = take_point(name);
        *pattern = sp_str_skip(*pattern, 1);
        return first == '?' || class_takes(pattern, point);
    }
    *pattern = sp_str_skip(*pattern, first == '\\');
    bool same = pattern->size > 0 && pattern->text[0] == name->text[0];
    *pattern = sp_str_skip(*pattern, 1);
    *name = sp_str_skip(*name, 1);
    return same;
}

/* glob = { "*" | "?" | class | ["\"] character }; when what follows a star does not fit, the star takes one character
   more. Only the last star need do so. */
bool sp_context__glob_takes(sp_str pattern, sp_str name)
{
    sp_str behind_star = {0}, retry = {0};
    bool starred = false;
    while (name.size > 0 || pattern.size > 0) {
        if (sp_str_starts(pattern, SP_STR("*"))) {
            pattern = behind_star = sp_str_skip(pattern, 1);
            retry = name;
            starred = true;
            continue;
        }
        if (step(&pattern, &name))
            continue;
        if (!starred || retry.size == 0)
            return false;
        take_point(&retry);
        pattern = behind_star;
        name = retry;
    }
    return true;
}
