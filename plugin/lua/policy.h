/* A loaded policy: its table's fields, checked and copied out of Lua, and bytecode that this process made. */
#ifndef SP_LUA_POLICY_H
#define SP_LUA_POLICY_H

#include "config/pack.h"
#include "config/yaml.h"
#include "result/finding.h"

typedef enum sp_option_type {
    SP_OPTION_BOOLEAN,
    SP_OPTION_INTEGER,
    SP_OPTION_STRING,
    SP_OPTION_LIST,
    SP_OPTION_MAP,
    SP_OPTION_ENUM,
    SP_OPTION_SEVERITY,
    SP_OPTION_PATTERN
} sp_option_type;

/** A value of an option. */
typedef struct sp_option_value {
    sp_option_type type;
    bool boolean;
    int64_t integer;
    sp_str text;                           /* string, enum, severity, pattern */
    SP_LIST(struct sp_option_value) items; /* list; map: beside its key */
    SP_LIST(sp_str) keys;                  /* map */
} sp_option_value;

typedef struct sp_option {
    sp_str name, help;
    sp_option_type type, of; /* of: of the items of a list or map */
    SP_LIST(sp_str) choices; /* enum */
    sp_option_value value;   /* the default, or what the configuration says */
} sp_option;

/** What compiling a module gave. */
typedef struct sp_policy_module {
    sp_str name, bytecode;
} sp_policy_module;

typedef struct sp_policy {
    sp_str id, title, help, since, scope;
    sp_str aliases, tags; /* separated by spaces */
    sp_severity severity, unknown;
    bool enabled, unwaivable;
    SP_LIST(sp_option) options;
    sp_str pack, path;
    sp_str bytecode;                  /* of the policy's chunk */
    const sp_pack *modules;           /* the pack whose lib/ `require` may name */
    SP_LIST(sp_policy_module) loaded; /* those of it that the chunk requires, and what they require */
    const sp_result_failure *failure; /* why it did not load, or NULL */
} sp_policy;

struct sp_runtime;

/** Loads a policy of a pack with a runtime, which many policies may share. What is wrong with the policy is in
   `failure`, and `id` is then "pack/file-name". SP_E_MEMORY. */
sp_status sp_policy_load(struct sp_runtime *runtime, sp_arena *arena, const sp_pack *pack, const sp_pack_file *file,
                         sp_policy *out);

/** Calls `line` for the lines of a Lua file that have code, those outside of functions apart. SP_E_PACK when it does
   not compile, SP_E_MEMORY. */
sp_status sp_policy_lines(struct sp_runtime *runtime, sp_arena *arena, sp_str path, sp_str text,
                          void (*line)(void *payload, uint32_t line), void *payload);

/** Replaces option values by those of a configuration's mapping. SP_E_CONFIG with the place of what is wrong. */
sp_status sp_policy_set_options(sp_arena *arena, sp_policy *policy, const sp_yaml *options, sp_str path,
                                sp_error *error);

/** An option's value as it would be written in the configuration. */
sp_str sp_option_show(sp_arena *arena, const sp_option_value *value);

/** "list of string" of an option. */
sp_str sp_option_type_show(sp_arena *arena, const sp_option *option);

#endif
