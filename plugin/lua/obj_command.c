/* command: name? path? words[] arguments[] certain pipe? redirects[] assignments[] operation? instruction stage at
   · :flag("-y", "--yes") :is(…).
   redirect: operator target at. */
#include "lua/object.h"

typedef struct command_subject {
    const sp_script *script;
    const sp_command *command;
    uint32_t index, instruction;
} command_subject;

static const sp_command *command_of(const void *subject)
{
    return ((const command_subject *)subject)->command;
}

static bool place_of_command(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = command_of(subject)->span;
    return true;
}

static void text_of_command(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, sp_source_text(&sp_lua__document(state)->source, command_of(subject)->span));
}

static void push_shell_word(lua_State *state, const sp_shell_word *word)
{
    sp_lua__push_once(state, word, &sp_kind_value, &word->value, sizeof word->value);
}

static void push_name(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, command_of(subject)->name);
}

static void push_path(lua_State *state, const void *subject)
{
    const sp_command *command = command_of(subject);
    bool has_path = command->word_count > 0 && command->words[0].value.known &&
                    sp_str_find(command->words[0].value.value, '/') < command->words[0].value.value.size;
    sp_lua__push_optional(state, has_path ? command->words[0].value.value : SP_STR(""));
}

static void push_words(lua_State *state, const void *subject)
{
    const sp_command *command = command_of(subject);
    sp_lua__push_list(state, command->word_count);
    for (uint32_t i = 0; i < command->word_count; i++) {
        push_shell_word(state, &command->words[i]);
        sp_lua__append(state, i + 1);
    }
}

/* The text of a word as far as it is known, for looking at how it begins. */
static sp_str shape_of(const sp_shell_word *word)
{
    return word->value.known ? word->value.value : word->value.shape;
}

static bool is_argument(const sp_shell_word *word)
{
    sp_str shape = shape_of(word);
    return shape.size == 0 || shape.text[0] != '-';
}

static void push_arguments(lua_State *state, const void *subject)
{
    const sp_command *command = command_of(subject);
    uint32_t count = 0;
    sp_lua__push_list(state, 0);
    for (uint32_t i = 1; i < command->word_count; i++)
        if (is_argument(&command->words[i])) {
            push_shell_word(state, &command->words[i]);
            sp_lua__append(state, ++count);
        }
}

static void push_certain(lua_State *state, const void *subject)
{
    lua_pushboolean(state, command_of(subject)->certain);
}

static void push_pipe(lua_State *state, const void *subject)
{
    const command_subject *is = subject;
    if (is->command->pipe < is->script->pipe_count)
        sp_lua__push_pipe(state, is->script, is->command->pipe, is->instruction);
    else
        lua_pushnil(state);
}

static void push_redirects(lua_State *state, const void *subject)
{
    const sp_command *command = command_of(subject);
    sp_lua__push_list(state, command->redirect_count);
    for (uint32_t i = 0; i < command->redirect_count; i++) {
        const sp_redirect *redirect = &command->redirects[i];
        sp_lua__push_once(state, redirect, &sp_kind_redirect, &redirect, sizeof redirect);
        sp_lua__append(state, i + 1);
    }
}

static void push_assignments(lua_State *state, const void *subject)
{
    const sp_command *command = command_of(subject);
    sp_lua__push_list(state, command->assignment_count);
    for (uint32_t i = 0; i < command->assignment_count; i++) {
        sp_lua__push_named(state, command->assignments[i].name, &command->assignments[i].value.value);
        sp_lua__append(state, i + 1);
    }
}

static void push_operation(lua_State *state, const void *subject)
{
    const command_subject *is = subject;
    uint32_t count;
    const sp_operation *operations = sp_facts_operations(sp_lua__facts(state), is->instruction, &count);
    sp_vm_charge(state, count / 4);
    for (uint32_t i = 0; i < count; i++)
        if (operations[i].command == is->index && operations[i].instruction == is->instruction) {
            sp_lua__push_operation(state, &operations[i]);
            return;
        }
    lua_pushnil(state);
}

static void push_instruction(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, ((const command_subject *)subject)->instruction);
}

static void push_stage(lua_State *state, const void *subject)
{
    uint32_t id = ((const command_subject *)subject)->instruction;
    sp_lua__push_stage(state, sp_lua__graph(state)->instructions[id].stage);
}

/* Whether a word is the flag: "--yes", "--yes=1", or "-qy" for "-y". */
static bool is_flag(sp_str word, sp_str flag)
{
    if (sp_str_starts(word, flag) && (word.size == flag.size || word.text[flag.size] == '='))
        return true;
    bool is_letter = flag.size == 2 && flag.text[0] == '-' && flag.text[1] != '-';
    if (!is_letter || word.size < 2 || word.text[0] != '-' || word.text[1] == '-')
        return false;
    size_t letters = sp_str_find(word, '=');
    return sp_str_find(sp_str_head(sp_str_skip(word, 1), letters - 1), flag.text[1]) < letters - 1;
}

