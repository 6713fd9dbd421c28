/* The stage graph of one build: a document, arguments and targets in; stages, edges, states and roles out.

   Stages, instructions and edges refer to each other by index, never by pointer. A stage always comes after the stages
   it is built FROM. The world is open: an argument that nobody gave makes values unknown, not wrong, unless the input
   says that the arguments are complete. Source of the rules: BuildKit v0.34.2, dockerfile2llb. */
#ifndef SP_GRAPH_GRAPH_H
#define SP_GRAPH_GRAPH_H

#include "base/map.h"
#include "dockerfile/document.h"
#include "dockerfile/expand.h"
#include "image/reference.h"

#define SP_NONE UINT32_MAX /* no stage, instruction or edge */

typedef enum sp_edge_kind {
#define SP_EDGE(ID, name) SP_EDGE_##ID,
#include "graph/edge.def"
#undef SP_EDGE
} sp_edge_kind;

typedef enum sp_origin {
#define SP_ORIGIN(ID, name) SP_ORIGIN_##ID,
#include "graph/origin.def"
#undef SP_ORIGIN
} sp_origin;

/** A build argument that was given. */
typedef struct sp_argument {
    sp_str name, value;
} sp_argument;

/** What a named context stands for, by its value. */
typedef enum sp_named_kind {
    SP_NAMED_IMAGE,   /* docker-image://REFERENCE */
    SP_NAMED_SCRATCH, /* docker-image://scratch */
    SP_NAMED_FILES,   /* a folder, a repository, something from the net: files, and no settings */
    SP_NAMED_UNKNOWN  /* the result of another build (target:, service:), a local image (oci-layout://) */
} sp_named_kind;

/** A named context, as --build-context NAME=VALUE gives it. BuildKit takes it instead of the stage or image of that
    name. */
typedef struct sp_named_context {
    sp_str name, value;
    sp_named_kind kind;
    const sp_reference *image; /* of an image that BuildKit would accept */
    sp_str problem;            /* why it would not; else "" */
    bool perhaps;              /* it holds for one platform alone, and which one is built for is not known */
} sp_named_context;

/** How a Dockerfile is built. */
typedef struct sp_build_input {
    const sp_argument *arguments;
    size_t argument_count;
    const sp_str *targets; /* stage names; none: the last stage */
    size_t target_count;
    const sp_str *needed; /* targets of other builds ("": the last stage): they count as needed, and do not ship */
    size_t needed_count;
    const sp_argument *contexts; /* named contexts: a name as sp_named_key has it, perhaps with "::" and a platform */
    size_t context_count;
    sp_str platform;         /* of the target: "linux/arm64"; empty when it is not known */
    bool arguments_complete; /* the closed world: BuildKit's own verdicts */
} sp_build_input;

/** What a name of the environment is bound to: sp_map value of sp_state.environment. */
typedef struct sp_binding {
    sp_str name;
    sp_variable variable;
    bool is_env;                  /* ENV set it (it is in the image); otherwise an ARG */
    bool is_declared;             /* ARG declared it without giving it a value */
    uint32_t instruction;         /* graph instruction id that bound it, SP_NONE for automatic arguments */
    const struct sp_binding *env; /* the ENV that this ARG hides: the image, and a stage built FROM this one, keep it */
} sp_binding;

/** A label, port or volume and the instruction that set it; newest first. */
typedef struct sp_setting_item {
    const struct sp_setting_item *previous;
    sp_value name, value; /* label: both; port and volume: value alone */
    uint32_t instruction;
} sp_setting_item;

/** The settings at one moment. Immutable; instructions that change nothing share it. SP_NONE: not set in this
    Dockerfile along the base chain (then it comes from the root's base image, or is the default). */
typedef struct sp_state {
    const sp_map *environment;                                               /* name → sp_binding */
    uint32_t user, workdir, shell, entrypoint, cmd, healthcheck, stopsignal; /* instruction ids */
    bool cmd_cleared; /* an ENTRYPOINT reset an inherited CMD (BuildKit's rule): there is none, surely */
    const sp_setting_item *labels, *ports, *volumes;
} sp_state;

/** One executed instruction: the document's own, or an ONBUILD trigger that fired (in needed stages only). Unknown
    instructions and those that stand before the first FROM without being an ARG are left out. Its index is the id used
    below, and as `definition` of variables. */
