/* A stage graph as a Mermaid flowchart, which GitLab and GitHub draw in a merge request.

   Mermaid reads a label in several ways at once: entities (#35;), Markdown, HTML, directives anywhere in the text. So
   of a Dockerfile's text only letters, digits and a few harmless characters are written as they are. */
#include "report/graph_picture.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "result/results.h"

enum { NAME_COLUMNS = 32, TEXT_COLUMNS = 40, FINDINGS_COLUMNS = 80 };

static bool is_harmless(char byte)
{
    return sp_ascii_is_letter_or_digit(byte) || byte == ' ' || byte == '.' || byte == '-' || byte == '/' ||
           byte == ':' || byte == ',' || byte == '@' || (unsigned char)byte >= 0x80;
}

/* The text is safe to show (sp_picture_cut): what is not ASCII in it is a whole character. */
static void put_text(sp_buf *out, sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (is_harmless(text.text[i]))
            sp_buf_byte(out, text.text[i]);
        else
            sp_buf_print(out, "#%u;", (unsigned)(unsigned char)text.text[i]);
    }
}

static void put_line(const sp_picture *picture, sp_buf *out, sp_str text, uint32_t columns)
{
    if (text.size == 0)
        return;
    sp_buf_text(out, "<br/>");
    put_text(out, sp_picture_cut(picture->arena, text, columns));
}

/* The base, where no arrow shows it. */
static void put_base(const sp_picture *picture, sp_buf *out, const sp_stage *stage)
{
    if (picture->graph->edges[stage->base].origin == SP_ORIGIN_SCRATCH)
        put_line(picture, out, SP_STR("FROM scratch"), TEXT_COLUMNS);
}

static void put_stage(const sp_picture *picture, sp_buf *out, const sp_shown_stage *shown)
{
    const sp_stage *stage = shown->stage;
    const sp_stage_note *note = &picture->drawing->notes[stage->index];
    bool target = stage->target;
    sp_buf_print(out, "  s%u%s\"<b>", stage->index, target ? "([" : "[");
    put_text(out, sp_picture_cut(picture->arena, sp_stage_label(picture->graph, stage->index), NAME_COLUMNS));
    sp_buf_text(out, "</b>");
    put_base(picture, out, stage);
    put_line(picture, out, sp_picture_local(shown), TEXT_COLUMNS);
    put_line(picture, out, sp_str_from(sp_picture_compiler(note->compiler)), TEXT_COLUMNS);
    put_line(picture, out, sp_picture_findings(picture, note), FINDINGS_COLUMNS);
    sp_buf_print(out, "\"%s:::%s\n", target ? "])" : "]", sp_picture_role_name(sp_picture_role(stage)));
}

static void put_outside(const sp_picture *picture, sp_buf *out, uint32_t index)
{
    const sp_outside *outside = &picture->outsides[index];
    sp_buf_print(out, "  x%u[/\"", index);
    put_text(out, sp_picture_cut(picture->arena, outside->text, TEXT_COLUMNS));
    sp_buf_text(out, "\"/]:::outside\n");
}

/* Thick: built FROM it. Dotted: a mount, or only maybe. */
static const char *arrow_of(const sp_link_group *group)
{
    if (group->candidate || group->kind == SP_EDGE_MOUNT)
        return "-.->";
    return group->kind == SP_EDGE_BASE ? "==>" : "-->";
}

static void put_link(const sp_picture *picture, sp_buf *out, const sp_link_group *group)
{
    bool plain = group->kind == SP_EDGE_BASE && !group->candidate;
    if (group->from != SP_NONE)
        sp_buf_print(out, "  s%u %s", group->from, arrow_of(group));
    else
        sp_buf_print(out, "  x%u %s", group->outside, arrow_of(group));
    if (!plain) {
        sp_buf_text(out, "|\"");
        put_text(out, sp_picture_link(picture->arena, group));
        sp_buf_text(out, "\"|");
    }
    sp_buf_print(out, " s%u\n", group->to);
}

