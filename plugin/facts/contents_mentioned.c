/* What a script that is not read (PowerShell, cmd) mentions of what we know: addresses, parts of Visual Studio,
   packages of Windows. It is taken to be installed; what such a script removes is not seen. */
#include "facts/contents.h"

static bool ends_word(char byte)
{
    return byte == '\0' || strchr(" \t\r\n'\"`();,|&<>@", byte) != NULL;
}

/* The value of an argument or variable of the environment; "" when it is not known. */
static sp_str value_of(const sp_running *run, sp_str name)
{
    const sp_map *environment = run->facts->graph->instructions[run->instruction].before->environment;
    const sp_binding *binding = sp_map_find(environment, name);
    if (binding == NULL)
        return SP_STR("");
    bool known = binding->variable.certainty == SP_CERTAIN_KNOWN || binding->variable.certainty == SP_CERTAIN_DEFAULT;
    return known ? binding->variable.value : SP_STR("");
}

/* name = "$env:" letters | "${env:" letters "}" | "%" letters "%"; the name, or "" */
static sp_str variable_of(sp_str word)
{
    sp_str name = {"", 0};
    if (sp_str_starts(word, SP_STR("$env:")))
        name = sp_str_skip(word, 5);
    else if (sp_str_starts(word, SP_STR("${env:")))
        name = sp_str_head(sp_str_skip(word, 6), sp_str_find(sp_str_skip(word, 6), '}'));
    else if (sp_str_starts(word, SP_STR("%")))
        name = sp_str_head(sp_str_skip(word, 1), sp_str_find(sp_str_skip(word, 1), '%'));
    return name;
}

static void add_mention(const sp_running *run, sp_capabilities brings, sp_str name, sp_span span)
{
    sp_way way = sp_running__way(run, SP_WAY_DOWNLOAD, true, span);
    way.assumed = true;
    way.name = name;
    sp_running__add(run, &brings, &way);
}

static bool is_one_of(sp_str word, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (sp_str_equal_nocase(word, sp_str_from(*names)))
            return true;
    }
    return false;
}

/* packages = ("choco" | "scoop" | "winget") "install" {word} */
typedef struct packages {
    bool manager, naming;
} packages;

static void read_word(const sp_running *run, packages *state, sp_str word, sp_span span)
{
    static const char *const managers[] = {"choco", "choco.exe", "scoop", "winget", NULL};
    static const char *const verbs[] = {"install", NULL};
    sp_str variable = variable_of(word);
    sp_str text = variable.size > 0 ? value_of(run, variable) : word;
    add_mention(run, sp_mention__capabilities(text), text, span);
    if (state->naming)
        add_mention(run, sp_mention__by_package(text), text, span);
    state->naming = state->naming || (state->manager && is_one_of(word, verbs));
    state->manager = is_one_of(word, managers);
}

/* text = {blank | word}; a separator of commands ends what a package manager is told */
static void read_text(const sp_running *run, const sp_line *line, sp_str text, sp_span whole)
{
    packages state = {0};
    size_t at = 0;
    while (at < text.size) {
        size_t start = at;
        while (at < text.size && !ends_word(text.text[at]))
            at++;
        sp_str word = {text.text + start, at - start};
        if (word.size > 0)
            read_word(run, &state, word, line != NULL ? sp_line_span(line, word) : whole);
        if (at < text.size && strchr(";|&\n", text.text[at]) != NULL)
            state = (packages){0};
        at++;
    }
}

/* The words of an instruction are slices of its line, except those that come from outside the file. */
void sp_running__mention(const sp_running *run)
{
    const sp_instruction *instruction = run->facts->graph->instructions[run->instruction].instruction;
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        const sp_word *word = &instruction->arguments.items[i];
        uintptr_t first = (uintptr_t)instruction->line.text.text, start = (uintptr_t)word->text.text;
        bool outside = start < first || start > first + instruction->line.text.size;
        read_text(run, outside ? NULL : &instruction->line, word->text, word->span);
    }
}
