/* Derived, read-only knowledge about one graph, one question a function; computed on first use and kept. */
#ifndef SP_FACTS_FACTS_H
#define SP_FACTS_FACTS_H

#include "facts/answer.h"
#include "image/known.h"
#include "shell/script.h"

/** The facts of one graph; lives in its arena and needs a recovery point there in every call. */
typedef struct sp_facts sp_facts;

sp_facts *sp_facts_new(const sp_graph *graph);

/** The same, with what is known of images beside the catalogue: that lives as long as the facts. */
sp_facts *sp_facts_new_knowing(const sp_graph *graph, const sp_known_images *known);
const sp_known_images *sp_facts_known_images(const sp_facts *facts);

/** The row of an edge's image; NULL when the catalogue does not have it, or not for sure which of several it is. */
const sp_image_row *sp_facts_image_row(sp_facts *facts, const sp_edge *edge);

const sp_graph *sp_facts_graph(const sp_facts *facts);

/** The catalogue's row of the image a stage's chain rests on; NULL when the root is no known image. */
const sp_image_row *sp_facts_root_image(sp_facts *facts, uint32_t stage);

/** How an effective setting came to be. */
typedef enum sp_setting_state {
    SP_SETTING_SET,       /* "set": by an instruction of this stage */
    SP_SETTING_INHERITED, /* "inherited": by a stage below */
    SP_SETTING_IMAGE,     /* "image": the base image, as the catalogue says */
    SP_SETTING_DEFAULT,   /* "default": nothing sets it, surely */
    SP_SETTING_UNKNOWN    /* "unknown": the base image may set it */
} sp_setting_state;

/** One effective property of a stage, at a state (its end, or before an instruction). */
typedef struct sp_setting {
    sp_setting_state state;
    sp_value value;       /* known, or not */
    uint32_t instruction; /* that sets it, or SP_NONE */
    bool assumed;         /* an image sets it that the catalogue only assumes to */
    sp_steps evidence;
} sp_setting;

/** Which one-valued settings there are. */
typedef enum sp_setting_kind {
    SP_SETTING_USER,
    SP_SETTING_WORKDIR,
    SP_SETTING_SHELL,
    SP_SETTING_ENTRYPOINT,
    SP_SETTING_CMD,
    SP_SETTING_HEALTHCHECK,
    SP_SETTING_STOPSIGNAL
} sp_setting_kind;

/** A setting at a state of a stage. The default user is "root", the default workdir "/". */
sp_setting sp_facts_setting(sp_facts *facts, uint32_t stage, const sp_state *state, sp_setting_kind kind);

/** An environment variable (ENV), or a label, at a state: by name. */
sp_setting sp_facts_environment(sp_facts *facts, uint32_t stage, const sp_state *state, sp_str name);
sp_setting sp_facts_label(sp_facts *facts, uint32_t stage, const sp_state *state, sp_str name);

/** Is a user root: by name, number 0 or default. `user` is a USER setting. */
sp_answer sp_facts_is_root(sp_facts *facts, const sp_setting *user);

/** The script of an executed RUN, CMD, ENTRYPOINT or HEALTHCHECK; NULL for another kind. */
const sp_script *sp_facts_script(sp_facts *facts, uint32_t instruction);

/** What a package manager is told to do. */
typedef enum sp_action { SP_INSTALL, SP_REMOVE, SP_UPDATE, SP_UPGRADE, SP_CLEAN, SP_DOWNLOAD } sp_action;

/** One package named to a manager. */
typedef struct sp_package {
    sp_str name;    /* without version; "" when unknown */
    sp_str version; /* as written, "" without one */
    sp_value word;
    sp_str source; /* "index" "file" "url" "git" */
} sp_package;

typedef struct sp_operation {
    sp_str manager; /* "apt" "apk" "dnf" "pip" "npm" "go" … */
    sp_action action;
    uint32_t instruction, command; /* in that instruction's script */
    sp_span span;                  /* the action's word */
    const sp_package *packages;
    uint32_t package_count;
    bool manifest;   /* also what a file lists: npm ci, pip install -r */
    bool recommends; /* apt: recommended packages come along */
    bool certain;
} sp_operation;

/** The operations of an executed RUN, in order. */
const sp_operation *sp_facts_operations(sp_facts *facts, uint32_t instruction, uint32_t *count);

/** Whether a package is one version, or not from an index of versions. */
sp_truth sp_facts_is_pinned(sp_str manager, const sp_package *package);

/** Does an operation go on without somebody who answers its manager's question. */
sp_answer sp_facts_confirmed(sp_facts *facts, const sp_operation *operation);

/** The names of all capabilities ("c-compiler"), and of all classes of them ("native-compiler"). */
const sp_str *sp_capability_names(size_t *count);

/** Does the filesystem of a stage contain any of these capabilities or classes: by its root image, its chain's installs
    and removals, and whole trees copied in. Each item's steps are the chain, outermost stage first. */
sp_answer sp_facts_contains(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count);

/** The same of one image alone. */
sp_answer sp_facts_image_contains(sp_facts *facts, const sp_edge *edge, const sp_str *names, size_t count);

/** Does the stage or its chain install a package whose name matches one of the globs, and not remove it again. */
sp_answer sp_facts_installs(sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count);

/** Does the stage rest on a stage whose name matches one of the globs, over all edges. */
sp_answer sp_facts_depends_on(sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count);

/** Does the build need the stage: over edges from a target, with the shortest such way; unknown over candidates alone.
    What other builds of the file take is not looked at. */
sp_answer sp_facts_needed(sp_facts *facts, uint32_t stage);

/** Does the stage start a program of its own: its CMD and ENTRYPOINT, or those of an image that is a service. Unknown
    where nothing is set, or a shell, an interpreter or a build tool alone: it may be an image to work in or to build on.
    No for scratch alone, which starts nothing. */
sp_answer sp_facts_runs(sp_facts *facts, uint32_t stage);

/** Has a stage a file or folder of that absolute path: what WORKDIR, COPY and ADD of its chain make. What an image has
    and a RUN does is unknown; the steps say all that bears on it. */
sp_answer sp_facts_has_path(sp_facts *facts, uint32_t stage, sp_str path);

/** Does an operation leave in its layer what it downloaded to do it: package lists, an index, archives. The first item is
    what (cache.def). What only an image may switch off is assumed to be on where the catalogue has the image. */
sp_answer sp_facts_cache_left(sp_facts *facts, const sp_operation *operation);

/** Appends the steps from a stage down to the image that its chain rests on. */
void sp_facts_add_chain(sp_facts *facts, uint32_t stage, sp_steps *steps);

/** What a stage produces for the image and nobody takes: section 10.1 of the API page. Each answer's first item is
    the thing ("packages of requirements.txt"); `kind` beside it. */
typedef struct sp_left_behind {
    sp_answer answer;
    sp_str path; /* where it is, "" when not one place */
    sp_str kind; /* "package" "artifact" "download" */
} sp_left_behind;

const sp_left_behind *sp_facts_left_behind(sp_facts *facts, uint32_t stage, uint32_t *count);

#endif
