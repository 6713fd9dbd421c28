/* Every instruction in order of execution: the states between them, the edges they make, and what BuildKit would refuse
   only now. */
#include "graph/build.h"

#include "graph/check.h"
#include "graph/copied.h"

/* One stage being executed. */
typedef struct stage_run {
    sp_builder *builder;
    uint32_t stage;
    uint32_t id; /* of the instruction at hand */
    const sp_instruction *instruction;
    const sp_state *state;
    uint32_t next_link;
    bool has_cmd; /* this stage ran a CMD: ENTRYPOINT does not reset it then */
    bool fatal;   /* the stage is needed: what BuildKit refuses here, it refuses */
} stage_run;

static const sp_state empty_state = {
    .user = SP_NONE,
    .workdir = SP_NONE,
    .shell = SP_NONE,
    .entrypoint = SP_NONE,
    .cmd = SP_NONE,
    .healthcheck = SP_NONE,
    .stopsignal = SP_NONE,
};

static sp_state *change(stage_run *run)
{
    sp_state *changed = sp_arena_alloc(run->builder->arena, sizeof *changed);
    *changed = *run->state;
    run->state = changed;
    return changed;
}

static sp_scope scope_of(const stage_run *run)
{
    return sp_scope__stage(run->builder->whole, run->stage, run->state->environment);
}

static sp_value expand(const stage_run *run, sp_word word)
{
    sp_scope scope = scope_of(run);
    return sp_judge__expand(run->builder, &scope, run->instruction, word, run->fatal);
}

/* --- edges --- */

static sp_edge *add_edge(stage_run *run, sp_edge_kind kind, sp_origin origin)
{
    sp_edge *edge = sp_list_add(run->builder->arena, &run->builder->edges);
    *edge = (sp_edge){.kind = kind, .origin = origin, .to = run->stage, .from = SP_NONE, .instruction = run->id};
    edge->reference = sp_value_literal((sp_word){.text = SP_STR(""), .span = run->instruction->span});
    edge->destination = edge->reference;
    run->builder->instructions[run->id].edge_count++;
    return edge;
}

/* Of mounts without from, only a cache is filled from the stage named "scratch". */
static bool is_read(const stage_run *run, const sp_link *link)
{
    const sp_mount *mount = link->mount;
    if (mount == NULL || (mount->from != NULL && mount->from->text.size > 0))
        return true;
    if (mount->type == NULL)
        return false;
    sp_scope scope = scope_of(run);
    sp_value type = sp_scope__expand(&scope, run->instruction, *mount->type);
    return type.known && sp_str_equal_nocase(type.value, SP_STR("cache"));
}

/* A stage that comes later is not built yet when this one asks for it. A trigger may name the stage it runs in. */
static void judge_order(stage_run *run, const sp_link *link)
{
    if (link->stage == SP_NONE || link->stage <= run->stage || !is_read(run, link))
        return;
    sp_str later = sp_judge__label(run->builder, link->stage), here = sp_judge__label(run->builder, run->stage);
    sp_judge__say(run->builder, SP_DIAGNOSTIC_DEFINED_LATER, sp_link__span(link), run->fatal,
                  "%.*s stands after %.*s, which takes files from it: move it before", SP_STR_ARG(later),
                  SP_STR_ARG(here));
}

static sp_edge *add_link_edge(stage_run *run, sp_edge_kind kind)
{
    const sp_link *link = &run->builder->links.items[run->next_link++];
    judge_order(run, link);
    sp_edge *edge = add_edge(run, kind, link->origin);
    edge->from = link->stage;
    edge->image = link->image;
    edge->by_index = link->by_index;
    edge->mount = link->mount;
    if (link->mount == NULL)
        edge->reference = sp_value_literal(link->instruction->as.copy.from->value);
    else if (link->mount->from != NULL)
        edge->reference = sp_value_literal(*link->mount->from);
    return edge;
}

static void add_base_edge(stage_run *run)
{
    const sp_plan *plan = &run->builder->plans[run->stage];
    sp_edge *edge = add_edge(run, SP_EDGE_BASE, plan->origin);
    edge->from = plan->base;
    edge->reference = plan->reference;
    edge->image = plan->image;
    edge->candidates = plan->candidates;
    edge->candidate_count = plan->candidate_count;
}

/* --- COPY, ADD --- */

