/* Reading policies for what looks wrong. */
#include "lua/lint.h"

#include "base/guard.h"
#include "engine/engine.h"
#include "engine/tool.h"

typedef struct reading {
    sp_arena arena;
    const sp_policy *policy;
    sp_str text;
    sp_lint_remarks remarks;
} reading;

static sp_status read_file(void *payload)
{
    reading *in = payload;
    sp_lint_read(&in->arena, in->policy, in->text, &in->remarks);
    return SP_OK;
}

sp_status sp_tool_lint(const sp_engine *engine, size_t policy, const char *text, size_t size, sp_tool_remark *remark,
                       void *payload)
{
    reading in = {.text = {text, size}};
    in.policy = policy < engine->policies.count ? &engine->policies.items[policy] : NULL;
    sp_arena_init(&in.arena, sp_alloc_default());
    sp_status status = sp_guard(&in.arena, read_file, &in);
    for (uint32_t i = 0; status == SP_OK && i < in.remarks.count; i++) {
        const sp_lint_remark *one = &in.remarks.items[i];
        remark(payload, one->line, one->column, one->check, one->message.text);
    }
    sp_arena_dispose(&in.arena);
    return status;
}
