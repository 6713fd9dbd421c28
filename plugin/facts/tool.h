/* What one command tells a package manager. */
#ifndef SP_FACTS_TOOL_H
#define SP_FACTS_TOOL_H

#include "facts/facts.h"

/** How a manager writes a package: which part is its name, which its version. */
typedef enum sp_spelling {
    SP_SPELLED_APT,  /* name[:arch][=version][/suite] */
    SP_SPELLED_APK,  /* [!]name[{= ~ < >}version][@tag] */
    SP_SPELLED_RPM,  /* name[-version], name-version only where a dot says so */
    SP_SPELLED_PIP,  /* name["[" extras "]"][{= < > ! ~}version][; marker] */
    SP_SPELLED_NPM,  /* ["@" scope "/"]name["@" version] */
    SP_SPELLED_GEM,  /* name[:version] */
    SP_SPELLED_GO,   /* module["@" version] */
    SP_SPELLED_PLAIN /* name[=version] */
} sp_spelling;

/** An operation, and what only its readers inside this folder need. */
typedef struct sp_told {
    sp_operation operation;
    sp_str group; /* apk add --virtual */
} sp_told;

/** Reads command `index` of a script; false when it tells no manager anything. */
bool sp_tool__read(sp_arena *arena, const sp_script *script, uint32_t index, sp_told *out);

/** The package that a word names. */
sp_package sp_package__read(const sp_value *word, sp_spelling spelling);

/** The value of an option, written as "--name=value", "--name value", "-n value" or "-nvalue"; NULL when it is not
    given. Give "" for a name that does not exist. */
const sp_value *sp_command__option(sp_arena *arena, const sp_command *command, sp_str letter, sp_str name);

/** Whether a word is exactly this. */
bool sp_command__has(const sp_command *command, const char *word);

#endif
