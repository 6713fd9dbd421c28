/* The policies by which waivers themselves are judged. */
#include "engine/waiver_policies.h"

typedef struct row {
    const char *id, *title;
    sp_severity severity;
    const char *help;
} row;

static const row rows[SP_WAIVER_FAULT_COUNT] = {
    [SP_WAIVER_EXPIRED] =
        {"waiver/expired", "A waiver is in force", SP_SEVERITY_WARNING,
         "A waiver ends on the day that its `until` names; from then on, what it waived counts again.\n"
         "\n"
         "Mend what it waived, or agree on a new day. The day itself still belongs to the waiver.\n"},
    [SP_WAIVER_MALFORMED] =
        {"waiver/malformed", "A waiver can be read", SP_SEVERITY_WARNING,
         "A waiver that cannot be read waives nothing, so what it was written for counts.\n"
         "\n"
         "Write `# stagepolicy: waive ID until=2027-01-31 reason=\"…\"`. It goes above an instruction and waives what "
         "is\n"
         "found there; `waive-stage` waives what is found in the whole stage, above its FROM or anywhere in it,\n"
         "`waive-file` in the whole file.\n"
         "\n"
         "```dockerfile\n"
         "# stagepolicy: waive shipped/non-root until=2027-01-31 reason=\"the agent needs it, TICKET-12\"\n"
         "USER root\n"
         "```\n"},
    [SP_WAIVER_REFUSED] =
        {"waiver/refused", "A waiver keeps to the terms", SP_SEVERITY_WARNING,
         "The configuration says which policies can be waived (`waivable`), and what a waiver must say\n"
         "(`waiver_terms`). A waiver that does not keep to that waives nothing.\n"
         "\n"
         "Give it what is missing, or ask those who own the configuration.\n"},
    [SP_WAIVER_UNUSED] =
        {"waiver/unused", "A waiver waives something", SP_SEVERITY_INFO,
         "Nothing is found any more where this waiver stands. Left there, it would hide the next finding of its kind.\n"
         "\n"
         "Delete it, or move it to where the finding is.\n"},
};

static sp_policy policy_of(sp_arena *arena, const row *from)
{
    return (sp_policy){
        .id = sp_str_from(from->id),
        .title = sp_str_from(from->title),
        .help = sp_str_from(from->help),
        .since = SP_STR(""),
        .scope = SP_STR("build"),
        .aliases = SP_STR(""),
        .tags = SP_STR("waivers"),
        .severity = from->severity,
        .unknown = SP_SEVERITY_OFF,
        .enabled = true,
        .pack = SP_STR("waiver"),
        .path = sp_arena_print(arena, "(built in)/%s", from->id),
    };
}

void sp_waiver_policies_add(sp_engine *engine)
{
    for (size_t i = 0; i < SP_WAIVER_FAULT_COUNT; i++)
        *sp_list_add(&engine->arena, &engine->policies) = policy_of(&engine->arena, &rows[i]);
}

bool sp_waiver_policy_is(const sp_policy *policy)
{
    for (size_t i = 0; i < SP_WAIVER_FAULT_COUNT; i++) {
        if (policy->id.text == rows[i].id)
            return true;
    }
    return false;
}

const sp_policy *sp_waiver_policy_of(const sp_engine *engine, sp_waiver_fault fault)
{
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        if (engine->policies.items[i].id.text == rows[fault].id)
            return &engine->policies.items[i];
    }
    return NULL;
}
