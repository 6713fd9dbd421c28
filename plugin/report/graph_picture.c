/* From a graph to what pictures of it show. */
#include "report/graph_picture.h"

#include "report/cells.h"
#include "result/results.h"

enum { PATHS_SHOWN = 4, PATH_BYTES = 200 };

enum { EDGE_KINDS = SP_EDGE_MOUNT + 1 };

/* Where links come from: its newest link of each kind, plus one; certain ones, then those that are only maybe. */
typedef struct place {
    uint32_t from, outside;
    uint32_t newest[2][EDGE_KINDS];
} place;

/* A picture being made. */
typedef struct choosing {
    sp_picture *picture;
    sp_arena *arena;
    sp_picture_limits limits;
    bool *chosen; /* one a stage */
    uint32_t stages, groups;
    place *places;      /* one a stage */
    const sp_map *seen; /* origin and text → index of something outside */
    SP_LIST(sp_outside) outsides;
    SP_LIST(place) outside_places; /* one each */
    SP_LIST(sp_link_group) grouped;
} choosing;

/* ---- texts ---- */

sp_role sp_picture_role(const sp_stage *stage)
{
    if (stage->target)
        return SP_ROLE_TARGET;
    if (stage->shipped)
        return SP_ROLE_SHIPPED;
    return stage->needed ? SP_ROLE_NEEDED : SP_ROLE_DEAD;
}

const char *sp_picture_role_name(sp_role role)
{
    static const char *const names[] = {[SP_ROLE_DEAD] = "dead",
                                        [SP_ROLE_NEEDED] = "needed",
                                        [SP_ROLE_SHIPPED] = "shipped",
                                        [SP_ROLE_TARGET] = "target"};
    return names[role];
}

const char *sp_picture_compiler(sp_compiler compiler)
{
    if (compiler == SP_COMPILER_YES)
        return "compiler inside";
    return compiler == SP_COMPILER_MAYBE ? "perhaps a compiler inside" : "";
}

/* "a\0b" → "a…b" */
static sp_str show_shape(sp_arena *arena, sp_str shape)
{
    sp_str shown = SP_STR("");
    while (shape.size > 0) {
        size_t known = sp_str_find(shape, '\0');
        const sp_str parts[] = {shown, sp_str_head(shape, known), known < shape.size ? SP_STR("…") : SP_STR("")};
        shown = sp_arena_join(arena, parts, 3);
        shape = sp_str_skip(shape, known + 1);
    }
    return shown;
}

sp_str sp_picture_value(sp_arena *arena, const sp_value *value)
{
    if (value->failed)
        return value->text;
    if (value->known)
        return value->value;
    return show_shape(arena, sp_str_brief(value->shape, PATH_BYTES));
}

sp_str sp_picture_outside(sp_arena *arena, const sp_edge *edge)
{
    sp_str named = edge->named != NULL ? sp_named_text(edge->named) : SP_STR("");
    if (edge->named != NULL && edge->named->perhaps)
        return sp_arena_print(arena, "%.*s or %.*s", SP_STR_ARG(sp_picture_value(arena, &edge->reference)),
                              SP_STR_ARG(named));
    if (edge->named != NULL)
        return named;
    return edge->by_index && edge->image != NULL ? edge->image->canonical : sp_picture_value(arena, &edge->reference);
}

static sp_str join_paths(sp_arena *arena, const sp_edge *edge)
{
    sp_str text = SP_STR("");
    uint32_t count = edge->sources.count;
    for (uint32_t i = 0; i < count && i < PATHS_SHOWN; i++) {
        sp_str path = sp_str_brief(sp_picture_value(arena, &edge->sources.items[i]), PATH_BYTES);
        const sp_str parts[] = {text, i > 0 ? SP_STR(" ") : SP_STR(""), path};
        text = sp_arena_join(arena, parts, 3);
    }
    return count > PATHS_SHOWN ? sp_arena_print(arena, "%.*s and %u more", SP_STR_ARG(text), count - PATHS_SHOWN)
                               : text;
}

