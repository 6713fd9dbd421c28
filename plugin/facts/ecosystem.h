/* The two ecosystems whose manifests can be left behind, and what of each is where: which stage holds installed
   packages, in which folders, and what runs them. */
#ifndef SP_FACTS_ECOSYSTEM_H
#define SP_FACTS_ECOSYSTEM_H

#include "facts/facts_internal.h"

typedef enum sp_ecosystem { SP_PYTHON, SP_NODE, SP_ECOSYSTEM_COUNT } sp_ecosystem;

/** A folder in a stage's filesystem that holds installed packages, or would (a virtual environment nobody filled). */
typedef struct sp_holding {
    const struct sp_holding *next; /* older ones: a stage goes on with the list of its base */
    uint32_t depth;
    sp_str path; /* clean and absolute; "" when only the build knows where */
    bool filled;
    bool unknown; /* it may not be there */
    bool shared;  /* a folder that holds other things too: /usr/local/lib */
    bool user;    /* in a home folder */
} sp_holding;

/** What an image is to an ecosystem, by its reference. */
typedef enum sp_runtime {
    SP_RUNTIME_NONE,    /* an image of another purpose, without packages of the ecosystem */
    SP_RUNTIME_BARE,    /* the language and its own tools: python, node */
    SP_RUNTIME_STARTER, /* the same, and its entrypoint is the language: distroless */
    SP_RUNTIME_UNKNOWN  /* nobody knows what it brings */
} sp_runtime;

/** What the root image of a stage's chain is to an ecosystem. */
sp_runtime sp_ecosystem__runtime(const sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem);

/** Whether the image of a chain is made for the ecosystem, by its name. */
bool sp_ecosystem__names(const sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem);

/** The ecosystem of a manager; SP_ECOSYSTEM_COUNT for another. */
sp_ecosystem sp_ecosystem__of_manager(sp_str manager);

/** Whether an operation brings packages that an application needs: not just installers, servers and linters. */
bool sp_ecosystem__counts(const sp_operation *operation, const sp_command *command);

/** Whether an operation installs what a manifest lists, other than a list of tools for development. */
bool sp_ecosystem__is_item(sp_facts *facts, const sp_operation *operation, const sp_command *command);

/** The manifest of such an operation: "requirements.txt". */
sp_str sp_ecosystem__manifest(sp_facts *facts, const sp_operation *operation, const sp_command *command);

/** Adds the folders that an operation may install to, in the stage that runs it. */
const sp_holding *sp_ecosystem__install(sp_facts *facts, sp_ecosystem ecosystem, const sp_operation *operation,
                                        const sp_holding *held);

/** Adds what else a RUN does to packages: virtual environments, cp and mv of what is held. */
const sp_holding *sp_ecosystem__run(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction,
                                    const sp_holding *held);

/** What each stage holds, by stage. */
const sp_holding **sp_ecosystem__holdings(sp_facts *facts, sp_ecosystem ecosystem);

/** The folder an instruction's command runs in, clean; "" when unknown. */
sp_str sp_ecosystem__directory(sp_facts *facts, uint32_t instruction, const sp_command *command);

/** Whether copying `source` (clean, absolute) takes a holding: all of it, a part of it, or only the build knows. */
typedef enum sp_taking { SP_TAKES_NOTHING, SP_TAKES_PART, SP_TAKES_ALL, SP_TAKES_PERHAPS } sp_taking;
sp_taking sp_holding__taken(const sp_holding *holding, sp_ecosystem ecosystem, sp_str source);

/** A list with one holding more; at the limit the rest becomes "may be anywhere". */
const sp_holding *sp_holding__add(sp_facts *facts, const sp_holding *held, sp_holding added);

/** Whether what a stage's image starts runs the ecosystem's language, with the steps that say so. */
sp_truth sp_ecosystem__runs(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, sp_steps *steps);

/** Whether a RUN of a stage may put packages into what it makes: bundlers, freezers, archives. */
bool sp_ecosystem__bundles(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem);

/** Whether a word is one of a list that ends with NULL; an entry may end with * for any rest. */
bool sp_ecosystem__is_listed(sp_str word, const char *const *list);

#endif