/* A COPY or ADD being read. */
typedef struct copy_run {
    stage_run *run;
    bool is_add, linked; /* linked: --from */
    sp_value destination;
    uint32_t first_edge, path_count;
    sp_origin path_origin; /* of the last path source */
} copy_run;

/* The edge of this instruction for an origin: all sources of one origin come over one edge. */
static sp_edge *edge_for(copy_run *copying, sp_origin origin, uint32_t sources_left)
{
    sp_builder *builder = copying->run->builder;
    for (uint32_t i = copying->first_edge; i < builder->edges.count; i++) {
        bool link = copying->linked && i == copying->first_edge;
        if (link ? origin != SP_ORIGIN_INLINE : builder->edges.items[i].origin == origin)
            return &builder->edges.items[i];
    }
    sp_edge *edge = add_edge(copying->run, copying->is_add ? SP_EDGE_ADD : SP_EDGE_COPY, origin);
    edge->sources.items = sp_arena_alloc(builder->arena, sources_left * sizeof *edge->sources.items);
    edge->sources.capacity = sources_left;
    edge->destination = copying->destination;
    return edge;
}

/* COPY takes paths alone; of a source that may be anything, ADD cannot tell. */
static sp_origin origin_of(const copy_run *copying, const sp_value *source)
{
    if (source->failed)
        return SP_ORIGIN_UNKNOWN;
    if (source->known)
        return sp_copied__origin(source->value);
    return copying->is_add ? sp_copied__origin_of_shape(source->shape) : SP_ORIGIN_CONTEXT;
}

static void judge_source(copy_run *copying, const sp_value *source, sp_origin origin)
{
    stage_run *run = copying->run;
    if (!source->known || origin == SP_ORIGIN_CONTEXT)
        return;
    if (!copying->is_add && (origin == SP_ORIGIN_URL || origin == SP_ORIGIN_GIT)) {
        sp_judge__refuse(run->builder, source, SP_DIAGNOSTIC_SOURCE_NOT_ALLOWED, run->fatal,
                         "COPY takes no %s: use ADD", origin == SP_ORIGIN_URL ? "URL" : "git repository");
        return;
    }
    const char *problem = origin == SP_ORIGIN_GIT ? sp_copied__git_problem(source->value) : NULL;
    if (problem != NULL)
        sp_judge__refuse(run->builder, source, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal, "'%.*s': %s",
                         SP_STR_ARG(sp_judge__brief(source->value)), problem);
}

static void copy_source(copy_run *copying, sp_word word, uint32_t sources_left)
{
    sp_value source;
    sp_origin origin;
    if (sp_copied__is_heredoc(word.text)) {
        source = sp_value_literal(word);
        origin = SP_ORIGIN_INLINE;
    } else {
        source = expand(copying->run, word);
        origin = origin_of(copying, &source);
        copying->path_count++;
        copying->path_origin = origin;
        judge_source(copying, &source, origin);
    }
    sp_edge *edge = edge_for(copying, origin, sources_left);
    *sp_list_add(copying->run->builder->arena, &edge->sources) = source;
}

/* The expanded value of a flag; false when it is not there, empty, or not to be judged. */
static bool flag_value(const stage_run *run, const char *name, sp_value *out)
{
    const sp_flag *flag = sp_instruction_flag(run->instruction, sp_str_from(name));
    if (flag == NULL || flag->value.text.size == 0 || !flag->has_value)
        return false;
    *out = expand(run, flag->value);
    return out->known && !out->failed && out->value.size > 0;
}

static bool is_linked(const stage_run *run)
{
    const sp_flag *link = sp_instruction_flag(run->instruction, SP_STR("link"));
    return link != NULL && (!link->has_value || sp_str_equal_nocase(link->value.text, SP_STR("true")));
}

static void judge_owner(const stage_run *run)
{
    sp_value owner;
    if (!flag_value(run, "chown", &owner) || !is_linked(run) || sp_check_is_numeric_owner(owner.value))
        return;
    sp_judge__refuse(run->builder, &owner, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                     "--link cannot look up the names in '%.*s': write numbers, as in --chown=1000:1000",
                     SP_STR_ARG(sp_judge__brief(owner.value)));
}

static void judge_mode(const stage_run *run)
{
    sp_value mode;
    if (!flag_value(run, "chmod", &mode) || sp_check_is_mode(mode.value))
        return;
    sp_judge__refuse(run->builder, &mode, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                     "'%.*s' is no mode: write octal digits up to 07777, or a symbolic mode as in u=rw,go=r",
                     SP_STR_ARG(sp_judge__brief(mode.value)));
}

