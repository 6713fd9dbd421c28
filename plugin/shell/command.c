/* Commands: their names, and the commands that they run in turn. */
#include "shell/reader.h"

#include "base/limits.h"

/* A command whose arguments are another command. */
typedef struct wrapper {
    const char *name;
    const char *subcommand; /* that it needs first: conda run */
    const char *letters;    /* short options with a separate value */
    const char *names;      /* long options with a separate value, each between blanks */
    int positional;         /* arguments of its own before the command: timeout 5 … */
} wrapper;

static const wrapper wrappers[] = {
    {"sudo", NULL, "ughpCrtTUDR", " --user --group --host --prompt --chdir --role --type ", 0},
    {"doas", NULL, "uC", " ", 0},
    {"env", NULL, "uC", " --unset --chdir ", 0},
    {"exec", NULL, "a", " ", 0},
    {"time", NULL, "of", " --output --format ", 0},
    {"nice", NULL, "n", " --adjustment ", 0},
    {"ionice", NULL, "cn", " --class --classdata ", 0},
    {"nohup", NULL, "", " ", 0},
    {"timeout", NULL, "ks", " --kill-after --signal ", 1},
    {"xargs", NULL, "adEILnPs", " --arg-file --delimiter --max-args --max-procs --max-lines --replace ", 0},
    {"command", NULL, "", " ", 0},
    {"builtin", NULL, "", " ", 0},
    {"stdbuf", NULL, "ioe", " --input --output --error ", 0},
    {"setsid", NULL, "", " ", 0},
    {"fakeroot", NULL, "lsib", " ", 0},
    {"busybox", NULL, "", " ", 0},
    {"gosu", NULL, "", " ", 1},
    {"su-exec", NULL, "", " ", 1},
    {"s6-setuidgid", NULL, "", " ", 1},
    {"runuser", NULL, "uglsc", " --user --group ", 0},
    {"tini", NULL, "pe", " ", 0},
    {"dumb-init", NULL, "r", " --rewrite ", 0},
    {"catatonit", NULL, "", " ", 0},
    {"xvfb-run", NULL, "nsefpw", " --server-num --server-args --error-file --auth-file ", 0},
    {"conda", "run", "np", " --name --prefix --cwd ", 0},
    {"mamba", "run", "np", " --name --prefix --cwd ", 0},
    {"micromamba", "run", "npr", " --name --prefix --root-prefix --cwd ", 0},
    {"poetry", "run", "", " ", 0},
    {"pipenv", "run", "", " ", 0},
    {"pdm", "run", "p", " --project ", 0},
    {"uv", "run", "p", " --python --with --extra --group --project --directory --env-file --package ", 0},
};

bool sp_shell__is_posix(sp_str name)
{
    static const char *const shells[] = {"sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (sp_str_is(name, shells[i]))
            return true;
    }
    return false;
}

/* $VENV/bin/pip is pip, whatever the folder. */
static sp_str base_name(const sp_command *command)
{
    sp_str name = command->word_count > 0 ? command->words[0].value.shape : (sp_str){"", 0};
    size_t start = name.size;
    while (start > 0 && name.text[start - 1] != '/' && name.text[start - 1] != '\0')
        start--;
    bool cut = start > 0 && name.text[start - 1] == '\0';
    return cut ? (sp_str){"", 0} : sp_str_skip(name, start);
}

static sp_str word_at(const sp_command *command, uint32_t index)
{
    return index < command->word_count ? command->words[index].value.shape : (sp_str){"", 0};
}

/* Whether an option's value is the next word. */
static bool takes_next(const wrapper *row, sp_str option)
{
    if (sp_str_find(option, '=') < option.size)
        return false;
    if (sp_str_starts(option, SP_STR("--"))) {
        size_t at = sp_str_search(sp_str_from(row->names), option);
        return at != SIZE_MAX && at > 0 && row->names[at - 1] == ' ' && row->names[at + option.size] == ' ';
    }
    char last = option.text[option.size - 1];
    bool alone = option.size == 2 || strchr(row->letters, option.text[1]) == NULL;
    return alone && last != '\0' && strchr(row->letters, last) != NULL;
}

static bool is_assignment(sp_str word)
{
    size_t equals = sp_str_find(word, '=');
    for (size_t i = 0; i < equals; i++) {
        char byte = word.text[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!letter && !(i > 0 && byte >= '0' && byte <= '9'))
            return false;
    }
    return equals > 0 && equals < word.size;
}

/* wrapper {option [value]} {name "=" value} {positional} command: where the command begins, or 0 */
static uint32_t find_inner(const wrapper *row, const sp_command *outer)
{
    uint32_t i = 1;
    int positional = row->positional;
    if (row->subcommand != NULL && !sp_str_equal(word_at(outer, i++), sp_str_from(row->subcommand)))
        return 0;
    for (; i < outer->word_count; i++) {
        sp_str word = word_at(outer, i);
        bool option = word.size > 1 && word.text[0] == '-';
        if (sp_str_equal(word, SP_STR("--")))
            return i + 1 < outer->word_count ? i + 1 : 0;
        if (option && strcmp(row->name, "command") == 0 && (word.text[1] == 'v' || word.text[1] == 'V'))
            return 0;
        if (option)
            i += takes_next(row, word);
        else if (!is_assignment(word) && positional-- == 0)
            return i;
    }
    return 0;
}

