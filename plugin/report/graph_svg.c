/* A stage graph as SVG, drawn by us: one row a stage in file order, what it is built FROM as arcs at the left, what it
   takes otherwise as arcs at the right.

   Wide enough for a phone and no wider, so that nothing is scaled down there. Self-contained: no script, no font, no
   ids (several may stand in one page). Numbers are whole, for printf writes fractions as the locale wants them. */
#include "report/graph_picture.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "result/results.h"

enum {
    WIDTH = 400,      /* of all; phones have 360 to 430 */
    MARGIN = 8,       /* around all */
    HEAD = 30,        /* the first line */
    GUTTER = 56,      /* at most, for arcs */
    GAP = 8,          /* between rows */
    INDENT = 28,      /* of the text in a box, for the mark */
    PADDING = 9,      /* above and below the lines of a row */
    LINE = 16,        /* height of a line */
    NAME_WIDTH = 84,  /* tenths of a pixel a character of a name takes, 14 pixels high */
    SMALL_WIDTH = 67, /* … of the other lines, 11 pixels high */
    SMALL_LINE = 15,
    TITLE_COLUMNS = 240, /* what the mouse is shown */
};

/* Where a row stands. */
typedef struct row {
    uint32_t top, height;
} row;

/* One picture under way. */
typedef struct writing {
    const sp_picture *picture;
    sp_arena *arena;
    sp_buf *out;
    row *rows;
    uint32_t left, right;                  /* edges of the boxes */
    uint32_t farthest_base, farthest_else; /* rows that an arc spans at most, at either side */
    uint32_t y;                            /* the next free line */
} writing;

/* ---- text ---- */

static void put_text(const writing *svg, sp_str text, uint32_t columns)
{
    sp_escape_xml(svg->out, sp_picture_cut(svg->arena, text, columns));
}

static void put_title(const writing *svg, sp_str text)
{
    sp_buf_text(svg->out, "<title>");
    put_text(svg, text, TITLE_COLUMNS);
    sp_buf_text(svg->out, "</title>");
}

/* A line of text of a class; of at most so many pixels, a character being `width` tenths of one. */
static void put_words(const writing *svg, const char *class, uint32_t x, uint32_t y, sp_str text, uint32_t pixels,
                      uint32_t width)
{
    sp_buf_print(svg->out, "<text class=\"%s\" x=\"%u\" y=\"%u\">", class, x, y);
    put_text(svg, text, pixels * 10 / width);
    sp_buf_text(svg->out, "</text>\n");
}

/* ---- measures ---- */

static bool is_base(const sp_link_group *group)
{
    return group->kind == SP_EDGE_BASE;
}

static uint32_t span_of(const writing *svg, const sp_link_group *group)
{
    uint32_t from = svg->picture->rows[group->from], to = svg->picture->rows[group->to];
    return from < to ? to - from : from - to;
}

/* The whole square root. */
static uint32_t root_of(uint32_t number)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 15; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= number)
            root += bit;
    }
    return root;
}

/* How far from the boxes an arc swings: farther the more rows it spans, so that arcs lie in one another. */
static uint32_t depth_of(uint32_t span, uint32_t farthest, uint32_t gutter)
{
    enum { LEAST = 12, FINE = 64 };
    if (farthest <= 1 || gutter <= LEAST || span <= 1)
        return LEAST;
    uint32_t most = span < 60000 ? span : 60000, whole = farthest < 60000 ? farthest : 60000;
    return LEAST + (gutter - LEAST) * root_of((most - 1) * FINE) / root_of((whole - 1) * FINE);
}

static uint32_t gutter_for(uint32_t farthest)
{
    if (farthest == 0)
        return 0;
    uint32_t wide = 12 + farthest * 7;
    return wide < GUTTER ? wide : GUTTER;
}

static void measure_sides(writing *svg)
{
    for (uint32_t i = 0; i < svg->picture->group_count; i++) {
        const sp_link_group *group = &svg->picture->groups[i];
        if (group->from == SP_NONE)
            continue;
        uint32_t span = span_of(svg, group);
        uint32_t *farthest = is_base(group) ? &svg->farthest_base : &svg->farthest_else;
        span = span > 0 ? span : 1;
        *farthest = span > *farthest ? span : *farthest;
    }
    svg->left = MARGIN + gutter_for(svg->farthest_base);
    svg->right = WIDTH - MARGIN - gutter_for(svg->farthest_else);
}

