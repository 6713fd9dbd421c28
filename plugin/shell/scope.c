/* What one command leaves for the next: variables, the working directory, pipefail, and how sure that is. */
#include "shell/reader.h"

bool sp_shell__spend(sp_shell *shell, size_t size)
{
    if (size > shell->budget) {
        shell->budget = 0;
        return false;
    }
    shell->budget -= size;
    return true;
}

const sp_shell_variable *sp_shell__variable(const sp_shell *shell, sp_str name)
{
    return sp_map_find(shell->scope.variables, name);
}

static void set_variable(sp_shell *shell, sp_str name, sp_shell_variable value)
{
    sp_shell_variable *kept = sp_arena_new(shell->arena, sp_shell_variable);
    *kept = value;
    shell->scope.variables = sp_map_set(shell->arena, shell->scope.variables, name, kept);
}

void sp_shell__assign(sp_shell *shell, sp_str name, sp_str shape, bool is_default)
{
    set_variable(shell, name, (sp_shell_variable){shape, is_default});
    *sp_list_add(shell->arena, &shell->changed) = name;
}

sp_shell_region sp_shell__begin_region(sp_shell *shell)
{
    sp_shell_region begun = {shell->scope, shell->changed.count};
    shell->scope.uncertain = true;
    shell->scope.branch = ++shell->branches;
    return begun;
}

void sp_shell__next_branch(sp_shell *shell, const sp_shell_region *begun)
{
    shell->scope = begun->before;
    shell->scope.uncertain = true;
    shell->scope.branch = ++shell->branches;
}

void sp_shell__end_region(sp_shell *shell, const sp_shell_region *begun)
{
    const sp_shell_scope *before = &begun->before;
    for (uint32_t i = begun->changed; i < shell->changed.count; i++)
        set_variable(shell, shell->changed.items[i], (sp_shell_variable){.shape = {"\0", 1}});
    shell->scope.directory_known = shell->scope.directory_known && before->directory_known &&
                                   sp_str_equal(shell->scope.directory, before->directory);
    shell->scope.uncertain = before->uncertain;
    shell->scope.branch = before->branch;
}

static bool is_option(const sp_shell_word *word)
{
    sp_str text = word->value.shape;
    return text.size > 1 && (text.text[0] == '-' || text.text[0] == '+');
}

static void change_directory(sp_shell *shell, const sp_command *command)
{
    sp_shell_scope *scope = &shell->scope;
    uint32_t i = 1;
    while (i < command->word_count && is_option(&command->words[i]))
        i++;
    const sp_value *to = i < command->word_count ? &command->words[i].value : NULL;
    bool absolute = to != NULL && to->shape.size > 0 && to->shape.text[0] == '/';
    bool readable = to != NULL && to->known && to->value.size > 0 && to->value.text[0] != '-' &&
                    to->value.text[0] != '~' && (absolute || scope->directory_known);
    if (!readable || !sp_shell__spend(shell, scope->directory.size + to->value.size + 1)) {
        scope->directory_known = false;
    } else if (absolute || scope->directory.size == 0) {
        scope->directory = to->value;
        scope->directory_known = true;
    } else {
        sp_str parts[] = {scope->directory, SP_STR("/"), to->value};
        scope->directory = sp_arena_join(shell->arena, parts, 3);
    }
}

/* set {("-" | "+") letters ["o" name]} */
static void set_options(sp_shell *shell, const sp_command *command)
{
    for (uint32_t i = 1; i + 1 < command->word_count; i++) {
        sp_str option = command->words[i].value.shape;
        bool takes_name = is_option(&command->words[i]) && option.text[option.size - 1] == 'o';
        if (takes_name && sp_str_equal(command->words[i + 1].value.shape, SP_STR("pipefail")))
            shell->scope.pipefail = option.text[0] == '-';
    }
}

/* export, readonly, local, declare: {name ["=" value]} */
static void declare(sp_shell *shell, const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *value = &command->words[i].value;
        size_t equals = sp_str_find(value->shape, '=');
        sp_str name = sp_str_head(value->shape, equals);
        if (equals < value->shape.size && sp_str_find(name, '\0') == name.size)
            sp_shell__assign(shell, name, sp_str_skip(value->shape, equals + 1), value->is_default);
    }
}

/* read, getopts, mapfile: whatever they name may be anything afterwards. */
static void read_into(sp_shell *shell, const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (!is_option(&command->words[i]) && command->words[i].value.known)
            sp_shell__assign(shell, command->words[i].value.value, (sp_str){"\0", 1}, false);
    }
}

static void unset(sp_shell *shell, const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (!is_option(&command->words[i]) && command->words[i].value.known)
            sp_shell__assign(shell, command->words[i].value.value, (sp_str){"", 0}, false);
    }
}

typedef struct builtin {
    const char *name;
    void (*apply)(sp_shell *shell, const sp_command *command);
} builtin;

static const builtin builtins[] = {
    {"cd", change_directory},   {"pushd", change_directory},
    {"popd", change_directory}, {"set", set_options},
    {"export", declare},        {"readonly", declare},
    {"local", declare},         {"declare", declare},
    {"typeset", declare},       {"read", read_into},
    {"getopts", read_into},     {"mapfile", read_into},
    {"readarray", read_into},   {"unset", unset},
};

void sp_shell__apply(sp_shell *shell, const sp_command *command)
{
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (sp_str_is(command->name, builtins[i].name)) {
            builtins[i].apply(shell, command);
            return;
        }
    }
}
