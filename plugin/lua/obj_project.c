/* project: builds[] targets[] at. What a policy of scope "project" judges. */
#include "lua/object.h"

static bool place_of_project(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    (void)subject;
    *out = (sp_span){0, 0};
    return true;
}

static void push_place_text(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_text(state, sp_vm_of(state)->judgement->place);
}

static void push_builds(lua_State *state, const void *subject)
{
    sp_vm *vm = sp_vm_of(state);
    (void)subject;
    sp_vm_charge(state, vm->judgement->build_count);
    sp_lua__push_list(state, vm->judgement->build_count);
    for (uint32_t i = 0; i < vm->judgement->build_count; i++) {
        vm->build = i;
        sp_lua__push_build(state);
        sp_lua__append(state, i + 1);
    }
}

static void push_targets(lua_State *state, const void *subject)
{
    sp_vm *vm = sp_vm_of(state);
    uint32_t count = 0;
    (void)subject;
    sp_lua__push_list(state, vm->judgement->build_count);
    for (uint32_t i = 0; i < vm->judgement->build_count; i++) {
        vm->build = i;
        const sp_graph *graph = sp_lua__graph(state);
        sp_vm_charge(state, 1 + (uint64_t)graph->target_count);
        for (uint32_t k = 0; k < graph->target_count; k++) {
            sp_lua__push_stage(state, graph->targets[k]);
            sp_lua__append(state, ++count);
        }
    }
}

static const sp_field project_fields[] = {
    {"builds", "build[]", "every build that is judged", .push = push_builds},
    {"targets", "stage[]", "the targets of all builds", .push = push_targets},
    {"at", "place", "the configuration, else the folder", .push = sp_lua__field_at},
};

const sp_kind sp_kind_project = {.name = "project",
                                 .says = "What a policy with scope = \"project\" judges: all builds of a run",
                                 SP_FIELDS_OF(project_fields),
                                 .place = place_of_project,
                                 .text = push_place_text};

void sp_lua__push_project(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    vm->build = SP_NONE;
    sp_lua__push(state, &sp_kind_project, "", 1);
    vm->build = 0;
}

void sp_lua_push_subject(lua_State *state)
{
    if (sp_str_is(sp_vm_of(state)->judgement->policy->scope, "project"))
        sp_lua__push_project(state);
    else
        sp_lua__push_build(state);
}