/* What a stage takes from outside otherwise than by FROM: "+ alpine:3, build context". */
static sp_str others_of(const writing *svg, const sp_shown_stage *shown)
{
    sp_str text = SP_STR("");
    for (uint32_t i = 0; i < shown->count; i++) {
        const sp_link_group *group = &svg->picture->groups[shown->first + i];
        if (group->from != SP_NONE || is_base(group) || text.size > TITLE_COLUMNS)
            continue;
        const sp_str parts[] = {text, text.size > 0 ? SP_STR(", ") : SP_STR(""),
                                svg->picture->outsides[group->outside].text};
        text = sp_arena_join(svg->arena, parts, 3);
    }
    sp_str local = sp_picture_local(shown);
    const sp_str parts[] = {text, text.size > 0 && local.size > 0 ? SP_STR(", ") : SP_STR(""), local};
    return sp_arena_join(svg->arena, parts, 3);
}

/* Where a line that is too long breaks: after the last blank that fits, the whole text when all of it does. */
static size_t break_of(sp_str text, uint32_t columns)
{
    sp_str rest = text;
    size_t blank = 0;
    uint32_t width = 0;
    while (rest.size > 0 && width <= columns) {
        if (rest.text[0] == ' ')
            blank = text.size - rest.size;
        sp_cell cell;
        rest = sp_str_skip(rest, sp_cell_read(rest, &cell));
        width += cell.width;
    }
    return width <= columns ? text.size : blank;
}

static uint32_t text_pixels(const writing *svg)
{
    return svg->right - svg->left - INDENT - GAP;
}

/* What was found takes two lines where one does not do. */
static uint32_t finding_lines(const writing *svg, const sp_stage_note *note)
{
    if (note->finding_count == 0)
        return 0;
    sp_str text = sp_picture_findings(svg->picture, note);
    return break_of(text, text_pixels(svg) * 10 / SMALL_WIDTH) < text.size ? 2 : 1;
}

static void measure_rows(writing *svg)
{
    svg->rows = sp_arena_alloc(svg->arena, svg->picture->stage_count * sizeof *svg->rows);
    svg->y = MARGIN + HEAD;
    for (uint32_t i = 0; i < svg->picture->stage_count; i++) {
        const sp_shown_stage *shown = &svg->picture->stages[i];
        uint32_t lines = 1 + (others_of(svg, shown).size > 0);
        lines += finding_lines(svg, &svg->picture->drawing->notes[shown->stage->index]);
        svg->rows[i] = (row){svg->y, 2 * PADDING + LINE + lines * SMALL_LINE};
        svg->y += svg->rows[i].height + GAP;
    }
}

/* ---- arcs ---- */

static const char *class_of_link(const writing *svg, const sp_link_group *group)
{
    const sp_stage *from = &svg->picture->graph->stages[group->from], *to = &svg->picture->graph->stages[group->to];
    if (is_base(group) && from->shipped && to->shipped)
        return "ships";
    return to->needed ? "takes" : "idle";
}

static const char *class_of_line(const sp_link_group *group)
{
    if (group->candidate)
        return "maybe";
    if (group->kind == SP_EDGE_MOUNT)
        return "mount";
    return is_base(group) ? "base" : "copy";
}

static sp_str describe_link(const writing *svg, const sp_link_group *group)
{
    const sp_graph *graph = svg->picture->graph;
    sp_str paths = is_base(group) ? SP_STR("") : sp_picture_paths(svg->arena, group->edge);
    const sp_str parts[] = {sp_stage_label(graph, group->to),
                            SP_STR(": "),
                            sp_picture_link(svg->arena, group),
                            SP_STR(" from "),
                            sp_stage_label(graph, group->from),
                            paths.size > 0 ? SP_STR(": ") : SP_STR(""),
                            paths,
                            group->count > 1 && paths.size > 0 ? SP_STR(", …") : SP_STR("")};
    return sp_arena_join(svg->arena, parts, sizeof parts / sizeof *parts);
}

/* From the lower half of the row it comes from to the upper half of the row that takes it. */
static void put_arc(const writing *svg, const sp_link_group *group)
{
    bool base = is_base(group);
    const row *from = &svg->rows[svg->picture->rows[group->from]], *to = &svg->rows[svg->picture->rows[group->to]];
    uint32_t farthest = base ? svg->farthest_base : svg->farthest_else;
    uint32_t depth = depth_of(span_of(svg, group), farthest, gutter_for(farthest));
    uint32_t start = from->top + from->height - 12, end = to->top + 12;
    uint32_t x = base ? svg->left : svg->right;
    int outward = base ? -1 : 1, bend = (int)x + outward * (int)(depth * 5 / 4), tip = (int)x + outward * 6;
    sp_buf_print(svg->out, "<g class=\"link %s %s\">", class_of_link(svg, group), class_of_line(group));
    put_title(svg, describe_link(svg, group));
    sp_buf_print(svg->out, "<path d=\"M%u %uC%d %u %d %u %d %u\"/><path class=\"tip\" d=\"M%u %ul%d -4v8z\"/></g>\n", x,
                 start, bend, start, bend, end, tip, end, x, end, outward * 7);
}