/* Pushes the value of a flag: what follows '=' in its word, else nothing; at the word. */
static void push_flag_value(lua_State *state, const sp_shell_word *word, sp_str flag)
{
    sp_value value = word->value;
    size_t equals = sp_str_find(value.text, '=');
    value.text = sp_str_skip(value.text, equals + 1);
    value.shape = sp_str_skip(shape_of(word), sp_str_find(shape_of(word), '=') + 1);
    value.value = value.known ? value.shape : SP_STR("");
    value.known = value.known || sp_str_find(value.shape, '\0') == value.shape.size;
    sp_lua__push_named(state, flag, &value);
}

/* command:flag("-y", "--yes") → value or nil: the first word that is one of them */
static int command_flag(lua_State *state)
{
    const command_subject *is = sp_lua__check(state, 1, &sp_kind_command);
    sp_method method = sp_lua__begin(state);
    sp_texts flags = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    for (uint32_t i = 1; i < is->command->word_count; i++) {
        sp_str word = shape_of(&is->command->words[i]);
        if (sp_str_equal(word, SP_STR("--")))
            break;
        for (uint32_t k = 0; k < flags.items.count; k++)
            if (is_flag(word, flags.items.items[k])) {
                push_flag_value(state, &is->command->words[i], flags.items.items[k]);
                return sp_lua__end(state, method, i);
            }
    }
    lua_pushnil(state);
    return sp_lua__end(state, method, (size_t)is->command->word_count * flags.items.count);
}

static sp_value name_of(const sp_command *command)
{
    sp_value name = sp_lua__known_value(command->name, command->span);
    if (command->name.size == 0) {
        name = (sp_value){.shape = {"\0", 1}, .span = command->span};
        if (command->word_count > 0)
            name = command->words[0].value;
    }
    return name;
}

/* command:is("sh", "*bash") → answer, on its name */
static int command_is(lua_State *state)
{
    const command_subject *is = sp_lua__check(state, 1, &sp_kind_command);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_value name = name_of(is->command);
    sp_answer answer = sp_lua__value_is(state, &name, &globs);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, globs.items.count);
}

static const sp_field command_fields[] = {
    {"name", "string?", "the program's name, without folders; nil when unknown", .push = push_name},
    {"path", "string?", "the program as written, when it has a folder", .push = push_path},
    {"words", "value[]", "every word, the program first", .push = push_words},
    {"arguments", "value[]", "the words after the program that do not begin with '-'", .push = push_arguments},
    {"certain", "boolean", "false inside if, after || and in loops: it may not run", .push = push_certain},
    {"pipe", "pipe?", "the pipe it is part of", .push = push_pipe},
    {"redirects", "redirect[]", "its redirections", .push = push_redirects},
    {"assignments", "value[]", "the variables set in front of it, with their name", .push = push_assignments},
    {"operation", "operation?", "what it tells a package manager", .push = push_operation},
    {"instruction", "instruction", "the instruction it is in", .push = push_instruction},
    {"stage", "stage", "the stage it is in", .push = push_stage},
    {"at", "place", "its words", .push = sp_lua__field_at},
    {"flag", "(...: text): value?", "the value of the first of these flags it has: command:flag(\"-y\", \"--yes\")",
     .method = command_flag},
    {"is", "(...: text): answer", "whether its name matches one of these globs", .method = command_is},
};

const sp_kind sp_kind_command = {.name = "command",
                                 .says = "A command of a script",
                                 SP_FIELDS_OF(command_fields),
                                 .place = place_of_command,
                                 .text = text_of_command};

static const sp_redirect *redirect_of(const void *subject)
{
    return *(const sp_redirect *const *)subject;
}

static bool place_of_redirect(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = redirect_of(subject)->target.value.span;
    return true;
}

static void push_operator(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, redirect_of(subject)->operator);
}

static void push_redirect_target(lua_State *state, const void *subject)
{
    push_shell_word(state, &redirect_of(subject)->target);
}

static const sp_field redirect_fields[] = {
    {"operator", "string", "as written: \">\", \">>\", \"2>\"", .push = push_operator},
    {"target", "value", "what it leads to", .push = push_redirect_target},
    {"at", "place", "the operator", .push = sp_lua__field_at},
};

const sp_kind sp_kind_redirect = {.name = "redirect",
                                  .says = "A redirection of a command",
                                  SP_FIELDS_OF(redirect_fields),
                                  .place = place_of_redirect,
                                  .text = push_operator};

void sp_lua__push_command(lua_State *state, const sp_script *script, uint32_t index, uint32_t instruction)
{
    const sp_command *command = &script->commands[index];
    command_subject subject = {script, command, index, instruction};
    sp_lua__push_once(state, command, &sp_kind_command, &subject, sizeof subject);
}
