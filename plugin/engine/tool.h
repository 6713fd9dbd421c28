/* What the command needs beside the public API, and hosts do not: the only internal header that cli/ may include. */
#ifndef SP_ENGINE_TOOL_H
#define SP_ENGINE_TOOL_H

#include <stagepolicy/stagepolicy.h>

/** Whether the configuration's `paths:` lets a report path in. */
int32_t sp_tool_includes_path(const sp_engine *engine, const char *path);

/** Who watches the policies of a run. */
typedef struct sp_tool_watch {
    void *payload;
    void (*line)(void *payload, const char *path, uint32_t line);      /* the code of a line of a Lua file begins */
    void (*judged)(void *payload, const char *policy, uint64_t steps); /* a judgement ended, after so many steps */
} sp_tool_watch;

/** Lets somebody watch a run, until it is freed. */
void sp_tool_watch_run(sp_run *run, const sp_tool_watch *watch);

/** Calls `line` for the lines of a Lua file that have code, those outside of functions apart. SP_E_PACK when it does
   not compile, SP_E_MEMORY. */
sp_status sp_tool_code_lines(const char *path, const char *text, size_t size,
                             void (*line)(void *payload, uint32_t line), void *payload);

/** Takes what looks wrong at a place of a Lua file. */
typedef void sp_tool_remark(void *payload, uint32_t line, uint32_t column, const char *check, const char *message);

/** Reads the file of a policy that was loaded for what looks wrong; `policy` past the end: a module. SP_E_MEMORY. */
sp_status sp_tool_lint(const sp_engine *engine, size_t policy, const char *text, size_t size, sp_tool_remark *remark,
                       void *payload);

/** Whether a glob, as configurations have them, matches a text. */
int32_t sp_tool_matches(const char *glob, const char *text);

/** The name of the pack in a folder, in memory of the C library: free with sp_text_free. SP_E_PACK, SP_E_READ with the
    place, SP_E_MEMORY. */
sp_status sp_tool_pack_name(const char *folder, char **out, sp_error *error);

/** Whether a pack or policy may be called so. */
int32_t sp_tool_is_name(const char *name);

/** Whether a text is a day that sp_run_today takes. */
int32_t sp_tool_is_day(const char *text);

/** Lines of one instruction of a Dockerfile. */
typedef struct sp_tool_instruction {
    uint32_t first_line, last_line; /* from 1; heredocs included */
} sp_tool_instruction;

/** The instructions of a Dockerfile, in file order, in memory of the C library: free with sp_text_free((char *)…).
    SP_E_MEMORY. */
sp_status sp_tool_instructions(const char *text, size_t size, sp_tool_instruction **out, size_t *count);

/** What is said about a build beside its Dockerfile. */
typedef struct sp_tool_inputs {
    const char *const *arguments, *const *contexts; /* NAME=VALUE */
    size_t argument_count, context_count;
    const char *const *targets;
    size_t target_count;
    const char *platform;       /* NULL: not known */
    int32_t arguments_complete; /* the closed world */
} sp_tool_inputs;

/** How a Dockerfile is read and shown. */
typedef struct sp_tool_parse_options {
    const char *format;
    int32_t expand;  /* give words their values; only then, and for a refusal, the rest counts */
    int32_t refusal; /* write the one message of BuildKit instead, which knows no arguments but these */
    sp_tool_inputs inputs;
} sp_tool_parse_options;

/** What was read of a Dockerfile, in memory of the C library: free with sp_text_free; NULL when it is empty. The
    verdict is SP_PASS, or SP_INPUT when BuildKit would refuse the file. SP_E_USAGE (no such format or platform, a wrong
    name of a context), SP_E_MEMORY; said in `error`, which may be NULL. */
sp_status sp_tool_parse(const char *path, const char *text, size_t size, const sp_tool_parse_options *options,
                        char **out, size_t *out_size, int32_t *verdict, sp_error *error);

/** The name of format `index`, or NULL. */
const char *sp_tool_parse_format_at(size_t index);

/** How the stages of a Dockerfile are drawn. */
typedef struct sp_tool_graph_options {
    const char *format;
    int32_t color;
    sp_tool_inputs inputs; /* with targets, what they do not need is left out */
} sp_tool_graph_options;

/** A picture of a Dockerfile's stages, in memory of the C library: free with sp_text_free. With an engine, its policies
    judge the file as a run does, and stages are marked with what they found; NULL: nobody judges. The verdict is
   SP_PASS, SP_INPUT when BuildKit would refuse the file, or SP_POLICY when a policy failed. SP_E_USAGE (no such format
   or target), SP_E_MEMORY, and what sp_run_check gives; said in `error`, which may be NULL. */
sp_status sp_tool_graph(sp_engine *engine, const char *path, const char *text, size_t size,
                        const sp_tool_graph_options *options, char **out, size_t *out_size, int32_t *verdict,
                        sp_error *error);

/** The name of format `index`, or NULL. */
const char *sp_tool_graph_format_at(size_t index);