static const wrapper *find_wrapper(sp_str name)
{
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
        if (sp_str_is(name, wrappers[i].name))
            return &wrappers[i];
    }
    return NULL;
}

static sp_shell_assignment *wrapper_assignments(sp_shell *shell, const sp_command *outer, uint32_t inner,
                                                uint32_t *count)
{
    sp_shell_assignments found = {0};
    for (uint32_t i = 1; i < inner; i++) {
        sp_shell_word word = outer->words[i];
        size_t equals = sp_str_find(word.value.shape, '=');
        if (!is_assignment(word.value.shape))
            continue;
        sp_shell_assignment *one = sp_list_add(shell->arena, &found);
        one->name = sp_str_head(word.value.shape, equals);
        one->value = word;
        one->value.value.shape = sp_str_skip(word.value.shape, equals + 1);
        one->value.value.value = sp_str_skip(word.value.value, equals + 1);
    }
    *count = found.count;
    return found.items;
}

/* The script that a shell's or su's -c names; NULL when there is none. */
static const sp_shell_word *find_script(const sp_command *command)
{
    bool is_su = sp_str_equal(command->name, SP_STR("su")) || sp_str_equal(command->name, SP_STR("runuser"));
    bool wanted = false;
    if (!is_su && !sp_shell__is_posix(command->name))
        return NULL;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = word_at(command, i);
        bool option = word.size > 1 && (word.text[0] == '-' || word.text[0] == '+');
        bool is_long = sp_str_starts(word, SP_STR("--"));
        if (!option && wanted)
            return &command->words[i];
        if (!option && !is_su)
            return NULL;
        if (!option)
            continue;
        wanted = wanted || (is_long ? sp_str_equal(word, SP_STR("--command")) : sp_str_find(word, 'c') < word.size);
        i += !is_long && !is_su && word.text[word.size - 1] == 'o';
    }
    return NULL;
}

bool sp_shell__reads_input(const sp_command *command)
{
    if (!sp_shell__is_posix(command->name))
        return false;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = word_at(command, i);
        if (word.size == 0 || word.text[0] != '-' || sp_str_find(word, 'c') < word.size)
            return false;
        if (sp_str_find(word, 's') < word.size)
            return true;
    }
    return true;
}

/* A text inside a word: the word's own place when it stands there in one piece, else the word as a whole. */
static sp_shell_text text_of_word(const sp_shell_text *text, const sp_shell_word *word)
{
    sp_str script = word->value.shape;
    uintptr_t first = (uintptr_t)text->text.text, start = (uintptr_t)script.text;
    bool inside = first <= start && start + script.size <= first + text->text.size;
    if (inside)
        return (sp_shell_text){.text = script, .line = text->line, .in_source = text->in_source, .whole = text->whole};
    return (sp_shell_text){.text = script, .whole = word->value.span};
}

static void read_inner_script(sp_shell *shell, sp_shell_text *text, const sp_command *command)
{
    const sp_shell_word *word = find_script(command);
    if (word == NULL || !sp_shell__enter(shell, text))
        return;
    sp_shell_text inner = text_of_word(text, word);
    sp_shell_scope outer = shell->scope;
    shell->scope.pipefail = false;
    for (uint32_t i = 1; i + 1 < command->word_count && &command->words[i] != word; i++) {
        if (sp_str_equal(word_at(command, i), SP_STR("pipefail")))
            shell->scope.pipefail = true;
    }
    sp_shell__read(shell, &inner);
    shell->scope = outer;
    sp_shell__leave(shell);
}

sp_command sp_shell__command(const sp_shell *shell, const sp_shell_text *text, sp_str slice,
                             const sp_shell_words *words)
{
    return (sp_command){.words = words->items,
                        .word_count = words->count,
                        .name = {"", 0},
                        .certain = !shell->scope.uncertain,
                        .branch = shell->scope.branch,
                        .pipe = UINT32_MAX,
                        .directory = shell->scope.directory,
                        .directory_known = shell->scope.directory_known,
                        .span = sp_shell__span(shell, text, slice)};
}

sp_command sp_shell__add_command(sp_shell *shell, sp_shell_text *text, const sp_command *command)
{
    sp_command next = *command;
    for (unsigned wrapped = 0; wrapped < SP_LIMIT_SHELL_DEPTH; wrapped++) {
        next.name = base_name(&next);
        *sp_list_add(shell->arena, &shell->commands) = next;
        const wrapper *row = find_wrapper(next.name);
        uint32_t inner = row != NULL ? find_inner(row, &next) : 0;
        if (inner == 0)
            break;
        next.assignments = wrapper_assignments(shell, &next, inner, &next.assignment_count);
        next.words += inner;
        next.word_count -= inner;
        next.span.start = next.words[0].value.span.start;
    }
    sp_shell__apply(shell, &next);
    read_inner_script(shell, text, &next);
    return next;
}