static void judge_checksum(copy_run *copying)
{
    stage_run *run = copying->run;
    sp_value checksum;
    if (!copying->is_add || !flag_value(run, "checksum", &checksum))
        return;
    if (copying->path_count != 1)
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "a checksum needs exactly one source: split the ADD");
    else if (copying->path_origin == SP_ORIGIN_CONTEXT)
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "a checksum needs a source from HTTP or git: drop it for files of the build context");
    else if (copying->path_origin == SP_ORIGIN_URL && !sp_check_is_digest(checksum.value))
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no digest: write sha256: and 64 lower-case hexadecimal digits",
                         SP_STR_ARG(sp_judge__brief(checksum.value)));
}

/* Inline files whose name is not quoted are expanded; only a '$' can make that fail. */
static void judge_heredocs(const stage_run *run)
{
    for (uint32_t i = 0; i < run->instruction->heredocs.count; i++) {
        const sp_heredoc *heredoc = &run->instruction->heredocs.items[i];
        sp_scope scope = scope_of(run);
        if (!heredoc->expands || sp_str_find(heredoc->content, '$') == heredoc->content.size)
            continue;
        sp_judge__body(run->builder, &scope, heredoc, run->fatal);
    }
}

/* COPY [--from] source… destination;  ADD source… destination */
static void execute_copy(stage_run *run)
{
    const sp_instruction *instruction = run->instruction;
    copy_run copying = {.run = run, .is_add = instruction->kind == SP_ADD};
    copying.first_edge = run->builder->edges.count;
    copying.destination = expand(run, *instruction->as.copy.destination);
    copying.linked = instruction->as.copy.from != NULL && !copying.is_add;
    uint32_t count = instruction->as.copy.source_count;
    if (copying.linked) {
        sp_edge *edge = add_link_edge(run, SP_EDGE_COPY);
        edge->destination = copying.destination;
        edge->sources.items = sp_arena_alloc(run->builder->arena, count * sizeof *edge->sources.items);
        edge->sources.capacity = count;
    }
    for (uint32_t i = 0; i < count; i++)
        copy_source(&copying, instruction->as.copy.sources[i], count - i);
    judge_heredocs(run);
    if (instruction->flags.count == 0)
        return;
    judge_owner(run);
    judge_mode(run);
    judge_checksum(&copying);
}

/* --- RUN --- */

/* A mount without from, and without a stage named "scratch": only bind mounts bring something, the context. */
static void add_context_mount(stage_run *run, const sp_mount *mount)
{
    if (mount->type != NULL) {
        sp_value type = expand(run, *mount->type);
        if (!type.known || !sp_str_equal_nocase(type.value, SP_STR("bind")))
            return;
    }
    sp_edge *edge = add_edge(run, SP_EDGE_MOUNT, SP_ORIGIN_CONTEXT);
    edge->mount = mount;
}

static void add_mount(stage_run *run, const sp_mount *mount)
{
    sp_builder *builder = run->builder;
    uint32_t before = builder->edges.count;
    if (sp_link__is_mount(builder, mount))
        add_link_edge(run, SP_EDGE_MOUNT);
    else
        add_context_mount(run, mount);
    if (builder->edges.count == before)
        return;
    sp_edge *edge = &builder->edges.items[before];
    if (mount->source != NULL)
        *sp_list_add(builder->arena, &edge->sources) = expand(run, *mount->source);
    if (mount->target != NULL)
        edge->destination = expand(run, *mount->target);
}

/* RUN { --mount } command */
static void execute_run(stage_run *run)
{
    uint32_t count = run->instruction->as.run.mount_count;
    sp_scope scope = scope_of(run);
    for (uint32_t i = 0; i < count; i++) {
        const sp_mount *mount = &run->instruction->as.run.mounts[i];
        sp_mount__judge(run->builder, &scope, run->id, mount);
        add_mount(run, mount);
    }
}

/* --- settings --- */

static void execute_argument(stage_run *run)
{
    if (run->instruction->arguments.count == 0)
        return;
    sp_value value = expand(run, run->instruction->arguments.items[0]);
    if (run->instruction->kind == SP_USER) {
        change(run)->user = run->id;
        return;
    }
    if (run->instruction->kind == SP_WORKDIR) {
        change(run)->workdir = run->id;
        return;
    }
    change(run)->stopsignal = run->id;
    if (value.known && !value.failed && !sp_check_is_signal(value.value))
        sp_judge__refuse(run->builder, &value, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no signal: write a name such as SIGTERM or a number",
                         SP_STR_ARG(sp_judge__brief(value.value)));
}

