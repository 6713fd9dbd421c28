/* A stage graph for a terminal: the stages in file order, what enters each below it, what ships highlighted.

       ◆ final                 target · line 9
       ├─ from  base
       └─ copy  build  /out/app → /usr/bin/app */
#include "report/graph_picture.h"

#include "report/cells.h"
#include "report/style.h"
#include "result/results.h"

enum {
    NAME_COLUMNS = 28, /* a stage's name; most are shorter */
    SOURCE_COLUMNS = 48,
    PATHS_COLUMNS = 72,
    TITLE_COLUMNS = 100,
    EDGES_SHOWN = 4, /* of one kind from one place: the rest are counted */
};

/* One text under way. */
typedef struct writing {
    const sp_picture *picture;
    sp_arena *arena;
    sp_buf *out;
    bool color;
} writing;

static void put(const writing *text, sp_style style, sp_str words)
{
    if (style != SP_STYLE_PLAIN)
        sp_style_write(text->out, style, text->color);
    sp_cells_write(text->out, words);
    if (style != SP_STYLE_PLAIN)
        sp_style_write(text->out, SP_STYLE_PLAIN, text->color);
}

static uint32_t width_of(sp_str text)
{
    uint32_t width = 0;
    while (text.size > 0) {
        sp_cell cell;
        text = sp_str_skip(text, sp_cell_read(text, &cell));
        width += cell.width;
    }
    return width;
}

/* A text in a column of at least so many cells. */
static void put_column(const writing *text, sp_style style, sp_str words, uint32_t columns, uint32_t most)
{
    sp_str cut = sp_picture_cut(text->arena, words, most);
    put(text, style, cut);
    for (uint32_t width = width_of(cut); width < columns; width++)
        sp_buf_byte(text->out, ' ');
}

static sp_style style_of_role(sp_role role)
{
    static const sp_style styles[] = {[SP_ROLE_DEAD] = SP_STYLE_FAINT,
                                      [SP_ROLE_NEEDED] = SP_STYLE_PLAIN,
                                      [SP_ROLE_SHIPPED] = SP_STYLE_HELP,
                                      [SP_ROLE_TARGET] = SP_STYLE_HELP};
    return styles[role];
}

static const char *mark_of_role(sp_role role)
{
    static const char *const marks[] = {
        [SP_ROLE_DEAD] = "· ", [SP_ROLE_NEEDED] = "○ ", [SP_ROLE_SHIPPED] = "● ", [SP_ROLE_TARGET] = "◆ "};
    return marks[role];
}

/* ---- one edge ---- */

static sp_str kind_of(const writing *text, const sp_edge *edge)
{
    if (edge->kind == SP_EDGE_BASE)
        return SP_STR("from");
    if (edge->kind != SP_EDGE_MOUNT)
        return sp_edge_name(edge->kind);
    const sp_str parts[] = {SP_STR("mount "), sp_picture_mount(edge)};
    return sp_arena_join(text->arena, parts, 2);
}

static sp_str candidates_of(const writing *text, const sp_edge *edge)
{
    sp_str names = SP_STR("");
    for (uint32_t i = 0; i < edge->candidate_count && i < EDGES_SHOWN; i++) {
        const sp_str parts[] = {names, i > 0 ? SP_STR(", ") : SP_STR(""),
                                sp_stage_label(text->picture->graph, edge->candidates[i])};
        names = sp_arena_join(text->arena, parts, 3);
    }
    if (edge->candidate_count > EDGES_SHOWN)
        names = sp_arena_print(text->arena, "%.*s, …", SP_STR_ARG(names));
    return sp_arena_print(text->arena, "%.*s (perhaps %.*s)",
                          SP_STR_ARG(sp_picture_value(text->arena, &edge->reference)), SP_STR_ARG(names));
}

static sp_str source_of(const writing *text, const sp_edge *edge)
{
    if (edge->from != SP_NONE)
        return sp_stage_label(text->picture->graph, edge->from);
    if (edge->candidate_count > 0)
        return candidates_of(text, edge);
    switch (edge->origin) {
    case SP_ORIGIN_CONTEXT:
        return SP_STR("the build context");
    case SP_ORIGIN_INLINE:
        return SP_STR("this file");
    case SP_ORIGIN_URL:
    case SP_ORIGIN_GIT:
        return SP_STR("");
    default:
        return sp_picture_outside(text->arena, edge);
    }
}