static void put_arcs(const writing *svg)
{
    for (uint32_t i = 0; i < svg->picture->group_count; i++) {
        if (svg->picture->groups[i].from != SP_NONE)
            put_arc(svg, &svg->picture->groups[i]);
    }
}

/* ---- rows ---- */

/* The mark of a role: a diamond, a disc, a ring, a dot. */
static void put_mark(const writing *svg, sp_role role, uint32_t x, uint32_t y)
{
    const char *name = sp_picture_role_name(role);
    if (role == SP_ROLE_TARGET)
        sp_buf_print(svg->out, "<path class=\"mark %s\" d=\"M%u %ul6 6l-6 6l-6 -6z\"/>", name, x, y - 6);
    else
        sp_buf_print(svg->out, "<circle class=\"mark %s\" cx=\"%u\" cy=\"%u\" r=\"%u\"/>", name, x, y,
                     role == SP_ROLE_DEAD ? 2u : 5u);
}

/* A box that stands for something outside: a cube. */
static void put_cube(const writing *svg, uint32_t x, uint32_t y)
{
    sp_buf_print(svg->out, "<path class=\"cube\" d=\"M%u %ul5 3v5l-5 3l-5 -3v-5zm-5 3l5 3l5 -3m-5 3v5\"/>", x, y - 5);
}

static const char *compiler_words(sp_compiler compiler)
{
    if (compiler == SP_COMPILER_YES)
        return "cc";
    return compiler == SP_COMPILER_MAYBE ? "cc?" : NULL;
}

/* Pixels that the pill takes at the right end, 0 without one. */
static uint32_t put_compiler(const writing *svg, sp_compiler compiler, uint32_t right, uint32_t y)
{
    const char *words = compiler_words(compiler);
    if (words == NULL)
        return 0;
    uint32_t width = (uint32_t)strlen(words) * 6 + 14;
    sp_buf_print(svg->out, "<rect class=\"pill %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"16\" rx=\"8\"/>",
                 compiler == SP_COMPILER_YES ? "yes" : "perhaps", right - width, y - 12, width);
    sp_buf_print(svg->out, "<text class=\"badge\" x=\"%u\" y=\"%u\">%s</text>\n", right - width / 2, y, words);
    return width + 6;
}

static sp_str describe_stage(const writing *svg, const sp_shown_stage *shown)
{
    const sp_stage *stage = shown->stage;
    const sp_graph *graph = svg->picture->graph;
    sp_str others = others_of(svg, shown);
    return sp_arena_print(svg->arena, "%.*s: %s, line %u, FROM %.*s%s%.*s",
                          SP_STR_ARG(sp_stage_label(graph, stage->index)), sp_picture_role_name(sp_picture_role(stage)),
                          (unsigned)graph->instructions[stage->from].instruction->line.first,
                          SP_STR_ARG(sp_picture_base(svg->picture, stage)), others.size > 0 ? ", and takes " : "",
                          SP_STR_ARG(others));
}

static void put_base(const writing *svg, const sp_stage *stage, uint32_t x, uint32_t y, uint32_t pixels)
{
    const sp_edge *base = &svg->picture->graph->edges[stage->base];
    bool outside = base->from == SP_NONE && base->candidate_count == 0 && base->origin != SP_ORIGIN_SCRATCH;
    const sp_str parts[] = {SP_STR("FROM "), sp_picture_base(svg->picture, stage)};
    if (outside)
        put_cube(svg, x + 5, y - 4);
    put_words(svg, outside ? "small outside" : "small", outside ? x + 16 : x, y, sp_arena_join(svg->arena, parts, 2),
              outside ? pixels - 16 : pixels, SMALL_WIDTH);
}

static void put_small(const writing *svg, const char *class, uint32_t x, uint32_t *y, sp_str text, uint32_t pixels)
{
    if (text.size == 0)
        return;
    *y += SMALL_LINE;
    put_words(svg, class, x, *y, text, pixels, SMALL_WIDTH);
}

static void put_findings(const writing *svg, const sp_stage_note *note, uint32_t x, uint32_t y)
{
    if (note->finding_count == 0)
        return;
    sp_str text = sp_picture_findings(svg->picture, note);
    uint32_t pixels = text_pixels(svg);
    const char *class = sp_arena_print(svg->arena, "small %s", sp_severity_name(note->worst)).text;
    size_t first = break_of(text, pixels * 10 / SMALL_WIDTH);
    put_small(svg, class, x, &y, sp_str_head(text, first), pixels);
    put_small(svg, class, x, &y, sp_str_trim(sp_str_skip(text, first)), pixels);
}