sp_str sp_picture_paths(sp_arena *arena, const sp_edge *edge)
{
    if (edge->kind == SP_EDGE_BASE)
        return SP_STR("");
    sp_str from = join_paths(arena, edge), to = sp_picture_value(arena, &edge->destination);
    const sp_str parts[] = {from, from.size > 0 && to.size > 0 ? SP_STR(" → ") : SP_STR(""),
                            sp_str_brief(to, PATH_BYTES)};
    return sp_arena_join(arena, parts, 3);
}

sp_str sp_picture_mount(const sp_edge *edge)
{
    return edge->mount != NULL && edge->mount->type != NULL ? edge->mount->type->text : SP_STR("bind");
}

sp_str sp_picture_link(sp_arena *arena, const sp_link_group *group)
{
    sp_str name = sp_edge_name(group->kind);
    sp_str maybe = group->candidate ? SP_STR("perhaps ") : SP_STR("");
    sp_str trigger = group->trigger ? SP_STR(" by ONBUILD") : SP_STR("");
    sp_str times = group->count > 1 ? sp_arena_print(arena, " ×%u", group->count) : SP_STR("");
    const sp_str parts[] = {maybe, name, times, trigger};
    return sp_arena_join(arena, parts, 4);
}

sp_str sp_picture_base(const sp_picture *picture, const sp_stage *stage)
{
    const sp_edge *base = &picture->graph->edges[stage->base];
    if (base->from != SP_NONE)
        return sp_stage_label(picture->graph, base->from);
    sp_str text = sp_picture_value(picture->arena, &base->reference);
    if (base->candidate_count == 0)
        return text;
    return sp_arena_print(picture->arena, "%.*s, one of %u stages perhaps", SP_STR_ARG(text), base->candidate_count);
}

sp_str sp_picture_local(const sp_shown_stage *shown)
{
    if (shown->context)
        return shown->inlined ? SP_STR("build context, inline files") : SP_STR("build context");
    return shown->inlined ? SP_STR("inline files") : SP_STR("");
}

sp_str sp_picture_findings(const sp_picture *picture, const sp_stage_note *note)
{
    if (note->finding_count == 0)
        return SP_STR("");
    const char *worst = sp_severity_name(note->worst);
    if (note->finding_count == 1)
        return sp_arena_print(picture->arena, "%s: %.*s", worst, SP_STR_ARG(note->title));
    return sp_arena_print(picture->arena, "%u findings, %s: %.*s", note->finding_count, worst, SP_STR_ARG(note->title));
}

sp_str sp_picture_cut(sp_arena *arena, sp_str text, uint32_t columns)
{
    SP_LIST(char) out = {0};
    uint32_t width = 0;
    size_t fits = 0; /* bytes of `out` after which an ellipsis fits */
    while (text.size > 0 && width <= columns) {
        sp_cell cell;
        text = sp_str_skip(text, sp_cell_read(text, &cell));
        if (width + 1 <= columns)
            fits = out.count;
        width += cell.width;
        for (uint32_t i = 0; i < cell.size; i++)
            *sp_list_add(arena, &out) = cell.text[i];
    }
    if (width <= columns)
        return (sp_str){out.items, out.count};
    const sp_str parts[] = {{out.items, fits}, SP_STR("…")};
    return sp_arena_join(arena, parts, 2);
}

/* ---- what is shown ---- */

/* The edges into a stage, candidates one by one: what its links cost at most. */
static uint32_t count_edges(const sp_graph *graph, const sp_stage *stage)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < stage->use_count; i++) {
        const sp_edge *edge = &graph->edges[stage->uses[i]];
        count += edge->candidate_count > 0 ? edge->candidate_count : 1;
    }
    return count;
}

static void choose(choosing *make, sp_role least, sp_role most)
{
    const sp_graph *graph = make->picture->graph;
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        sp_role role = sp_picture_role(&graph->stages[i]);
        if (role < least || role > most)
            continue;
        uint32_t edges = make->limits.groups > 0 ? count_edges(graph, &graph->stages[i]) : 0;
        bool full = (make->limits.stages > 0 && make->stages >= make->limits.stages) ||
                    (make->limits.groups > 0 && make->groups + edges > make->limits.groups);
        if (full) {
            make->picture->left_out++;
            continue;
        }
        make->chosen[i] = true;
        make->stages++;
        make->groups += edges;
    }
}