typedef struct sp_graph_instruction {
    const sp_instruction *instruction;
    uint32_t stage;                  /* SP_NONE for a global ARG */
    const sp_state *before;          /* NULL for a global ARG */
    bool trigger;                    /* fired by the base; places are those of the FROM line */
    uint32_t first_edge, edge_count; /* edges this instruction made */
} sp_graph_instruction;

typedef struct sp_edge {
    sp_edge_kind kind;
    sp_origin origin;
    uint32_t to;                   /* stage */
    uint32_t from;                 /* stage, or SP_NONE */
    uint32_t instruction;          /* graph instruction id */
    sp_value reference;            /* the word: FROM's base, the --from value, mount from; empty for the context */
    const sp_reference *image;     /* of an image whose reference is known */
    const sp_named_context *named; /* of SP_ORIGIN_NAMED_CONTEXT */
    bool by_index;                 /* COPY --from=0 */
    const uint32_t *candidates;    /* stages it may be, when the reference is unknown but of few values */
    uint32_t candidate_count;
    sp_values sources;     /* copy and add: the sources that come this way; mount: its source, if any */
    sp_value destination;  /* copy, add: destination; mount: target */
    const sp_mount *mount; /* of a mount edge */
} sp_edge;

typedef struct sp_stage {
    uint32_t index;
    sp_str name;           /* lower case, "" without one */
    uint32_t from;         /* graph instruction id of its FROM */
    uint32_t first, count; /* its graph instructions, FROM first, fired triggers next */
    uint32_t base;         /* edge id, never SP_NONE */
    const sp_state *state; /* at its end */
    sp_value platform;     /* "linux/arm64": of --platform, its base stage or the target; unknown without any */
    bool replaced;         /* a named context stands for it: nothing but its FROM is executed */
    bool target, shipped, needed;
    const uint32_t *uses; /* edge ids into it, base first */
    uint32_t use_count;
    const uint32_t *used_by; /* edge ids out of it */
    uint32_t used_by_count;
} sp_stage;

typedef struct sp_graph {
    const sp_document *document;
    sp_arena *arena;
    const sp_stage *stages;
    uint32_t stage_count;
    const sp_graph_instruction *instructions; /* global ARGs, then stage by stage, in order of execution */
    uint32_t instruction_count;
    const sp_edge *edges;
    uint32_t edge_count;
    const uint32_t *targets; /* stages */
    uint32_t target_count;
    bool target_defaulted; /* nobody chose; other leaf stages may exist */
    bool target_missing;   /* a chosen target is not in this file: judged by the last stage instead */
    sp_value platform;     /* of the target */
    const sp_map *globals; /* name → sp_binding: global ARGs at the end of the scope; automatic ones (TARGETARCH …)
                              are in it only where an ARG declares them */
    sp_diagnostics diagnostics; /* the graph's own; the document's are in document->diagnostics */
} sp_graph;

/** Builds the graph into the document's arena; needs a recovery point there. Never NULL: a document without stages
    gives a graph without stages. */
const sp_graph *sp_graph_build(const sp_document *document, const sp_build_input *input);

/** The last stage of that name (any case), or SP_NONE. */
uint32_t sp_graph_find_stage(const sp_graph *graph, sp_str name);

/** A word of an executed instruction, expanded in the state before it (ENV: before the line; ARG: word by word). */
sp_value sp_graph_expand(const sp_graph *graph, uint32_t instruction, sp_word word);

/** The value of a pair of ENV, LABEL or ARG as the instruction gives it: ARG after build arguments and globals. */
sp_value sp_graph_expand_pair(const sp_graph *graph, uint32_t instruction, const sp_pair *pair);

/** Whether a fatal diagnostic stands in the document or the graph: BuildKit would refuse to build it. */
bool sp_graph_is_refused(const sp_graph *graph);

/** "base" of SP_EDGE_BASE; "stage" of SP_ORIGIN_STAGE. */
sp_str sp_edge_name(sp_edge_kind kind);
sp_str sp_origin_name(sp_origin origin);

/** What a message calls a stage: its name, or "stage 2". */
sp_str sp_stage_label(const sp_graph *graph, uint32_t stage);

/** What a named context brings, as it was given: "debian:12", "scratch", "./files", "target:base". */
sp_str sp_named_text(const sp_named_context *named);

/** The stages from `stage` down its base edges to its root, in an array on the arena. */
const uint32_t *sp_graph_chain(const sp_graph *graph, uint32_t stage, uint32_t *count);

#endif
