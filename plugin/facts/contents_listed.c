/* What a script tells of packages that it lists by itself. */
#include "facts/contents.h"

/* Commands before the one that installs through which is searched, so that many installs do not cost their square. */
#define LOOK_BACK 256

/* scanelf lists the libraries that programs need, which "apk add" takes as "so:libz.so.1". */
static bool mentions_scanelf(sp_str text)
{
    return sp_str_search(text, SP_STR("scanelf")) != SIZE_MAX;
}

/* The text that a script last gave a variable before a command; "" when it is not set there. */
static sp_str assigned_text(const sp_script *script, uint32_t before, sp_str name)
{
    for (uint32_t i = before; i > 0 && before - i < LOOK_BACK; i--) {
        const sp_command *command = &script->commands[i - 1];
        for (uint32_t j = command->assignment_count; j > 0; j--) {
            if (sp_str_equal(command->assignments[j - 1].name, name))
                return command->assignments[j - 1].value.value.text;
        }
    }
    return SP_STR("");
}

/* variable = "$" name | "${" name "}" */
static sp_str name_of_variable(sp_str word)
{
    sp_str name = sp_str_skip(word, sp_str_starts(word, SP_STR("${")) ? 2 : 1);
    return sp_str_head(name, sp_str_find(name, '}'));
}

/* Packages of libraries bring nothing else: $runDeps, or what xargs hands on from a pipe. */
bool sp_listed__is_of_libraries(const sp_script *script, uint32_t index, sp_str word)
{
    const sp_command *command = &script->commands[index];
    if (mentions_scanelf(word) || mentions_scanelf(assigned_text(script, index, name_of_variable(word))))
        return true;
    for (uint32_t i = index; i > 0 && index - i < LOOK_BACK && command->pipe != UINT32_MAX; i--) {
        const sp_command *other = &script->commands[i - 1];
        for (uint32_t j = 0; other->pipe == command->pipe && j < other->word_count; j++) {
            if (mentions_scanelf(other->words[j].value.text))
                return true;
        }
    }
    return false;
}

static bool is_name(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        bool fits = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!fits && strchr(" +-._:", byte) == NULL)
            return false;
    }
    return true;
}

/* echoed = "$(" test ("&&" | "||") "echo" ["'"] names ["'"] ")"; a test says nothing: "[ … ]", or it is silenced */
sp_str sp_listed__echoed(sp_str word)
{
    sp_str none = {"", 0};
    size_t at = sp_str_search(word, SP_STR("echo "));
    if (!sp_str_starts(word, SP_STR("$(")) || at == SIZE_MAX || !sp_str_ends(word, SP_STR(")")))
        return none;
    sp_str test = sp_str_trim(sp_str_head(sp_str_skip(word, 2), at - 2));
    bool joined = sp_str_ends(test, SP_STR("&&")) || sp_str_ends(test, SP_STR("||"));
    bool silent = sp_str_starts(test, SP_STR("[")) || sp_str_search(test, SP_STR("> /dev/null")) != SIZE_MAX ||
                  sp_str_search(test, SP_STR(">/dev/null")) != SIZE_MAX;
    sp_str rest = sp_str_skip(word, at + 5);
    sp_str names = sp_str_trim(sp_str_head(rest, rest.size - 1));
    bool quoted = names.size >= 2 && (names.text[0] == '\'' || names.text[0] == '"');
    if (quoted && names.text[names.size - 1] == names.text[0])
        names = sp_str_head(sp_str_skip(names, 1), names.size - 2);
    return joined && silent && names.size > 0 && is_name(names) ? names : none;
}
