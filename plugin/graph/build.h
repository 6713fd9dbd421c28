/* What the files of this layer share while a graph is built, and what a finished graph remembers beyond graph.h.

   The order of work is BuildKit's: what a build gives by itself (automatic.c, named.c), global arguments (scope.c), the
   base of every stage (base.c), what every --from
   means (link.c), circles (cycle.c), targets and what they need, firing triggers on the way (reach.c), then every
   instruction in order (execute.c). */
#ifndef SP_GRAPH_BUILD_H
#define SP_GRAPH_BUILD_H

#include "graph/graph.h"

/** The state before each pair of one ARG: later words of the line see earlier ones. */
typedef struct sp_arg_words {
    uint32_t instruction;
    const sp_map *const *before; /* one a pair */
} sp_arg_words;

/** A graph with what expanding its words later needs. */
typedef struct sp_whole_graph {
    sp_graph graph;                  /* first: the public pointer is also this one's */
    const sp_map *arguments;         /* name → sp_str: build arguments that were given */
    bool complete;                   /* no others will be given */
    const sp_map *automatic;         /* name → sp_variable: automatic arguments of which something is known */
    const sp_map *contexts;          /* name → sp_named_context; NULL when none is given */
    bool *environment_known;         /* one a stage: the root's environment holds nothing that we do not know */
    SP_LIST(sp_arg_words) arg_words; /* every global ARG, and stage ARGs of several words; ascending */
} sp_whole_graph;

/** A reference to where something comes from, resolved: COPY --from, or the from of a mount. */
typedef struct sp_link {
    const sp_instruction *instruction;
    const sp_mount *mount;     /* NULL: COPY --from */
    const sp_reference *image; /* of SP_ORIGIN_IMAGE */
    uint32_t stage;            /* of SP_ORIGIN_STAGE, else SP_NONE */
    sp_origin origin;          /* STAGE IMAGE SCRATCH NAMED_CONTEXT; UNKNOWN when it is refused */
    const sp_named_context *named;
    bool by_index;
} sp_link;

typedef SP_LIST(const sp_instruction *) sp_instruction_list;

/** What is known of a stage before it is executed. */
typedef struct sp_plan {
    uint32_t first, end;           /* its own instructions in the document, FROM first */
    uint32_t first_link, end_link; /* of its own instructions, in order */
    sp_instruction_list triggers;  /* that fire in it */
    uint32_t first_trigger_link;   /* of those, in order */
    SP_LIST(uint32_t) onbuilds;    /* its ONBUILDs in the document: they fire in stages built FROM it */
    sp_origin origin;              /* of its base */
    uint32_t base;                 /* stage, or SP_NONE */
    sp_value reference;
    const sp_reference *image;
    const sp_named_context *named;
    const uint32_t *candidates;
    uint32_t candidate_count;
    const uint32_t *lent; /* stages that it is built FROM for other platforms */
    uint32_t lent_count;
    SP_LIST(sp_str) hidden; /* names of ENVs that an ARG of this stage hides: they come back in its children */
    const sp_state *passed; /* what a child starts with; NULL until one asks */
} sp_plan;

/** Stages by name: an open table of indexes. Setting a name again replaces it. */
typedef struct sp_names {
    uint32_t *slots; /* stage + 1; 0 is free */
    uint32_t mask;
} sp_names;

/** The work in progress. */
typedef struct sp_builder {
    sp_whole_graph *whole;
    sp_graph *graph; /* of `whole` */
    const sp_document *document;
    const sp_build_input *input;
    sp_arena *arena;
    sp_stage *stages;
    sp_plan *plans;
    sp_names names;
    sp_graph_instruction *instructions;
    SP_LIST(sp_edge) edges;
    SP_LIST(sp_link) links;
    SP_LIST(uint32_t) externals; /* BuildKit's numbers past the last stage: link, or SP_NONE for scratch */
    uint32_t scratch_stage;      /* the stage that is named "scratch", or SP_NONE */
    bool *candidate;             /* one a stage: the unknown base of another may be it */
    size_t expansion_left;       /* bytes that expanding may still add to what is written */
    size_t trigger_left;         /* bytes of triggers that may still fire */
    uint32_t candidate_left;     /* comparisons of stage names that may still be made */
} sp_builder;

/* --- automatic.c: what a build knows by itself --- */

/** Takes the target's platform and the automatic arguments from the input. */
void sp_automatic__start(sp_builder *builder);

/** What an automatic argument is when no build argument replaces it. */
sp_variable sp_automatic__value(const sp_whole_graph *whole, sp_str name);

/** Whether a name is one of the automatic arguments. */
bool sp_automatic__has(sp_str name);

/* --- named.c: named contexts --- */

/** Takes the named contexts from the input. */
void sp_named__start(sp_builder *builder);

/** The context that BuildKit takes instead of a stage, or of an image, on a platform; NULL when there is none. */
const sp_named_context *sp_named__find_stage(const sp_builder *builder, sp_str stage, const sp_value *platform);
const sp_named_context *sp_named__find_image(const sp_builder *builder, const sp_reference *image,
                                             const sp_value *platform);

/** Says that the context is none, where it is taken. */
void sp_named__judge(sp_builder *builder, const sp_named_context *named, sp_span span, bool fatal);

/* --- scope.c: who sees which variable --- */

