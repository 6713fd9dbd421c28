/* The two ecosystems whose manifests can be left behind, and what of each is where: which stage holds installed
   packages, in which folders, and what runs them. */
#ifndef SP_FACTS_ECOSYSTEM_H
#define SP_FACTS_ECOSYSTEM_H

#include "facts/facts_internal.h"

typedef enum sp_ecosystem { SP_PYTHON, SP_NODE, SP_ECOSYSTEM_COUNT } sp_ecosystem;

/** What `poetry config` said, kept among what a stage holds: that goes on to stages built on it as well. */
typedef enum sp_mark {
    SP_MARK_NONE,           /* a folder */
    SP_MARK_IN_PROJECT,     /* virtualenvs.in-project true */
    SP_MARK_NO_ENVIRONMENT, /* virtualenvs.create false */
    SP_MARK_IN_FOLDER       /* virtualenvs.path */
} sp_mark;

/** A folder in a stage's filesystem that holds installed packages, or would (a virtual environment nobody filled). */
typedef struct sp_holding {
    const struct sp_holding *next; /* older ones: a stage goes on with the list of its base */
    uint32_t depth;
    sp_mark mark;
    sp_str path; /* clean and absolute; "" when only the build knows where */
    sp_str text; /* what is written there instead: "$VENV"; "" for a known one */
    bool filled;
    bool unknown;      /* it may not be there */
    bool shared;       /* a folder that holds other things too: /usr/local/lib */
    bool user;         /* in a home folder */
    const char *doubt; /* why an unknown one is, and the place that makes it so; NULL */
    sp_span span;
} sp_holding;

/** Which virtual environment the commands of a RUN have activated so far. */
typedef struct sp_activation {
    sp_str folder;      /* of the last activate that was read in; "" */
    sp_str search_path; /* the last PATH that was set, with NUL for what is unknown; "" */
    bool unknown;       /* a file was read in that may have done so */
} sp_activation;

/** Where an install puts its packages. */
typedef struct sp_destination {
    sp_str path;     /* the one folder, "" when it is not one or not known */
    sp_str text;     /* what evidence calls it */
    sp_str inactive; /* a virtual environment that does not get them, though it was made for that; "" */
} sp_destination;

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

/** What a command does to the activation of those after it. */
void sp_activation__see(sp_activation *activation, sp_facts *facts, uint32_t instruction, const sp_command *command);

/** Adds the folders that an operation may install to, in the stage that runs it. */
const sp_holding *sp_ecosystem__install(sp_facts *facts, sp_ecosystem ecosystem, const sp_operation *operation,
                                        const sp_activation *activation, const sp_holding *held, sp_destination *out);

/** What the stages of a graph hold, and where their installs put it; worked out once. */
typedef struct sp_holdings {
    const sp_holding **held;             /* by stage: its list, newest first */
    const sp_destination **destinations; /* by instruction, by operation; NULL for one that was not looked at */
} sp_holdings;

const sp_holdings *sp_ecosystem__holdings(sp_facts *facts, sp_ecosystem ecosystem);

/** Where a copy puts what it takes, clean; "" when only the build knows. */
sp_str sp_ecosystem__copied_to(sp_facts *facts, const sp_edge *edge);

/** The folder an instruction's command runs in, clean; "" when unknown. */
sp_str sp_ecosystem__directory(sp_facts *facts, uint32_t instruction, const sp_command *command);

/** A word of a command as an absolute path; "" when only the build knows it. */
sp_str sp_ecosystem__resolve(sp_facts *facts, uint32_t instruction, const sp_command *command, const sp_value *path);

/** Whether copying `source` (clean, absolute) takes a holding: all of it, a part of it, or only the build knows. Of a
    hollow source its name says nothing. */
typedef enum sp_taking { SP_TAKES_NOTHING, SP_TAKES_PART, SP_TAKES_ALL, SP_TAKES_PERHAPS } sp_taking;
sp_taking sp_holding__taken(const sp_holding *holding, sp_ecosystem ecosystem, sp_str source, bool hollow);

/** A list with one holding more; at the limit the rest becomes "may be anywhere". */
const sp_holding *sp_holding__add(sp_facts *facts, const sp_holding *held, sp_holding added);

/** Whether what a stage's image starts runs the ecosystem's language, with the steps that say so; of a maybe the last
    one says why. */
sp_truth sp_ecosystem__runs(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, sp_steps *steps);

/** Whether a RUN of a stage puts packages into what it makes, surely (freezers) or perhaps (bundlers, archives): the
    command that does, NULL for none. */
const sp_command *sp_ecosystem__bundler(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, bool *sure);

/** The first words of a command, for evidence: "npm run build". */
sp_str sp_ecosystem__command_text(const sp_facts *facts, const sp_command *command);

/** Whether a word is one of a list that ends with NULL; an entry may end with * for any rest. */
bool sp_ecosystem__is_listed(sp_str word, const char *const *list);

#endif
