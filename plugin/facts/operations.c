/* What an executed RUN tells package managers. */
#include "facts/facts_internal.h"
#include "facts/tool.h"

typedef SP_LIST(sp_operation) operations;

static const sp_package no_package;

/* The groups that apk add --virtual made in one instruction, over those known before. */
static const sp_map *add_groups(sp_facts *facts, uint32_t instruction, const sp_map *groups)
{
    const sp_script *script = sp_facts_script(facts, instruction);
    for (uint32_t i = 0; script != NULL && i < script->command_count; i++) {
        sp_told told;
        if (!sp_str_equal(script->commands[i].name, SP_STR("apk")) || !sp_tool__read(facts->arena, script, i, &told) ||
            told.group.size == 0)
            continue;
        sp_operation *kept = sp_arena_new(facts->arena, sp_operation);
        *kept = told.operation;
        groups = sp_map_set(facts->arena, groups, told.group, kept);
    }
    return groups;
}

/* Name → sp_operation, of a stage and its chain. A stage comes after the one below it. */
static const sp_map *groups_of(sp_facts *facts, uint32_t stage)
{
    if (facts->groups != NULL)
        return facts->groups[stage];
    const sp_graph *graph = facts->graph;
    const sp_map **groups = SP_FACTS_TABLE(facts, groups, graph->stage_count);
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        uint32_t below = sp_facts__below(facts, i);
        groups[i] = below != SP_NONE ? groups[below] : NULL;
        for (uint32_t j = 0; j < graph->stages[i].count; j++)
            groups[i] = add_groups(facts, graph->stages[i].first + j, groups[i]);
    }
    return groups[stage];
}

/* apk del .group removes what the group brought. */
static void replace_groups(sp_facts *facts, uint32_t stage, sp_operation *operation)
{
    const sp_map *groups = groups_of(facts, stage);
    SP_LIST(sp_package) removed = {0};
    for (uint32_t i = 0; i < operation->package_count; i++) {
        const sp_package *package = &operation->packages[i];
        const sp_operation *group = sp_map_find(groups, package->word.shape);
        for (uint32_t j = 0; group != NULL && j < group->package_count; j++)
            *sp_list_add(facts->arena, &removed) = group->packages[j];
        if (group == NULL)
            *sp_list_add(facts->arena, &removed) = *package;
    }
    operation->packages = removed.count > 0 ? removed.items : &no_package;
    operation->package_count = removed.count;
}

static operations read_operations(sp_facts *facts, uint32_t instruction)
{
    operations found = {0};
    const sp_graph_instruction *executed = &facts->graph->instructions[instruction];
    const sp_script *script = executed->instruction->kind == SP_RUN ? sp_facts_script(facts, instruction) : NULL;
    for (uint32_t i = 0; script != NULL && i < script->command_count; i++) {
        sp_told told;
        if (!sp_tool__read(facts->arena, script, i, &told))
            continue;
        told.operation.instruction = instruction;
        if (told.operation.action == SP_REMOVE && sp_str_equal(told.operation.manager, SP_STR("apk")))
            replace_groups(facts, executed->stage, &told.operation);
        *sp_list_add(facts->arena, &found) = told.operation;
    }
    return found;
}

const sp_operation *sp_facts_operations(sp_facts *facts, uint32_t instruction, uint32_t *count)
{
    sp_facts_operation_list *lists = SP_FACTS_TABLE(facts, operations, facts->graph->instruction_count);
    sp_facts_operation_list *list = &lists[instruction];
    if (!list->made) {
        operations found = read_operations(facts, instruction);
        *list = (sp_facts_operation_list){.items = found.items, .count = found.count, .made = true};
    }
    *count = list->count;
    return list->items;
}