/* row = box mark name [ compiler ] base [ others ] [ findings ] */
static void put_row(const writing *svg, uint32_t index)
{
    const sp_shown_stage *shown = &svg->picture->stages[index];
    const sp_stage *stage = shown->stage;
    const sp_stage_note *note = &svg->picture->drawing->notes[stage->index];
    sp_role role = sp_picture_role(stage);
    uint32_t top = svg->rows[index].top, x = svg->left + INDENT, y = top + PADDING + 12;
    uint32_t pixels = text_pixels(svg);
    sp_buf_print(svg->out, "<g class=\"row %s\">", sp_picture_role_name(role));
    put_title(svg, describe_stage(svg, shown));
    sp_buf_print(svg->out, "<rect class=\"box\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"6\"/>", svg->left,
                 top, svg->right - svg->left, svg->rows[index].height);
    put_mark(svg, role, svg->left + 14, y - 5);
    uint32_t taken = put_compiler(svg, note->compiler, svg->right - 8, y);
    put_words(svg, "name", x, y, sp_stage_label(svg->picture->graph, stage->index), pixels - taken, NAME_WIDTH);
    y += SMALL_LINE + 1;
    put_base(svg, stage, x, y, pixels);
    sp_str others = others_of(svg, shown);
    const sp_str plus[] = {others.size > 0 ? SP_STR("+ ") : SP_STR(""), others};
    put_small(svg, "small", x, &y, sp_arena_join(svg->arena, plus, 2), pixels);
    put_findings(svg, note, x, y);
    sp_buf_text(svg->out, "</g>\n");
}

/* ---- all of it ---- */

static const char styles[] =
    "<style>\n"
    ".spg text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}\n"
    ".spg .page{fill:#ffffff}\n"
    ".spg .name{font-size:14px;font-weight:600}\n"
    ".spg .small{font-size:11px;fill:#59636e}\n"
    ".spg .head{font-size:12px;fill:#59636e}\n"
    ".spg .key{font-size:10px;fill:#59636e}\n"
    ".spg .badge{font-size:10px;text-anchor:middle;fill:#7d4e00}\n"
    ".spg .outside{fill:#7d4e00}\n"
    ".spg .cube{fill:none;stroke:#9a6700}\n"
    ".spg .error{fill:#cf222e}.spg .warning{fill:#a0306f}.spg .info{fill:#1b6f76}\n"
    ".spg .box{fill:#ffffff;stroke:#8c959f}\n"
    ".spg .target .box{fill:#dafbe1;stroke:#1a7f37;stroke-width:3}\n"
    ".spg .shipped .box{fill:#dafbe1;stroke:#1a7f37}\n"
    ".spg .dead .box{fill:#f6f8fa;stroke:#afb8c1;stroke-dasharray:4 3}\n"
    ".spg .dead .name{fill:#59636e;font-weight:400}\n"
    ".spg .mark{fill:#1a7f37}.spg .mark.needed{fill:none;stroke:#0969da;stroke-width:2}\n"
    ".spg .mark.dead{fill:#8c959f}\n"
    ".spg .pill{fill:#fff1c2;stroke:#d4a72c}.spg .pill.perhaps{fill:none;stroke-dasharray:3 2}\n"
    ".spg .link path{fill:none;stroke:#6e7781}\n"
    ".spg .base path{stroke-width:2}\n"
    ".spg .mount path{stroke-dasharray:5 3}.spg .maybe path{stroke-dasharray:1 3}\n"
    ".spg .ships path{stroke:#1a7f37;stroke-width:3}.spg .idle path{stroke:#c8d1da}\n"
    ".spg .link .tip{fill:#6e7781;stroke:none}.spg .ships .tip{fill:#1a7f37}.spg .idle .tip{fill:#c8d1da}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".spg text{fill:#e6edf3}.spg .page{fill:#0d1117}\n"
    ".spg .small,.spg .head,.spg .key{fill:#9198a1}\n"
    ".spg .badge,.spg .outside{fill:#e3b341}.spg .cube{stroke:#d29922}\n"
    ".spg .error{fill:#ff7b72}.spg .warning{fill:#f778ba}.spg .info{fill:#76e3ea}\n"
    ".spg .box{fill:#161b22;stroke:#6e7681}\n"
    ".spg .target .box,.spg .shipped .box{fill:#12261e;stroke:#3fb950}\n"
    ".spg .dead .box{fill:#0d1117;stroke:#484f58}.spg .dead .name{fill:#9198a1}\n"
    ".spg .mark{fill:#3fb950}.spg .mark.needed{stroke:#58a6ff}.spg .mark.dead{fill:#6e7681}\n"
    ".spg .pill{fill:#3d2e00;stroke:#9e6a03}\n"
    ".spg .link path{stroke:#8b949e}.spg .ships path{stroke:#3fb950}.spg .idle path{stroke:#3d444d}\n"
    ".spg .link .tip{fill:#8b949e}.spg .ships .tip{fill:#3fb950}.spg .idle .tip{fill:#3d444d}\n"
    "}\n"
    "</style>\n";

static void put_summary(const writing *svg)
{
    sp_str text = sp_picture_summary(svg->picture);
    put_words(svg, "head", MARGIN, MARGIN + 14, text, WIDTH - 2 * MARGIN, 73);
}

/* A row of the legend: a mark and what it means. */
static void put_key(writing *svg, const char *words, uint32_t x)
{
    sp_buf_print(svg->out, "<text class=\"key\" x=\"%u\" y=\"%u\">%s</text>\n", x, svg->y + 4, words);
}

static void put_line_key(writing *svg, const char *class, const char *words, uint32_t x)
{
    sp_buf_print(svg->out, "<g class=\"link %s\"><path d=\"M%u %uh18\"/></g>", class, x, svg->y);
    put_key(svg, words, x + 22);
}

static void put_legend(writing *svg)
{
    static const sp_role roles[] = {SP_ROLE_TARGET, SP_ROLE_SHIPPED, SP_ROLE_NEEDED, SP_ROLE_DEAD};
    static const uint32_t places[] = {14, 76, 146, 210};
    svg->y += 10;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        put_mark(svg, roles[i], places[i], svg->y);
        put_key(svg, sp_picture_role_name(roles[i]), places[i] + 9);
    }
    put_cube(svg, 276, svg->y);
    put_key(svg, "from outside", 286);
    svg->y += 18;
    put_line_key(svg, "takes base", "FROM", 8);
    put_line_key(svg, "takes copy", "COPY, ADD", 64);
    put_line_key(svg, "takes mount", "mount", 152);
    put_line_key(svg, "takes maybe", "perhaps", 214);
    put_compiler(svg, SP_COMPILER_YES, 314, svg->y + 4);
    put_key(svg, "compiler", 320);
    svg->y += 14;
}