/** A place to look names up from: the lookup's payload. */
typedef struct sp_scope {
    const sp_whole_graph *whole;
    const sp_map *environment;
    bool global;       /* FROM and global ARG */
    bool any_platform; /* what the target's platform decides counts as unknown */
    bool known;        /* of a stage: the root's environment */
    bool windows;      /* of a stage: it has no PATH by itself */
} sp_scope;

/** The lookup: what a name is bound to in the sp_scope that is the payload. */
sp_variable sp_scope__look_up(sp_str name, void *payload);

/** The build argument that was given, or NULL. */
const sp_str *sp_scope__given(const sp_whole_graph *whole, sp_str name);

sp_scope sp_scope__global(const sp_whole_graph *whole);
sp_scope sp_scope__stage(const sp_whole_graph *whole, uint32_t stage, const sp_map *environment);

/** Expands a word in a scope; words without anything to expand cost nothing. */
sp_value sp_scope__expand(const sp_scope *scope, const sp_instruction *instruction, sp_word word);

/** The same for the two other modes of expansion. */
void sp_scope__split(const sp_scope *scope, const sp_instruction *instruction, sp_word word, sp_values *out);
sp_value sp_scope__body(const sp_scope *scope, const sp_heredoc *heredoc);

/** Executes a global ARG, an ARG and an ENV of a stage. */
void sp_scope__declare_global(sp_builder *builder, uint32_t instruction);
const sp_map *sp_scope__declare(sp_builder *builder, uint32_t instruction, const sp_map *environment);
const sp_map *sp_scope__set(sp_builder *builder, uint32_t instruction, const sp_map *environment);

/** The environment that a stage built FROM one starts with: ENVs that an ARG hid are back. */
const sp_map *sp_scope__inherit(sp_builder *builder, uint32_t base, const sp_map *environment);

/* --- judge.c: saying what is wrong --- */

/** The beginning of a text from the Dockerfile, short enough for a message. */
sp_str sp_judge__brief(sp_str text);

/** What a message calls a stage: 'name', or stage 2. */
sp_str sp_judge__label(const sp_builder *builder, uint32_t stage);

/** Adds a diagnostic that is fatal where `fatal`. */
void sp_judge__say(sp_builder *builder, sp_diagnostic_id id, sp_span span, bool fatal, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Adds one about what a value is. Where an argument that nobody gave decides the value, it is not fatal, and says so.
 */
void sp_judge__refuse(sp_builder *builder, const sp_value *value, sp_diagnostic_id id, bool fatal, const char *format,
                      ...) __attribute__((format(printf, 5, 6)));

/** Expands a word, and says where BuildKit would refuse to. */
sp_value sp_judge__expand(sp_builder *builder, const sp_scope *scope, const sp_instruction *instruction, sp_word word,
                          bool fatal);

/** The same for a word that may become several (EXPOSE), and for the body of an inline file. */
void sp_judge__split(sp_builder *builder, const sp_scope *scope, const sp_instruction *instruction, sp_word word,
                     bool fatal, sp_values *out);
void sp_judge__body(sp_builder *builder, const sp_scope *scope, const sp_heredoc *heredoc, bool fatal);

/** The first argument of the value that nobody gave and a build could give; an empty text without one. */
sp_str sp_judge__missing(const sp_builder *builder, const sp_value *value);

/* --- the steps --- */

/** An empty table with room for the names of so many stages; setting gives a stage's name to that stage. */
void sp_names__init(sp_names *names, sp_arena *arena, uint32_t stage_count);
void sp_names__set(sp_names *names, const sp_stage *stages, uint32_t stage);

/** The stage of a name in lower case (in any case), or SP_NONE. */
uint32_t sp_names__find(const sp_names *names, const sp_stage *stages, sp_str name);
uint32_t sp_names__find_nocase(const sp_names *names, const sp_stage *stages, sp_str name);

/** What a stage is built FROM, its platform and its name; all stages before it are resolved. */
void sp_base__resolve(sp_builder *builder, uint32_t stage);

/** Adds a link for every --from of a stage's own instructions, or of one instruction. */
void sp_link__resolve_stage(sp_builder *builder, uint32_t stage);
void sp_link__resolve(sp_builder *builder, const sp_instruction *instruction);

/** Whether the mount makes a link. */
bool sp_link__is_mount(const sp_builder *builder, const sp_mount *mount);

/** The word that a diagnostic about a link underlines. */
sp_span sp_link__span(const sp_link *link);

/** Says where stages copy from each other in a circle. */
void sp_cycle__report(sp_builder *builder);

/** Marks the target stages; then what they need, with the triggers that fire there, and what ships. There is a stage.
 */
void sp_reach__choose_targets(sp_builder *builder);
void sp_reach__close(sp_builder *builder);

/** Marks as needed what other builds take; after execution. There is a stage. */
void sp_reach__lend(sp_builder *builder);

/** Says that nobody chose the target, where that leaves something out. */
void sp_reach__say_default(sp_builder *builder);

/** Executes every stage: fills instructions, edges and states. */
void sp_execute__stages(sp_builder *builder);

/** Says what cannot be written down for sending; after execution. */
void sp_send__judge(sp_builder *builder);

/** Says which option of BuildKit's own checks it cannot read. */
void sp_lint__judge(sp_builder *builder);

/** Says what is wrong with SOURCE_DATE_EPOCH. */
void sp_epoch__judge(sp_builder *builder);

#endif