/* ---- links ---- */

static uint32_t add_outside(choosing *make, sp_origin origin, sp_str text, sp_str key)
{
    uint32_t *index = sp_arena_new(make->arena, uint32_t);
    *index = make->outsides.count;
    *sp_list_add(make->arena, &make->outsides) = (sp_outside){origin, text};
    *sp_list_add(make->arena, &make->outside_places) = (place){.from = SP_NONE, .outside = *index};
    make->seen = sp_map_set(make->arena, make->seen, key, index);
    return *index;
}

/* The place of something outside, which is good until the next is asked for. */
static place *find_outside(choosing *make, sp_origin origin, sp_str text)
{
    const sp_str parts[] = {sp_origin_name(origin), SP_STR(" "), text};
    sp_str key = sp_arena_join(make->arena, parts, 3);
    const uint32_t *known = sp_map_find(make->seen, key);
    uint32_t index = known != NULL ? *known : add_outside(make, origin, text, key);
    return &make->outside_places.items[index];
}

/* One more edge from a place into the stage under way. */
static void add_edge(choosing *make, const sp_edge *edge, place *from, bool candidate)
{
    const sp_graph *graph = make->picture->graph;
    bool trigger = graph->instructions[edge->instruction].trigger;
    uint32_t *newest = &from->newest[candidate][edge->kind];
    if (*newest != 0 && make->grouped.items[*newest - 1].to == edge->to) {
        sp_link_group *group = &make->grouped.items[*newest - 1];
        group->count++;
        group->trigger = group->trigger && trigger;
        return;
    }
    *sp_list_add(make->arena, &make->grouped) = (sp_link_group){
        .kind = edge->kind,
        .candidate = candidate,
        .trigger = trigger,
        .from = from->from,
        .outside = from->outside,
        .to = edge->to,
        .count = 1,
        .edge = edge,
    };
    *newest = make->grouped.count;
}

static void add_stage_edge(choosing *make, const sp_edge *edge, uint32_t from, bool candidate)
{
    if (make->chosen[from])
        add_edge(make, edge, &make->places[from], candidate);
}

/* Each URL or repository is a place of its own, though one ADD brings them. */
static void add_sources(choosing *make, const sp_edge *edge)
{
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        sp_str text = sp_picture_value(make->arena, &edge->sources.items[i]);
        add_edge(make, edge, find_outside(make, edge->origin, text), false);
    }
}

/* Never empty: labels of Mermaid must not be. */
static sp_str outside_text(choosing *make, const sp_edge *edge)
{
    sp_str text = sp_picture_outside(make->arena, edge);
    return text.size > 0 ? text : SP_STR("something unknown");
}

static void add_links(choosing *make, sp_shown_stage *shown, const sp_edge *edge)
{
    for (uint32_t i = 0; i < edge->candidate_count; i++)
        add_stage_edge(make, edge, edge->candidates[i], true);
    switch (edge->origin) {
    case SP_ORIGIN_STAGE:
        add_stage_edge(make, edge, edge->from, false);
        break;
    case SP_ORIGIN_CONTEXT:
        shown->context = true;
        break;
    case SP_ORIGIN_INLINE:
        shown->inlined = true;
        break;
    case SP_ORIGIN_SCRATCH:
        break;
    case SP_ORIGIN_URL:
    case SP_ORIGIN_GIT:
        add_sources(make, edge);
        break;
    default:
        if (edge->candidate_count == 0)
            add_edge(make, edge, find_outside(make, edge->origin, outside_text(make, edge)), false);
    }
}