static void put_remarks(writing *svg, const sp_picture_remarks *remarks)
{
    for (uint32_t i = 0; i < remarks->count; i++) {
        svg->y += SMALL_LINE;
        put_words(svg, "small", MARGIN, svg->y, remarks->items[i], WIDTH - 2 * MARGIN, SMALL_WIDTH);
    }
    if (remarks->count > 0)
        svg->y += GAP;
}

static void put_head(const writing *svg, uint32_t height)
{
    sp_buf_print(svg->out,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spg\" role=\"img\" width=\"%u\" height=\"%u\" "
                 "viewBox=\"0 0 %u %u\" style=\"max-width:100%%;height:auto\">\n",
                 WIDTH, height, WIDTH, height);
    const sp_str parts[] = {SP_STR("Stages of "), svg->picture->graph->document->source.path};
    put_title(svg, sp_arena_join(svg->arena, parts, 2));
    sp_buf_text(svg->out, "\n");
    sp_buf_text(svg->out, styles);
    sp_buf_print(svg->out, "<rect class=\"page\" width=\"%u\" height=\"%u\"/>\n", WIDTH, height);
}

/* picture = head summary { arc } { row } { remark } legend */
void sp_graph_svg(const sp_graph_drawing *drawing, sp_buf *out)
{
    enum { LEGEND = 42 };
    sp_picture picture = sp_picture_make(drawing, (sp_picture_limits){SP_LIMIT_SVG_STAGES, SP_LIMIT_SVG_LINKS});
    writing svg = {.picture = &picture, .arena = picture.arena, .out = out};
    measure_sides(&svg);
    measure_rows(&svg);
    sp_picture_remarks remarks = sp_picture_remark(&picture);
    uint32_t below = remarks.count > 0 ? remarks.count * SMALL_LINE + GAP : 0;
    put_head(&svg, svg.y + below + LEGEND + MARGIN);
    put_summary(&svg);
    put_arcs(&svg);
    for (uint32_t i = 0; i < picture.stage_count; i++)
        put_row(&svg, i);
    put_remarks(&svg, &remarks);
    put_legend(&svg);
    sp_buf_text(out, "</svg>\n");
}
