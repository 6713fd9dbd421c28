/* What build, stage and instruction can be asked for of what lies inside them: :all(kind, …) :calls(name, word, …). */
#include "lua/object.h"

void sp_lua__range(lua_State *state, int index, uint32_t *first, uint32_t *count)
{
    const sp_stage_subject *stage = sp_lua__test(state, index, &sp_kind_stage);
    const sp_instruction_subject *instruction = sp_lua__test(state, index, &sp_kind_instruction);
    *first = 0;
    sp_lua__enter(state, stage != NULL ? (const void *)stage : instruction);
    if (stage != NULL) {
        *first = stage->stage->first;
        *count = stage->stage->count;
    } else if (instruction != NULL) {
        *first = instruction->id;
        *count = instruction->onbuild ? 0 : 1;
    } else {
        sp_lua__check(state, index, &sp_kind_build);
        *count = sp_lua__graph(state)->instruction_count;
    }
}

uint32_t sp_lua__check_kinds(lua_State *state, int first)
{
    static const sp_str names[] = {
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) {#ID, sizeof #ID - 1},
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
    };
    sp_texts texts = sp_lua__check_texts(state, first, SP_TEXT_PLAIN);
    sp_lua__check_names(state, &texts, "instruction", names, sizeof names / sizeof *names);
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < texts.items.count; i++)
        kinds |= 1u << sp_instruction_from_name(texts.items.items[i]);
    return kinds;
}

/* build:all("COPY", "ADD") → instructions; of a stage and an instruction too */
int sp_lua__all(lua_State *state)
{
    uint32_t first, count, total = 0;
    sp_lua__range(state, 1, &first, &count);
    sp_method method = sp_lua__begin(state);
    uint32_t kinds = sp_lua__check_kinds(state, 2);
    const sp_graph *graph = sp_lua__graph(state);
    sp_lua__push_list(state, 0);
    for (uint32_t id = first; id < first + count; id++)
        if ((kinds >> graph->instructions[id].instruction->kind & 1) != 0) {
            sp_lua__push_instruction(state, id);
            sp_lua__append(state, ++total);
        }
    return sp_lua__end(state, method, count);
}

/* The next word from *at on that is no flag, or NULL. */
static const sp_shell_word *next_argument(const sp_command *command, uint32_t *at)
{
    while (*at < command->word_count) {
        const sp_value *value = &command->words[(*at)++].value;
        sp_str shape = value->known ? value->value : value->shape;
        if (shape.size == 0 || shape.text[0] != '-')
            return &command->words[*at - 1];
    }
    return NULL;
}

/* Whether a command has that name and those first words, flags left out. */
static bool is_called(lua_State *state, const sp_command *command, const sp_texts *wanted)
{
    if (command->name.size == 0 || !sp_lua__glob_matches(state, wanted->items.items[0], command->name))
        return false;
    uint32_t at = 1;
    for (uint32_t i = 1; i < wanted->items.count; i++) {
        const sp_shell_word *word = next_argument(command, &at);
        if (word == NULL || !word->value.known ||
            !sp_lua__glob_matches(state, wanted->items.items[i], word->value.value))
            return false;
    }
    return true;
}

/* build:calls("go", "install") → commands; of a stage and an instruction too */
int sp_lua__calls(lua_State *state)
{
    uint32_t first, count, total = 0, work = 0;
    sp_lua__range(state, 1, &first, &count);
    sp_method method = sp_lua__begin(state);
    sp_texts wanted = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    luaL_argcheck(state, wanted.items.count > 0 && wanted.unknown.count == 0, 2, "a command's name expected");
    const sp_graph *graph = sp_lua__graph(state);
    sp_lua__push_list(state, 0);
    for (uint32_t id = first; id < first + count; id++) {
        if (graph->instructions[id].instruction->kind != SP_RUN)
            continue;
        const sp_script *script = sp_facts_script(sp_lua__facts(state), id);
        for (uint32_t i = 0; script != NULL && i < script->command_count; i++, work++)
            if (is_called(state, &script->commands[i], &wanted)) {
                sp_lua__push_command(state, script, i, id);
                sp_lua__append(state, ++total);
            }
    }
    return sp_lua__end(state, method, count + work);
}
