/* A stage graph for Graphviz. */
#include "report/graph_picture.h"

#include "base/limits.h"

enum { NAME_COLUMNS = 40, TEXT_COLUMNS = 48 };

/* In a double-quoted string of DOT: quotes end it, backslashes begin an escape (\N is the name), '&' an entity. */
static void put_text(sp_buf *out, sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        if (byte == '"' || byte == '\\')
            sp_buf_byte(out, '\\');
        if (byte == '&')
            sp_buf_text(out, "&amp;");
        else
            sp_buf_byte(out, byte);
    }
}

static void put_line(const sp_picture *picture, sp_buf *out, sp_str text)
{
    if (text.size == 0)
        return;
    sp_buf_text(out, "\\n");
    put_text(out, sp_picture_cut(picture->arena, text, TEXT_COLUMNS));
}

static const char *look_of(sp_role role)
{
    static const char *const looks[] = {
        [SP_ROLE_DEAD] =
            "style=\"rounded,filled,dashed\", fillcolor=\"#eaeef2\", color=\"#8c959f\", fontcolor=\"#57606a\"",
        [SP_ROLE_NEEDED] = "fillcolor=\"#ddf4ff\", color=\"#0969da\", fontcolor=\"#0a3069\"",
        [SP_ROLE_SHIPPED] = "fillcolor=\"#2da44e\", color=\"#116329\", fontcolor=\"#ffffff\"",
        [SP_ROLE_TARGET] = "fillcolor=\"#1a7f37\", color=\"#116329\", fontcolor=\"#ffffff\", peripheries=2"};
    return looks[role];
}

static void put_stage(const sp_picture *picture, sp_buf *out, const sp_shown_stage *shown)
{
    const sp_stage *stage = shown->stage;
    const sp_stage_note *note = &picture->drawing->notes[stage->index];
    sp_buf_print(out, "  s%u [label=\"", stage->index);
    put_text(out, sp_picture_cut(picture->arena, sp_stage_label(picture->graph, stage->index), NAME_COLUMNS));
    if (picture->graph->edges[stage->base].origin == SP_ORIGIN_SCRATCH)
        put_line(picture, out, SP_STR("FROM scratch"));
    put_line(picture, out, sp_picture_local(shown));
    put_line(picture, out, sp_str_from(sp_picture_compiler(note->compiler)));
    put_line(picture, out, sp_picture_findings(picture, note));
    sp_buf_print(out, "\", %s];\n", look_of(sp_picture_role(stage)));
}

static void put_outside(const sp_picture *picture, sp_buf *out, uint32_t index)
{
    sp_buf_print(out, "  x%u [label=\"", index);
    put_text(out, sp_picture_cut(picture->arena, picture->outsides[index].text, TEXT_COLUMNS));
    sp_buf_text(
        out, "\", shape=component, style=filled, fillcolor=\"#fff8c5\", color=\"#9a6700\", fontcolor=\"#4d2d00\"];\n");
}

static const char *line_of(const sp_link_group *group)
{
    if (group->candidate)
        return "style=dotted";
    if (group->kind == SP_EDGE_BASE)
        return "style=bold, penwidth=2";
    return group->kind == SP_EDGE_MOUNT ? "style=dashed" : "style=solid";
}

static void put_link(const sp_picture *picture, sp_buf *out, const sp_link_group *group)
{
    if (group->from != SP_NONE)
        sp_buf_print(out, "  s%u -> s%u [%s", group->from, group->to, line_of(group));
    else
        sp_buf_print(out, "  x%u -> s%u [%s", group->outside, group->to, line_of(group));
    if (group->kind != SP_EDGE_BASE || group->candidate) {
        sp_buf_text(out, ", label=\"");
        put_text(out, sp_picture_link(picture->arena, group));
        sp_buf_text(out, "\"");
    }
    sp_buf_text(out, "];\n");
}

static void put_remarks(const sp_picture *picture, sp_buf *out)
{
    sp_picture_remarks remarks = sp_picture_remark(picture);
    for (uint32_t i = 0; i < remarks.count; i++) {
        sp_buf_print(out, "  r%u [shape=note, style=filled, fillcolor=\"#ffffff\", label=\"", i);
        put_text(out, sp_picture_cut(picture->arena, remarks.items[i], 3 * TEXT_COLUMNS));
        sp_buf_text(out, "\"];\n");
    }
}

/* graph = head { stage } { outside } { link } { remark } "}" */
void sp_graph_dot(const sp_graph_drawing *drawing, sp_buf *out)
{
    sp_picture picture = sp_picture_make(drawing, (sp_picture_limits){SP_LIMIT_DOT_STAGES, SP_LIMIT_DOT_LINKS});
    sp_buf_text(
        out,
        "digraph stages {\n"
        "  charset=\"UTF-8\";\n"
        "  bgcolor=\"#ffffff\";\n"
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];\n"
        "  edge [color=\"#57606a\", fontcolor=\"#57606a\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=9];\n");
    for (uint32_t i = 0; i < picture.stage_count; i++)
        put_stage(&picture, out, &picture.stages[i]);
    for (uint32_t i = 0; i < picture.outside_count; i++)
        put_outside(&picture, out, i);
    for (uint32_t i = 0; i < picture.group_count; i++)
        put_link(&picture, out, &picture.groups[i]);
    put_remarks(&picture, out);
    sp_buf_text(out, "}\n");
}
