/* Whether what a package manager is told leaves in the image what it downloaded to do it. */
#include "base/path.h"
#include "facts/facts_internal.h"
#include "facts/tool.h"

typedef struct habit {
    const char *manager, *command;
    unsigned actions;
    const char *what, *places, *without, *elsewhere, *off, *moved, *cleaners;
} habit;

#define ON(action) (1U << SP_##action)
static const habit habits[] = {
#define SP_CACHE(manager, command, actions, what, places, without, elsewhere, off, moved, cleaners)                    \
    {manager, command, actions, what, places, without, elsewhere, off, moved, cleaners},
#include "facts/cache.def"
};
#undef ON

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* One operation under question. */
typedef struct asking {
    sp_facts *facts;
    const habit *habit;
    const sp_operation *operation;
    const sp_graph_instruction *executed;
    const sp_script *script;
} asking;

/* python setup.py keeps none. */
static const habit *find_habit(const sp_operation *operation, const sp_command *command)
{
    if (sp_command__has(command, "setup.py"))
        return NULL;
    for (size_t i = 0; i < COUNT(habits); i++) {
        const habit *row = &habits[i];
        if (sp_str_is(operation->manager, row->manager) &&
            (row->command[0] == '\0' || sp_str_is(command->name, row->command)))
            return row;
    }
    return NULL;
}

static bool has_option(const sp_command *command, const char *list)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_str_lists(sp_str_from(list), sp_str_head(word, sp_str_find(word, '='))))
            return true;
    }
    return false;
}

/* ---- places ---- */

/* Whether a path, perhaps of a pattern or of a home that only the build knows, takes a place or a part of it. */
static bool takes_place(sp_str path, sp_str place)
{
    while (sp_str_ends(path, SP_STR("/*")) || (path.size > 1 && sp_str_ends(path, SP_STR("/"))))
        path = sp_str_head(path, path.size - (path.text[path.size - 1] == '*' ? 2 : 1));
    if (sp_str_starts(place, SP_STR("~"))) {
        size_t hidden = sp_str_search(path, SP_STR("/."));
        place = sp_str_skip(place, 1);
        path = hidden == SIZE_MAX ? SP_STR("") : sp_str_skip(path, hidden);
    }
    return path.size > 1 && (sp_path_contains(path, place) || sp_path_contains(place, path));
}

static bool takes_any_place(const habit *of, sp_str path)
{
    sp_str rest = sp_str_from(of->places);
    while (rest.size > 0) {
        sp_str place = sp_str_take_word(&rest);
        if (takes_place(path, place))
            return true;
    }
    return false;
}

/* A cache or tmpfs mount there keeps it out of the layer. */
static bool is_mounted(const asking *about)
{
    const sp_instruction *run = about->executed->instruction;
    for (uint32_t i = 0; i < run->as.run.mount_count; i++) {
        const sp_mount *mount = &run->as.run.mounts[i];
        bool kept = mount->type == NULL || sp_str_equal(mount->type->text, SP_STR("bind"));
        if (!kept && mount->target != NULL && takes_any_place(about->habit, mount->target->text))
            return true;
    }
    return false;
}

/* ---- cleaning ---- */

/* rm of a place, or a `find … -delete` in it. */
static bool deletes(sp_arena *arena, const habit *of, const sp_command *command)
{
    if (!sp_str_is(command->name, "rm") && !sp_str_is(command->name, "find"))
        return false;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str path = command->words[i].value.shape;
        if (path.size > 0 && path.text[0] != '/' && path.text[0] != '~' && path.text[0] != '\0')
            path = sp_path_join(arena, command->directory, path);
        if (takes_any_place(of, path))
            return true;
    }
    return false;
}

static bool is_cleaner(const asking *about, const sp_operation *operation, const sp_script *script)
{
    return operation->action == SP_CLEAN && sp_str_equal(operation->manager, about->operation->manager) &&
           (about->habit->cleaners[0] == '\0' ||
            has_option(&script->commands[operation->command], about->habit->cleaners));
}