static const sp_setting_item *add_item(const stage_run *run, const sp_setting_item *previous, sp_value name, sp_value value)
{
    sp_setting_item *item = sp_arena_alloc(run->builder->arena, sizeof *item);
    *item = (sp_setting_item){.previous = previous, .name = name, .value = value, .instruction = run->id};
    return item;
}

/* LABEL { name=value }; all words see the state before the line */
static void execute_label(stage_run *run)
{
    const sp_pairs *pairs = &run->instruction->as.pairs;
    const sp_setting_item *labels = run->state->labels;
    for (uint32_t i = 0; i < pairs->count; i++) {
        sp_value name = expand(run, pairs->items[i].name);
        labels = add_item(run, labels, name, expand(run, pairs->items[i].value));
    }
    change(run)->labels = labels;
}

static const sp_value no_name = {
    .text = {"", 0}, .known = true, .value = {"", 0}, .shape = {"", 0}, .error = {"", 0}};

static void expose(stage_run *run, sp_state *state, const sp_value *port)
{
    state->ports = add_item(run, state->ports, no_name, *port);
    if (port->known && !port->failed && !sp_check_is_port(port->value))
        sp_judge__refuse(run->builder, port, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no port: write a number up to 65535, a range, and /tcp, /udp or /sctp",
                         SP_STR_ARG(sp_judge__brief(port->value)));
}

/* EXPOSE { port }; a variable may hold several */
static void execute_expose(stage_run *run)
{
    sp_scope scope = scope_of(run);
    sp_state *state = change(run);
    for (uint32_t i = 0; i < run->instruction->arguments.count; i++) {
        sp_values ports = {0};
        sp_judge__split(run->builder, &scope, run->instruction, run->instruction->arguments.items[i], run->fatal,
                        &ports);
        for (uint32_t p = 0; p < ports.count; p++)
            expose(run, state, &ports.items[p]);
    }
}

static void execute_volume(stage_run *run)
{
    const sp_setting_item *volumes = run->state->volumes;
    for (uint32_t i = 0; i < run->instruction->arguments.count; i++) {
        sp_value path = expand(run, run->instruction->arguments.items[i]);
        volumes = add_item(run, volumes, no_name, path);
        if (path.known && !path.failed && path.value.size == 0)
            sp_judge__refuse(run->builder, &path, SP_DIAGNOSTIC_BLANK_VOLUME, run->fatal,
                             "'%.*s' is an empty path: a volume needs one", SP_STR_ARG(sp_judge__brief(path.text)));
    }
    change(run)->volumes = volumes;
}

static void execute_cmd(stage_run *run)
{
    sp_state *state = change(run);
    state->cmd = run->id;
    state->cmd_cleared = false;
    run->has_cmd = true;
}

static void execute_entrypoint(stage_run *run)
{
    sp_state *state = change(run);
    state->entrypoint = run->id;
    if (run->has_cmd)
        return;
    state->cmd = SP_NONE;
    state->cmd_cleared = true;
}

static void execute_variables(stage_run *run)
{
    const sp_map *environment = run->state->environment;
    environment = run->instruction->kind == SP_ENV ? sp_scope__set(run->builder, run->id, environment)
                                                   : sp_scope__declare(run->builder, run->id, environment);
    if (environment != run->state->environment)
        change(run)->environment = environment;
}

static void execute(stage_run *run)
{
    switch (run->instruction->kind) {
    case SP_COPY:
    case SP_ADD:
        execute_copy(run);
        break;
    case SP_RUN:
        execute_run(run);
        break;
    case SP_ENV:
    case SP_ARG:
        execute_variables(run);
        break;
    case SP_LABEL:
        execute_label(run);
        break;
    case SP_USER:
    case SP_WORKDIR:
    case SP_STOPSIGNAL:
        execute_argument(run);
        break;
    case SP_EXPOSE:
        execute_expose(run);
        break;
    case SP_VOLUME:
        execute_volume(run);
        break;
    case SP_CMD:
        execute_cmd(run);
        break;
    case SP_ENTRYPOINT:
        execute_entrypoint(run);
        break;
    case SP_SHELL:
        change(run)->shell = run->id;
        break;
    case SP_HEALTHCHECK:
        change(run)->healthcheck = run->id;
        break;
    default:
        break;
    }
}

