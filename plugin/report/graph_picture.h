/* What all pictures of a stage graph share: which stages are shown, what comes from outside, and links, of which there
   is one for all edges of a kind between two places. */
#ifndef SP_REPORT_GRAPH_PICTURE_H
#define SP_REPORT_GRAPH_PICTURE_H

#include "report/graph_format.h"

/** Something outside the file that stages take from: an image, a named context, a URL, a repository. The build context,
    scratch and files written in the Dockerfile are none: every other stage has them, so each says so itself. */
typedef struct sp_outside {
    sp_origin origin;
    sp_str text; /* what it is called; an unknown run of it is "…" */
} sp_outside;

/** Edges of one kind from one place to one stage. */
typedef struct sp_link_group {
    sp_edge_kind kind;
    bool candidate;      /* only maybe: the reference is unknown, and may be this stage */
    bool trigger;        /* all of them come from triggers that fired */
    uint32_t from;       /* stage, or SP_NONE */
    uint32_t outside;    /* index in `outsides`, or SP_NONE */
    uint32_t to;         /* stage */
    uint32_t count;      /* edges */
    const sp_edge *edge; /* the first of them */
} sp_link_group;

/** A stage as pictures show it. */
typedef struct sp_shown_stage {
    const sp_stage *stage;
    uint32_t first, count; /* its groups: what enters it, in order of file */
    bool context, inlined; /* takes files from the build context; files that the Dockerfile itself holds */
} sp_shown_stage;

typedef struct sp_picture {
    const sp_graph_drawing *drawing;
    const sp_graph *graph;
    sp_arena *arena;
    const sp_shown_stage *stages; /* in file order */
    uint32_t stage_count;
    const uint32_t *rows; /* one a stage of the graph: its index in `stages`, or SP_NONE */
    const sp_outside *outsides;
    uint32_t outside_count;
    const sp_link_group *groups;
    uint32_t group_count;
    uint32_t left_out; /* stages that are not shown for the limits of a format */
} sp_picture;

/** How much a format can show; 0 is no limit. */
typedef struct sp_picture_limits {
    uint32_t stages, groups;
} sp_picture_limits;

/** Chooses what is shown: all stages, or the needed ones; past a limit, those that ship come first, then the needed
    ones, each in file order. Takes memory of the graph's arena. */
sp_picture sp_picture_make(const sp_graph_drawing *drawing, sp_picture_limits limits);

/** What a role is called: "target", "shipped", "needed", "dead". */
typedef enum sp_role { SP_ROLE_DEAD, SP_ROLE_NEEDED, SP_ROLE_SHIPPED, SP_ROLE_TARGET } sp_role;

sp_role sp_picture_role(const sp_stage *stage);
const char *sp_picture_role_name(sp_role role);

/** What is said of a compiler; "" where there is none to speak of. */
const char *sp_picture_compiler(sp_compiler compiler);

/** A value as people read it: an unknown run is "…"; the text as written where the build would refuse it. */
sp_str sp_picture_value(sp_arena *arena, const sp_value *value);

/** What comes from outside by an edge is called: an image by its reference, or by what its number or the named context
    that stands for it means. */
sp_str sp_picture_outside(sp_arena *arena, const sp_edge *edge);

/** What is copied or mounted, "a b → c"; "" when nothing is known. */
sp_str sp_picture_paths(sp_arena *arena, const sp_edge *edge);

/** What a mount is called: its type, "bind" without one. */
sp_str sp_picture_mount(const sp_edge *edge);

/** "copy", "mount cache", with " ×3" when the group has as many edges. */
sp_str sp_picture_link(sp_arena *arena, const sp_link_group *group);

/** The base in words: "golang:1.26", the label of a stage, "scratch". */
sp_str sp_picture_base(const sp_picture *picture, const sp_stage *stage);

/** What a stage takes that no box stands for: "build context, inline files"; "" for nothing. */
sp_str sp_picture_local(const sp_shown_stage *shown);

/** "3 findings, the worst an error: title"; "" without findings. */
sp_str sp_picture_findings(const sp_picture *picture, const sp_stage_note *note);

/** "5 stages: 4 needed, 2 of them shipped" */
sp_str sp_picture_summary(const sp_picture *picture);

/** What a picture must say of itself: the file refused, findings incomplete, stages left out; each a sentence. */
typedef SP_LIST(sp_str) sp_picture_remarks;
sp_picture_remarks sp_picture_remark(const sp_picture *picture);

/** A text cut to so many terminal columns, with an ellipsis, made safe to show. */
sp_str sp_picture_cut(sp_arena *arena, sp_str text, uint32_t columns);

#endif
