/* The instructions that change settings: variables, labels, user, working directory, what a container runs. */
#include "graph/run.h"

#include "graph/check.h"

static void check_signal(const sp_run *run, sp_value value)
{
    if (value.known && !value.failed && !sp_check__is_signal(value.value))
        sp_judge__refuse(run->builder, &value, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no signal: write a name such as SIGTERM or a number",
                         SP_STR_ARG(sp_judge__brief(value.value)));
}

/* USER, WORKDIR, STOPSIGNAL: one word, which must expand. */
static void set_word(sp_run *run)
{
    if (run->instruction->arguments.count == 0)
        return;
    sp_value value = sp_run__expand(run, run->instruction->arguments.items[0]);
    sp_state *state = sp_run__change(run);
    if (run->instruction->kind == SP_USER) {
        state->user = run->id;
    } else if (run->instruction->kind == SP_WORKDIR) {
        state->workdir = run->id;
    } else {
        state->stopsignal = run->id;
        check_signal(run, value);
    }
}

static const sp_setting_item *add_item(const sp_run *run, const sp_setting_item *previous, sp_value name,
                                       sp_value value)
{
    sp_setting_item *item = sp_arena_alloc(run->builder->arena, sizeof *item);
    *item = (sp_setting_item){.previous = previous, .name = name, .value = value, .instruction = run->id};
    return item;
}

/* LABEL { name=value }; all words see the state before the line */
static void set_label(sp_run *run)
{
    const sp_pairs *pairs = &run->instruction->as.pairs;
    const sp_setting_item *labels = run->state->labels;
    for (uint32_t i = 0; i < pairs->count; i++) {
        sp_value name = sp_run__expand(run, pairs->items[i].name);
        labels = add_item(run, labels, name, sp_run__expand(run, pairs->items[i].value));
    }
    sp_run__change(run)->labels = labels;
}

static const sp_value no_name = {.text = {"", 0}, .known = true, .value = {"", 0}, .shape = {"", 0}, .error = {"", 0}};

static void expose(sp_run *run, sp_state *state, const sp_value *port)
{
    state->ports = add_item(run, state->ports, no_name, *port);
    if (port->known && !port->failed && !sp_check__is_port(port->value))
        sp_judge__refuse(run->builder, port, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no port: write a number up to 65535, a range, and /tcp, /udp or /sctp",
                         SP_STR_ARG(sp_judge__brief(port->value)));
}

/* EXPOSE { port }; a variable may hold several */
static void set_expose(sp_run *run)
{
    sp_scope scope = sp_run__scope(run);
    sp_state *state = sp_run__change(run);
    for (uint32_t i = 0; i < run->instruction->arguments.count; i++) {
        sp_values ports = {0};
        sp_judge__split(run->builder, &scope, run->instruction, run->instruction->arguments.items[i], run->fatal,
                        &ports);
        for (uint32_t p = 0; p < ports.count; p++)
            expose(run, state, &ports.items[p]);
    }
}

static void set_volume(sp_run *run)
{
    const sp_setting_item *volumes = run->state->volumes;
    for (uint32_t i = 0; i < run->instruction->arguments.count; i++) {
        sp_value path = sp_run__expand(run, run->instruction->arguments.items[i]);
        volumes = add_item(run, volumes, no_name, path);
        if (path.known && !path.failed && path.value.size == 0)
            sp_judge__refuse(run->builder, &path, SP_DIAGNOSTIC_BLANK_VOLUME, run->fatal,
                             "'%.*s' is an empty path: a volume needs one", SP_STR_ARG(sp_judge__brief(path.text)));
    }
    sp_run__change(run)->volumes = volumes;
}

static void set_cmd(sp_run *run)
{
    sp_state *state = sp_run__change(run);
    state->cmd = run->id;
    state->cmd_cleared = false;
    run->has_cmd = true;
}

static void set_entrypoint(sp_run *run)
{
    sp_state *state = sp_run__change(run);
    state->entrypoint = run->id;
    if (run->has_cmd)
        return;
    state->cmd = SP_NONE;
    state->cmd_cleared = true;
}

static void set_variables(sp_run *run)
{
    const sp_map *environment = run->state->environment;
    environment = run->instruction->kind == SP_ENV ? sp_scope__set(run->builder, run->id, environment)
                                                   : sp_scope__declare(run->builder, run->id, environment);
    if (environment != run->state->environment)
        sp_run__change(run)->environment = environment;
}

void sp_run__set(sp_run *run)
{
    switch (run->instruction->kind) {
    case SP_ENV:
    case SP_ARG:
        set_variables(run);
        break;
    case SP_LABEL:
        set_label(run);
        break;
    case SP_USER:
    case SP_WORKDIR:
    case SP_STOPSIGNAL:
        set_word(run);
        break;
    case SP_EXPOSE:
        set_expose(run);
        break;
    case SP_VOLUME:
        set_volume(run);
        break;
    case SP_CMD:
        set_cmd(run);
        break;
    case SP_ENTRYPOINT:
        set_entrypoint(run);
        break;
    case SP_SHELL:
        sp_run__change(run)->shell = run->id;
        break;
    case SP_HEALTHCHECK:
        sp_run__change(run)->healthcheck = run->id;
        break;
    default:
        break;
    }
}