/* Fills and text are set together, so that they can be read on a light page and on a dark one. */
static void put_role_classes(sp_buf *out, uint32_t used)
{
    static const char *const looks[] = {
        [SP_ROLE_DEAD] = "fill:#eaeef2,stroke:#8c959f,color:#57606a,stroke-dasharray:4 3",
        [SP_ROLE_NEEDED] = "fill:#ddf4ff,stroke:#0969da,color:#0a3069",
        [SP_ROLE_SHIPPED] = "fill:#2da44e,stroke:#116329,color:#ffffff",
        [SP_ROLE_TARGET] = "fill:#1a7f37,stroke:#116329,color:#ffffff,stroke-width:3px"};
    for (sp_role role = SP_ROLE_DEAD; role <= SP_ROLE_TARGET; role++) {
        if ((used >> role & 1) != 0)
            sp_buf_print(out, "  classDef %s %s\n", sp_picture_role_name(role), looks[role]);
    }
}

static void put_severity_classes(sp_buf *out, uint32_t used)
{
    static const char *const strokes[] = {
        [SP_SEVERITY_INFO] = "#1b7c83", [SP_SEVERITY_WARNING] = "#bf3989", [SP_SEVERITY_ERROR] = "#cf222e"};
    for (sp_severity severity = SP_SEVERITY_INFO; severity <= SP_SEVERITY_ERROR; severity++) {
        if ((used >> severity & 1) != 0)
            sp_buf_print(out, "  classDef %s stroke:%s,stroke-width:4px\n", sp_severity_name(severity),
                         strokes[severity]);
    }
}

/* Those that occur. */
static void put_classes(const sp_picture *picture, sp_buf *out)
{
    uint32_t roles = 0, severities = 0;
    for (uint32_t i = 0; i < picture->stage_count; i++) {
        const sp_stage *stage = picture->stages[i].stage;
        const sp_stage_note *note = &picture->drawing->notes[stage->index];
        roles |= 1u << sp_picture_role(stage);
        severities |= note->finding_count > 0 ? 1u << note->worst : 0;
    }
    put_role_classes(out, roles);
    put_severity_classes(out, severities);
    if (picture->outside_count > 0)
        sp_buf_text(out, "  classDef outside fill:#fff8c5,stroke:#9a6700,color:#4d2d00\n");
}

/* The border of a stage tells the worst that was found there. */
static void put_severity(const sp_picture *picture, sp_buf *out, const sp_stage *stage)
{
    const sp_stage_note *note = &picture->drawing->notes[stage->index];
    if (note->finding_count > 0)
        sp_buf_print(out, "  class s%u %s\n", stage->index, sp_severity_name(note->worst));
}

static void put_remarks(const sp_picture *picture, sp_buf *out)
{
    sp_picture_remarks remarks = sp_picture_remark(picture);
    for (uint32_t i = 0; i < remarks.count; i++) {
        sp_buf_print(out, "  r%u>\"", i);
        put_text(out, sp_picture_cut(picture->arena, remarks.items[i], 3 * TEXT_COLUMNS));
        sp_buf_text(out, "\"]\n");
    }
}

/* flowchart = head { stage } { outside } { link } { remark } classes { severity } */
static void put_all(const sp_picture *picture, sp_buf *out)
{
    sp_buf_text(out, "flowchart TD\n");
    for (uint32_t i = 0; i < picture->stage_count; i++)
        put_stage(picture, out, &picture->stages[i]);
    for (uint32_t i = 0; i < picture->outside_count; i++)
        put_outside(picture, out, i);
    for (uint32_t i = 0; i < picture->group_count; i++)
        put_link(picture, out, &picture->groups[i]);
    put_remarks(picture, out);
    put_classes(picture, out);
    for (uint32_t i = 0; i < picture->stage_count; i++)
        put_severity(picture, out, picture->stages[i].stage);
}

/* Once more with fewer stages while it is too long for Mermaid, which only long texts or many escapes make it. */
void sp_graph_mermaid(const sp_graph_drawing *drawing, sp_buf *out)
{
    sp_picture_limits limits = {SP_LIMIT_MERMAID_STAGES, SP_LIMIT_MERMAID_LINKS};
    size_t start = out->size;
    sp_picture picture = sp_picture_make(drawing, limits);
    put_all(&picture, out);
    while (out->size - start > SP_LIMIT_MERMAID_BYTES && picture.stage_count > 1) {
        out->size = start;
        limits.stages = picture.stage_count - picture.stage_count / 4 - 1;
        picture = sp_picture_make(drawing, limits);
        put_all(&picture, out);
    }
}