static void show_stage(choosing *make, const sp_stage *stage, sp_shown_stage *shown)
{
    const sp_graph *graph = make->picture->graph;
    *shown = (sp_shown_stage){.stage = stage, .first = make->grouped.count};
    for (uint32_t i = 0; i < stage->use_count; i++)
        add_links(make, shown, &graph->edges[stage->uses[i]]);
    shown->count = make->grouped.count - shown->first;
}

static void show_stages(choosing *make)
{
    sp_picture *picture = make->picture;
    const sp_graph *graph = picture->graph;
    sp_shown_stage *shown = sp_arena_alloc(make->arena, make->stages * sizeof *shown);
    uint32_t *rows = sp_arena_alloc(make->arena, graph->stage_count * sizeof *rows);
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        rows[i] = make->chosen[i] ? picture->stage_count : SP_NONE;
        if (make->chosen[i])
            show_stage(make, &graph->stages[i], &shown[picture->stage_count++]);
    }
    picture->stages = shown;
    picture->rows = rows;
    picture->outsides = make->outsides.items;
    picture->outside_count = make->outsides.count;
    picture->groups = make->grouped.items;
    picture->group_count = make->grouped.count;
}

sp_picture sp_picture_make(const sp_graph_drawing *drawing, sp_picture_limits limits)
{
    const sp_graph *graph = drawing->graph;
    sp_picture picture = {.drawing = drawing, .graph = graph, .arena = graph->arena};
    choosing make = {.picture = &picture, .arena = graph->arena, .limits = limits};
    make.chosen = sp_arena_zeroed(make.arena, graph->stage_count * sizeof *make.chosen);
    make.places = sp_arena_zeroed(make.arena, graph->stage_count * sizeof *make.places);
    for (uint32_t i = 0; i < graph->stage_count; i++)
        make.places[i] = (place){.from = i, .outside = SP_NONE};
    choose(&make, SP_ROLE_SHIPPED, SP_ROLE_TARGET);
    choose(&make, SP_ROLE_NEEDED, SP_ROLE_NEEDED);
    if (!drawing->needed_only)
        choose(&make, SP_ROLE_DEAD, SP_ROLE_DEAD);
    show_stages(&make);
    return picture;
}

/* ---- what a picture says of itself ---- */

sp_str sp_picture_summary(const sp_picture *picture)
{
    const sp_graph *graph = picture->graph;
    uint32_t needed = 0, shipped = 0;
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        needed += graph->stages[i].needed;
        shipped += graph->stages[i].shipped;
    }
    return sp_arena_print(picture->arena, "%u stage%s: %u needed, %u of them shipped", graph->stage_count,
                          graph->stage_count == 1 ? "" : "s", needed, shipped);
}

sp_picture_remarks sp_picture_remark(const sp_picture *picture)
{
    const sp_graph_drawing *drawing = picture->drawing;
    sp_arena *arena = picture->arena;
    sp_picture_remarks remarks = {0};
    bool refused = sp_graph_is_refused(picture->graph);
    if (picture->graph->stage_count == 0)
        *sp_list_add(arena, &remarks) = SP_STR("there are no stages");
    if (refused)
        *sp_list_add(arena, &remarks) = SP_STR("BuildKit would refuse this file: the graph is shown as far as it goes");
    if (refused && drawing->judged)
        *sp_list_add(arena, &remarks) = SP_STR("no policy judged this file");
    if (drawing->failures > 0)
        *sp_list_add(arena, &remarks) =
            sp_arena_print(arena, "%u %s failed, so there may be more findings: 'stagepolicy check' says why",
                           drawing->failures, drawing->failures == 1 ? "policy" : "policies");
    if (drawing->elsewhere.finding_count > 0)
        *sp_list_add(arena, &remarks) = sp_arena_print(arena, "about no stage: %.*s",
                                                       SP_STR_ARG(sp_picture_findings(picture, &drawing->elsewhere)));
    if (picture->left_out > 0)
        *sp_list_add(arena, &remarks) = sp_arena_print(
            arena, "%u more %s left out, for the picture would be too large: name a --target, or take JSON",
            picture->left_out, picture->left_out == 1 ? "stage is" : "stages are");
    return remarks;
}