static void step(stage_run *run, const sp_instruction *instruction, bool trigger)
{
    sp_builder *builder = run->builder;
    if (instruction->kind == SP_UNKNOWN_INSTRUCTION)
        return;
    run->id = builder->graph->instruction_count++;
    run->instruction = instruction;
    builder->instructions[run->id] = (sp_graph_instruction){
        .instruction = instruction,
        .stage = run->stage,
        .before = run->state,
        .trigger = trigger,
        .first_edge = builder->edges.count,
    };
    if (!instruction->broken)
        execute(run);
}

/* What a stage built FROM another starts with. */
static const sp_state *state_of_base(sp_builder *builder, uint32_t base)
{
    sp_plan *plan = &builder->plans[base];
    if (plan->passed != NULL)
        return plan->passed;
    plan->passed = builder->stages[base].state;
    const sp_map *environment = sp_scope__inherit(builder, base, plan->passed->environment);
    if (environment != plan->passed->environment) {
        sp_state *state = sp_arena_alloc(builder->arena, sizeof *state);
        *state = *plan->passed;
        state->environment = environment;
        plan->passed = state;
    }
    return plan->passed;
}

/* FROM, the triggers that its base fires, its own instructions. */
static void execute_stage(sp_builder *builder, uint32_t index)
{
    sp_stage *stage = &builder->stages[index];
    const sp_plan *plan = &builder->plans[index];
    const sp_instruction *own = builder->document->instructions.items;
    stage_run run = {.builder = builder, .stage = index, .fatal = stage->needed};
    run.state = plan->base == SP_NONE ? &empty_state : state_of_base(builder, plan->base);
    stage->first = stage->from = builder->graph->instruction_count;
    stage->base = builder->edges.count;
    step(&run, &own[plan->first], false);
    add_base_edge(&run);
    run.next_link = plan->first_trigger_link;
    for (uint32_t i = 0; i < plan->triggers.count; i++)
        step(&run, plan->triggers.items[i], true);
    run.next_link = plan->first_link;
    for (uint32_t i = plan->first + 1; i < plan->end; i++)
        step(&run, &own[i], false);
    stage->count = builder->graph->instruction_count - stage->first;
    stage->state = run.state;
    stage->use_count = builder->edges.count - stage->base;
}

/* Room for the usual number of edges: one a stage, COPY, ADD and mount. */
static void reserve_edges(sp_builder *builder)
{
    const sp_document *document = builder->document;
    uint32_t count = builder->links.count + builder->graph->stage_count;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (instruction->kind == SP_ADD || (instruction->kind == SP_COPY && instruction->as.copy.from == NULL))
            count++;
    }
    builder->edges.items = sp_arena_alloc(builder->arena, count * sizeof *builder->edges.items);
    builder->edges.capacity = count;
}

/* Edges into a stage lie in a row, so one array of all ids serves; those out of it are sorted by counting. */
static void cross_reference(sp_builder *builder)
{
    uint32_t count = builder->edges.count, stages = builder->graph->stage_count;
    uint32_t *uses = sp_arena_alloc(builder->arena, 2 * (size_t)count * sizeof *uses);
    uint32_t *used_by = uses + count;
    const sp_edge *edges = builder->edges.items;
    for (uint32_t i = 0; i < count; i++) {
        uses[i] = i;
        if (edges[i].from != SP_NONE)
            builder->stages[edges[i].from].used_by_count++;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < stages; i++) {
        sp_stage *stage = &builder->stages[i];
        stage->uses = uses + stage->base;
        stage->used_by = used_by + next;
        next += stage->used_by_count;
        stage->used_by_count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (edges[i].from == SP_NONE)
            continue;
        sp_stage *stage = &builder->stages[edges[i].from];
        used_by[(size_t)(stage->used_by - used_by) + stage->used_by_count++] = i;
    }
}

void sp_execute__stages(sp_builder *builder)
{
    reserve_edges(builder);
    for (uint32_t i = 0; i < builder->graph->stage_count; i++)
        execute_stage(builder, i);
    builder->graph->edges = builder->edges.items;
    builder->graph->edge_count = builder->edges.count;
    cross_reference(builder);
}