/** A stage that another build of the Dockerfile takes. */
typedef struct sp_tool_lent {
    const char *target; /* NULL: the last stage */
    const char *build;  /* "'dev' of compose.yaml" */
} sp_tool_lent;

/** What is asked of a stage, and how it is told. */
typedef struct sp_tool_why_options {
    const char *format;
    const char *folder; /* text: that paths are shown from */
    const char *stage;  /* its name or index; "." for the target */
    const char *about;  /* NULL: the stage itself; else what it may contain: a capability, a class of them, or a path */
    int32_t color;
    sp_tool_inputs inputs;
    const sp_tool_lent *lent;
    size_t lent_count;
} sp_tool_why_options;

/** Why a stage ships, is needed or not, or contains something, in memory of the C library: free with sp_text_free. The
    verdict is SP_PASS, or SP_INPUT when BuildKit would refuse the file: then nothing is told but why. SP_E_USAGE (no
    such format, target, stage or capability), SP_E_MEMORY; said in `error`, which may be NULL. */
sp_status sp_tool_why(const char *path, const char *text, size_t size, const sp_tool_why_options *options, char **out,
                      size_t *out_size, int32_t *verdict, sp_error *error);

/** The name of format `index`, or NULL. */
const char *sp_tool_why_format_at(size_t index);

/** What policies can use, in memory of the C library: free with sp_text_free. SP_E_USAGE (no such format), said in
    `error`, which may be NULL; SP_E_MEMORY. */
sp_status sp_tool_api(const char *format, char **out, size_t *out_size, sp_error *error);

/** A text that the command has read; `path` is for messages. */
typedef struct sp_tool_text {
    const char *path, *text;
    size_t size;
} sp_tool_text;

enum {
    SP_TOOL_COMPOSE,  /**< compose files, each over those before it */
    SP_TOOL_BAKE,     /**< one bake file */
    SP_TOOL_ARGUMENTS /**< one file of build arguments: one build without a name */
};

/** Files that declare builds. The callbacks give texts in memory of the C library, which the reader frees. */
typedef struct sp_tool_declaring {
    int32_t kind;
    const sp_tool_text *files;
    size_t count;
    const char *selected;                                         /* bake: a target or group; NULL for the default */
    const sp_tool_text *variables;                                /* a `.env`, or NULL; what `environment` has wins */
    const char *(*environment)(void *payload, const char *name);  /* NULL when nobody gave the variable */
    char *(*open)(void *payload, const char *path, size_t *size); /* what an `extends` or `include` names, or NULL */
    void *payload;
} sp_tool_declaring;

/** A declared build. Texts belong to the sp_tool_builds. */
typedef struct sp_tool_build {
    const char *name, *path; /* path: of the declaring file */
    uint32_t line;           /* in it; 0 where that is not known */
    const char *context, *dockerfile;
    const char *inline_text; /* the Dockerfile itself, or NULL */
    size_t inline_size;
    const char *target;                             /* NULL: the last stage */
    const char *const *arguments, *const *contexts; /* NAME=VALUE; arguments that are not known are left out */
    size_t argument_count, context_count;
    const char *const *platforms;
    size_t platform_count;
    int32_t lends; /* it is only a part of others */
} sp_tool_build;

/** What some files declare. */
typedef struct sp_tool_builds sp_tool_builds;

/** Reads the files. SP_E_CONFIG with the place, SP_E_MEMORY. @param out to be freed by sp_tool_builds_free. */
sp_status sp_tool_builds_read(const sp_tool_declaring *input, sp_tool_builds **out, sp_error *error);

/** Files that a configuration names below `builds:`, relative to its folder; they are still to be read. */
typedef struct sp_tool_named {
    int32_t kind;
    const char *const *files;
    size_t count;
    const char *selected; /* bake: a target or group, or NULL */
} sp_tool_named;

/** The builds that the configuration of an engine spells out, and the files it names for others. SP_E_MEMORY. */
sp_status sp_tool_builds_configured(const sp_engine *engine, sp_tool_builds **out);

/** An entry of the named files, or NULL past the end. */
const sp_tool_named *sp_tool_builds_named_at(const sp_tool_builds *builds, size_t index);

/** A build, or NULL past the end; and what a reader took in its own way ("compose.yaml:3:4: …"), or NULL. */
const sp_tool_build *sp_tool_builds_at(const sp_tool_builds *builds, size_t index);
const char *sp_tool_builds_remark_at(const sp_tool_builds *builds, size_t index);

void sp_tool_builds_free(sp_tool_builds *builds);

/** The catalogue's version, date and number of rows, for `--version` and `policies`. */
const char *sp_tool_catalogue_version(void);
const char *sp_tool_catalogue_date(void);
size_t sp_tool_catalogue_count(void);

/** "Lua 5.4.4 (system)". Static text. */
const char *sp_tool_lua_version(void);

/** The severity of a name, or negative; and back. */
int32_t sp_tool_severity_from_name(const char *name);
const char *sp_tool_severity_name(int32_t severity);

/** The nearest of some NULL-terminated names, or NULL. */
const char *sp_tool_suggest(const char *name, const char *const *candidates);

#endif