/* edge = ( "├─ " | "└─ " ) kind source [ paths ] [ "by ONBUILD" ] */
static void put_edge(const writing *text, const sp_edge *edge, bool last)
{
    sp_str paths = sp_picture_paths(text->arena, edge), source = source_of(text, edge);
    put(text, SP_STYLE_FAINT, last ? SP_STR("└─ ") : SP_STR("├─ "));
    put(text, SP_STYLE_FAINT, sp_picture_cut(text->arena, kind_of(text, edge), NAME_COLUMNS));
    if (source.size > 0) {
        sp_buf_text(text->out, " ");
        put(text, edge->from != SP_NONE ? SP_STYLE_STRONG : SP_STYLE_PLAIN,
            sp_picture_cut(text->arena, source, SOURCE_COLUMNS));
    }
    if (paths.size > 0) {
        sp_buf_text(text->out, source.size > 0 ? "  " : " ");
        put(text, SP_STYLE_PLAIN, sp_picture_cut(text->arena, paths, PATHS_COLUMNS));
    }
    if (text->picture->graph->instructions[edge->instruction].trigger)
        put(text, SP_STYLE_FAINT, SP_STR("  (ONBUILD)"));
    sp_buf_text(text->out, "\n");
}

/* ---- one stage ---- */

/* Whether two edges bring something of the same kind from the same place. */
static bool is_alike(const sp_edge *a, const sp_edge *b)
{
    return a->kind == b->kind && a->origin == b->origin && a->from == b->from;
}

/* The edges in file order; of many that are alike, the first few. */
static void put_edges(const writing *text, const sp_stage *stage)
{
    const sp_edge *edges = text->picture->graph->edges, *previous = NULL;
    uint32_t run = 0;
    for (uint32_t i = 0; i < stage->use_count; i++) {
        const sp_edge *edge = &edges[stage->uses[i]];
        bool last = i + 1 == stage->use_count;
        run = previous != NULL && is_alike(previous, edge) ? run + 1 : 1;
        if (run <= EDGES_SHOWN)
            put_edge(text, edge, last);
        else if (last || !is_alike(edge, &edges[stage->uses[i + 1]]))
            sp_buf_print(text->out, "%s… %u more\n", last ? "└─ " : "├─ ", run - EDGES_SHOWN);
        previous = edge;
    }
}

static void put_compiler(const writing *text, sp_compiler compiler)
{
    if (compiler == SP_COMPILER_YES)
        put(text, SP_STYLE_WARNING, SP_STR(" · has a compiler"));
    else if (compiler == SP_COMPILER_MAYBE)
        put(text, SP_STYLE_FAINT, SP_STR(" · may have a compiler"));
}

static void put_findings(const writing *text, const sp_stage_note *note)
{
    if (note->finding_count == 0)
        return;
    put(text, SP_STYLE_FAINT, SP_STR("│  "));
    put(text, sp_style_of(note->worst),
        sp_picture_cut(text->arena, sp_picture_findings(text->picture, note), TITLE_COLUMNS));
    sp_buf_text(text->out, "\n");
}

static void put_stage(const writing *text, const sp_stage *stage, uint32_t columns)
{
    sp_role role = sp_picture_role(stage);
    const sp_stage_note *note = &text->picture->drawing->notes[stage->index];
    const sp_instruction *from = text->picture->graph->instructions[stage->from].instruction;
    sp_buf_text(text->out, mark_of_role(role));
    put_column(text, role == SP_ROLE_NEEDED ? SP_STYLE_STRONG : style_of_role(role),
               sp_stage_label(text->picture->graph, stage->index), columns, NAME_COLUMNS);
    sp_buf_text(text->out, "  ");
    put(text, style_of_role(role), sp_str_from(sp_picture_role_name(role)));
    put(text, SP_STYLE_FAINT, sp_arena_print(text->arena, " · line %u", (unsigned)from->line.first));
    put_compiler(text, note->compiler);
    sp_buf_text(text->out, "\n");
    put_findings(text, note);
    put_edges(text, stage);
    sp_buf_text(text->out, "\n");
}

/* ---- all of it ---- */

static uint32_t name_columns(const writing *text)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < text->picture->stage_count; i++) {
        uint32_t width = width_of(sp_stage_label(text->picture->graph, text->picture->stages[i].stage->index));
        most = width > most ? width : most;
    }
    return most < NAME_COLUMNS ? most : NAME_COLUMNS;
}

/* graph = { stage } { remark } summary legend */
void sp_graph_text(const sp_graph_drawing *drawing, sp_buf *out)
{
    sp_picture picture = sp_picture_make(drawing, (sp_picture_limits){0});
    writing text = {&picture, picture.arena, out, drawing->color};
    uint32_t columns = name_columns(&text);
    for (uint32_t i = 0; i < picture.stage_count; i++)
        put_stage(&text, picture.stages[i].stage, columns);
    sp_picture_remarks remarks = sp_picture_remark(&picture);
    for (uint32_t i = 0; i < remarks.count; i++) {
        put(&text, SP_STYLE_NOTE, SP_STR("note:"));
        sp_buf_text(out, " ");
        put(&text, SP_STYLE_PLAIN, remarks.items[i]);
        sp_buf_text(out, "\n");
    }
    put(&text, SP_STYLE_STRONG, sp_picture_summary(&picture));
    sp_buf_text(out, "\n");
    put(&text, SP_STYLE_FAINT, SP_STR("◆ target  ● shipped: the target is built FROM it  ○ needed  · dead"));
    sp_buf_text(out, "\n");
}