/* A command that may do it where we do not look: a script of that name, or a function that was written before. */
static bool may_clean(const asking *about, const sp_command *command)
{
    if (sp_str_search(command->name, SP_STR("clean")) != SIZE_MAX)
        return true;
    for (uint32_t i = 0; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape, rest = sp_str_from(about->habit->places);
        while (rest.size > 0) {
            sp_str place = sp_str_take_word(&rest);
            if (sp_str_search(word, place) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* What cleans in a script from a command on; *perhaps is what may. NULL when nothing surely does. */
static const sp_command *find_cleaner(const asking *about, uint32_t instruction, uint32_t first,
                                      const sp_command **perhaps)
{
    const sp_script *script = sp_facts_script(about->facts, instruction);
    uint32_t count = 0;
    const sp_operation *operations = sp_facts_operations(about->facts, instruction, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (operations[i].command >= first && is_cleaner(about, &operations[i], script))
            return &script->commands[operations[i].command];
    }
    for (uint32_t i = 0; script != NULL && i < script->command_count; i++) {
        const sp_command *command = &script->commands[i];
        bool deleting = deletes(about->facts->arena, about->habit, command);
        if (deleting && i >= first)
            return command;
        if ((deleting && !command->certain) || (i >= first && may_clean(about, command)))
            *perhaps = command;
    }
    return NULL;
}

/* The first command that cleans in the RUNs of a stage from one on; NULL when none does. */
static const sp_command *seek_late_cleaner(const asking *about, const sp_stage *stage, uint32_t from, uint32_t *found)
{
    const sp_command *perhaps = NULL;
    for (*found = from; *found < stage->first + stage->count; *found += 1) {
        if (about->facts->graph->instructions[*found].instruction->kind != SP_RUN)
            continue;
        const sp_command *late = find_cleaner(about, *found, 0, &perhaps);
        if (late != NULL)
            return late;
    }
    return NULL;
}

/* What was found last is remembered: it holds for all operations up to there, which are asked about in order. */
static const sp_command *find_late_cleaner(const asking *about)
{
    sp_facts *facts = about->facts;
    const sp_stage *stage = &facts->graph->stages[about->executed->stage];
    uint32_t from = about->operation->instruction + 1;
    if (facts->late_cleaners == NULL)
        facts->late_cleaners = sp_arena_zeroed(facts->arena, COUNT(habits) * sizeof *facts->late_cleaners);
    sp_late_cleaner *known = &facts->late_cleaners[about->habit - habits];
    bool holds = known->stage == stage && known->from <= from && from <= known->found;
    if (!holds) {
        *known = (sp_late_cleaner){.stage = stage, .from = from};
        known->command = seek_late_cleaner(about, stage, from, &known->found);
    }
    return known->command;
}

/* The RUN after this one that cleans, which changes nothing: worth saying. */
static void add_late_cleaner(const asking *about, sp_steps *steps)
{
    const sp_command *late = find_late_cleaner(about);
    if (late != NULL)
        sp_steps_add(about->facts->arena, steps, late->span,
                     "removing them here is too late: each RUN is a layer, and the one above keeps them");
}

/* ---- variables ---- */

/* NAME=… before a command, or as a word of export or env. */
static bool assigns(const sp_command *command, sp_str name)
{
    for (uint32_t i = 0; i < command->assignment_count; i++) {
        if (sp_str_equal(command->assignments[i].name, name))
            return true;
    }
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_str_starts(word, name) && sp_str_starts(sp_str_skip(word, name.size), SP_STR("=")))
            return true;
    }
    return false;
}

/* The first of some variables that is set when the operation runs; "" when none is. */
static sp_str find_variable(const asking *about, const char *names)
{
    sp_str rest = sp_str_from(names);
    while (rest.size > 0) {
        sp_str name = sp_str_take_word(&rest);
        bool found = sp_map_find(about->executed->before->environment, name) != NULL;
        for (uint32_t i = 0; i <= about->operation->command && !found; i++)
            found = assigns(&about->script->commands[i], name);
        if (found)
            return name;
    }
    return SP_STR("");
}

/* ---- the answer ---- */

/* Why nothing is left; "" when nothing says so. */
static sp_str find_reason(const asking *about, const sp_command *command, const sp_command **perhaps)
{
    sp_arena *arena = about->facts->arena;
    sp_str off = find_variable(about, about->habit->off);
    if ((about->habit->actions >> about->operation->action & 1) == 0)
        return SP_STR("this leaves nothing");
    if (has_option(command, about->habit->without))
        return SP_STR("an option leaves nothing");
    if (off.size > 0)
        return sp_arena_print(arena, "%.*s is set", SP_STR_ARG(off));
    if (is_mounted(about))
        return SP_STR("it goes into a mount");
    if (find_cleaner(about, about->operation->instruction, about->operation->command + 1, perhaps) != NULL)
        return SP_STR("the same RUN removes it");
    return SP_STR("");
}

/* Why it cannot be told; "" when it can. */
static sp_str find_doubt(const asking *about, const sp_command *command, const sp_command *perhaps)
{
    sp_arena *arena = about->facts->arena;
    sp_str moved = find_variable(about, about->habit->moved);
    if (!about->operation->certain)
        return SP_STR("this may not run");
    if (has_option(command, about->habit->elsewhere))
        return SP_STR("an option says where it goes");
    if (moved.size > 0)
        return sp_arena_print(arena, "%.*s says where it goes", SP_STR_ARG(moved));
    if (perhaps != NULL)
        return SP_STR("this RUN may remove it");
    if (about->habit->off[0] != '\0' && sp_facts_root_image(about->facts, about->executed->stage) == NULL)
        return SP_STR("what the base image sets is not known");
    return SP_STR("");
}

static void say_left(const asking *about, sp_answer *answer)
{
    sp_arena *arena = about->facts->arena;
    sp_str places = sp_str_from(about->habit->places), first = sp_str_take_word(&places);
    sp_item *item = sp_answer_add(arena, answer, sp_str_from(about->habit->what), false);
    item->assumed = about->habit->off[0] != '\0';
    sp_steps_add(arena, &item->steps, answer->span, "they are kept in %.*s", SP_STR_ARG(first));
    add_late_cleaner(about, &item->steps);
}

sp_answer sp_facts_cache_left(sp_facts *facts, const sp_operation *operation)
{
    sp_arena *arena = facts->arena;
    sp_answer answer = {.placed = true, .span = operation->span};
    asking about = {.facts = facts,
                    .operation = operation,
                    .executed = &facts->graph->instructions[operation->instruction],
                    .script = sp_facts_script(facts, operation->instruction)};
    const sp_command *command = &about.script->commands[operation->command], *perhaps = NULL;
    about.habit = find_habit(operation, command);
    sp_str reason =
        about.habit != NULL ? find_reason(&about, command, &perhaps) : SP_STR("what it keeps is not told apart");
    sp_str doubt = reason.size == 0 ? find_doubt(&about, command, perhaps) : SP_STR("");
    if (reason.size > 0)
        sp_steps_add(arena, &answer.steps, operation->span, "%.*s", SP_STR_ARG(reason));
    else if (doubt.size > 0)
        sp_steps_add(arena, &sp_answer_add(arena, &answer, SP_STR(""), true)->steps, operation->span, "%.*s",
                     SP_STR_ARG(doubt));
    else
        say_left(&about, &answer);
    return answer;
}
