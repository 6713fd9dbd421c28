/* Whether a package manager may act without somebody at the keyboard: it does not ask, or the command answers. */
#include "facts/facts_internal.h"
#include "facts/tool.h"

/* What is asked about. */
enum { REMOVAL = 1, CHANGE = 3, CLEANING = 4 };

typedef struct row {
    const char *manager;
    unsigned actions;
    const char *letters, *options, *settings;
} row;

static const row rows[] = {
#define SP_CONFIRM(manager, actions, letters, options, settings) {manager, actions, letters, options, settings},
#include "facts/confirm.def"
};

static const row *find_row(const sp_operation *operation, const sp_command *command)
{
    static const unsigned kinds[] = {[SP_INSTALL] = 2, [SP_REMOVE] = REMOVAL, [SP_UPDATE] = 0,
                                     [SP_UPGRADE] = 2, [SP_CLEAN] = CLEANING, [SP_DOWNLOAD] = 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool asks = sp_str_is(operation->manager, rows[i].manager) && (rows[i].actions & kinds[operation->action]) != 0;
        if (asks && !sp_str_is(command->name, "uv")) /* uv pip never asks */
            return &rows[i];
    }
    return NULL;
}

static bool has_letter(sp_str word, const char *letters)
{
    bool is_short = word.size > 1 && word.text[0] == '-' && word.text[1] != '-';
    for (size_t i = 1; is_short && i < word.size && word.text[i] != '='; i++) {
        if (word.text[i] != '\0' && strchr(letters, word.text[i]) != NULL)
            return true;
    }
    return false;
}

/* Whether the environment, or an assignment before the command, sets a variable. */
static bool is_set(sp_facts *facts, const sp_operation *operation, const sp_command *command, sp_str name)
{
    for (uint32_t i = 0; i < command->assignment_count; i++) {
        if (sp_str_equal(command->assignments[i].name, name))
            return true;
    }
    const sp_map *environment = facts->graph->instructions[operation->instruction].before->environment;
    const sp_binding *binding = sp_map_find(environment, name);
    return binding != NULL && binding->variable.set;
}

static bool is_configured(sp_facts *facts, const sp_operation *operation, const sp_command *command, const row *asks)
{
    sp_str list = sp_str_from(asks->settings);
    while (list.size > 0) {
        sp_str setting = sp_str_take_word(&list);
        if (sp_str_ends(setting, SP_STR("!")) &&
            is_set(facts, operation, command, sp_str_head(setting, setting.size - 1)))
            return true;
        for (uint32_t i = 1; i < command->word_count; i++) {
            if (sp_str_search(command->words[i].value.shape, setting) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* yes | apt-get install … */
static bool is_answered(const sp_script *script, const sp_command *command)
{
    if (command->pipe == UINT32_MAX)
        return false;
    sp_str first = script->commands[script->pipes[command->pipe].first].name;
    return sp_str_lists(SP_STR("yes echo printf"), first);
}

sp_answer sp_facts_confirmed(sp_facts *facts, const sp_operation *operation)
{
    sp_arena *arena = facts->arena;
    const sp_script *script = sp_facts_script(facts, operation->instruction);
    const sp_command *command = &script->commands[operation->command];
    sp_answer answer = {.placed = true, .span = operation->span};
    const row *asks = find_row(operation, command);
    if (asks == NULL) {
        sp_steps_add(arena, &sp_answer_add(arena, &answer, SP_STR(""), false)->steps, operation->span,
                     "%.*s does not ask before it does this", SP_STR_ARG(operation->manager));
        return answer;
    }
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (!sp_str_lists(sp_str_from(asks->options), word->shape) && !has_letter(word->shape, asks->letters))
            continue;
        sp_steps_add(arena, &sp_answer_add(arena, &answer, word->shape, false)->steps, word->span,
                     "'%.*s' says yes beforehand", SP_STR_ARG(word->shape));
        return answer;
    }
    if (is_answered(script, command) || is_configured(facts, operation, command, asks))
        sp_steps_add(arena, &sp_answer_add(arena, &answer, SP_STR(""), false)->steps, command->span,
                     "%.*s is answered beforehand", SP_STR_ARG(operation->manager));
    else
        sp_steps_add(arena, &answer.steps, operation->span, "%.*s asks before it does this, and nobody answers",
                     SP_STR_ARG(operation->manager));
    return answer;
}
