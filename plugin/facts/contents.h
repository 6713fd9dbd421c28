/* What the filesystem of each stage contains at its end: its image, what its chain installs, removes and copies.

   A stage begins with what the stage below contains and changes that. The contents share almost everything (the map is
   persistent), so a chain of ten thousand stages costs no more than its instructions. */
#ifndef SP_FACTS_CONTENTS_H
#define SP_FACTS_CONTENTS_H

#include "facts/capability.h"
#include "facts/facts_internal.h"

/** What an image contains, as far as the catalogue knows; or what a base may contain that is one of some stages. */
typedef struct sp_facts_image {
    const sp_edge *edge;
    bool known;              /* false: anything may be in it */
    const sp_image_row *row; /* the first of those it may be; NULL when it is not in the catalogue */
    size_t row_count;
    sp_capabilities contains; /* surely, or probably when `assumed` */
    sp_capabilities perhaps;
    bool assumed;
} sp_facts_image;

typedef enum sp_way_kind {
    SP_WAY_PACKAGE,  /* a package manager installs it */
    SP_WAY_DOWNLOAD, /* an installer or archive is downloaded */
    SP_WAY_COPY,     /* it is copied from another stage or image */
    SP_WAY_ARCHIVE,  /* an archive is unpacked over the root: anything may be in it */
    SP_WAY_SCRIPT    /* a script that is not read: it may install anything */
} sp_way_kind;

/** How a package brings something. */
typedef enum sp_way_link { SP_LINK_OWN, SP_LINK_BROUGHT, SP_LINK_RECOMMENDED } sp_way_link;

/** One way by which something came into a filesystem after its image. Immutable. */
typedef struct sp_way {
    const struct sp_way *older;
    uint32_t age; /* number of older ones */
    sp_way_kind kind;
    sp_way_link link;
    uint32_t stage, instruction;
    uint32_t branch; /* of a package: that of the command which installs it */
    sp_span span;
    sp_str name;    /* the package (the text of its word when that is not known), the address, the path copied */
    sp_str manager; /* of a package */
    sp_str place;   /* the folder it lies in, when not where it usually does; "/opt/?" is some folder there */
    bool unknown;   /* it may not happen */
    bool assumed;
    bool left;    /* its package is removed, and this is what that leaves behind (apt) */
    bool crowded; /* stands for newer ones too, that were too many to keep */
    sp_span left_span;
    const sp_facts_image *image; /* of a copy from an image, or of what a stage has from its image */
    uint32_t from;               /* of a copy from a stage: the stage */
    const struct sp_way *origin; /* how it came there; NULL: by its image */
} sp_way;

/** What an installed package recommends and nobody installed for it. */
typedef struct sp_wanted {
    const struct sp_wanted *older;
    sp_str name; /* the package */
    sp_capabilities capabilities;
} sp_wanted;

typedef struct sp_facts_contents {
    const sp_facts_image *image;
    sp_capabilities gone, doubtful; /* of the image: removed, perhaps removed */
    const sp_map *ways;             /* name of a capability → sp_way, the newest */
    const sp_way *anything;         /* that may bring anything, the newest */
    sp_capabilities left;           /* of which a way is `left` */
    sp_capabilities placed;         /* of which a way may lie in a folder of its own */
    const sp_wanted *wanted;        /* the newest */
    bool no_recommends;             /* apt is configured to leave recommended packages out */
} sp_facts_contents;

/** How sure it is that something is there. */
typedef enum sp_rank { SP_RANK_NO, SP_RANK_PERHAPS, SP_RANK_PROBABLY, SP_RANK_SURELY } sp_rank;

/** The best reason why something is there: a way, or the image when that is NULL. */
typedef struct sp_reason {
    sp_rank rank;
    const sp_way *way;
} sp_reason;

/** The contents of a stage. */
const sp_facts_contents *sp_facts__contents(sp_facts *facts, uint32_t stage);

/** What the image of an edge contains. */
sp_facts_image *sp_facts__image(sp_facts *facts, const sp_edge *edge);

/** Why something is in these contents. */
sp_reason sp_contents__reason(const sp_facts_contents *contents, uint32_t capability);

/** The same of the reasons that `is_one` accepts: a way, or NULL for the image. */
typedef bool (*sp_is_reason)(const sp_way *way, uint32_t capability, const void *payload);
sp_reason sp_contents__reason_among(const sp_facts_contents *contents, uint32_t capability, sp_is_reason is_one,
                                    const void *payload);

/** The changes that one instruction makes. */
void sp_contents__run(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction);
void sp_contents__copy(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction);

/** Adds a way to a capability, or one that may bring anything. Its list keeps the last few. */
void sp_contents__add(sp_facts *facts, sp_facts_contents *contents, uint32_t capability, const sp_way *way);
void sp_contents__add_anything(sp_facts *facts, sp_facts_contents *contents, const sp_way *way);

/** What is to become of a way. */
typedef enum sp_fate {
    SP_FATE_KEEP,
    SP_FATE_DROP,
    SP_FATE_DOUBT, /* it may be gone */
    SP_FATE_LEAVE, /* it becomes `left` */
    SP_FATE_HOLD   /* it is `left` no more */
} sp_fate;

/** Asks for every way of a capability what is to become of it; `span` is where that is said. */
typedef sp_fate (*sp_judge)(const sp_way *way, uint32_t capability, const void *payload);
void sp_contents__change(sp_facts *facts, sp_facts_contents *contents, uint32_t capability, sp_span span,
                         sp_judge judge, const void *payload);

/** The same for those that may bring anything. */
void sp_contents__change_anything(sp_facts *facts, sp_facts_contents *contents, sp_judge judge, const void *payload);

/** Whether the capability lies in a file or folder, seen as a clean path from the root: "/usr/local/go". */
bool sp_capability__lies_in(uint32_t capability, sp_str path);

/** The folder that a way's thing lies in, also of a package of Python or Node.js; "" where it usually does. */
sp_str sp_way__place(sp_facts *facts, const sp_way *way);

/** Whether taking a path takes all that lies at a place; perhaps when the place is only some folder there. */
sp_truth sp_place__is_taken(sp_str place, sp_str path);

/** What downloading from an address, or running a program of that name with that first word, is taken to bring.
   `perhaps` is set when only the build knows the whole address, and some of what it may be brings that. */
sp_capabilities sp_download__capabilities(sp_str shape, bool *perhaps);
sp_capabilities sp_download__by_program(sp_str name, sp_str verb);

/** Whether the table has an address, even if it brings nothing. */
bool sp_download__is_known(sp_str shape);

/** What a word of a script that is not read (PowerShell, cmd) says is there then; what a package of Windows brings. */
sp_capabilities sp_mention__capabilities(sp_str shape);
sp_capabilities sp_mention__by_package(sp_str name);

/** What is known while one RUN is read. */
typedef struct sp_running {
    sp_facts *facts;
    sp_facts_contents *contents;
    uint32_t stage, instruction;
    const sp_script *script;
} sp_running;

/** A way that the instruction makes; and adding it for each capability of a set. */
sp_way sp_running__way(const sp_running *run, sp_way_kind kind, bool certain, sp_span span);
void sp_running__add(const sp_running *run, const sp_capabilities *capabilities, const sp_way *way);

/** Reads a command that downloads (curl, wget), and one that unpacks (tar). */
void sp_running__download(const sp_running *run, const sp_command *command);
void sp_running__unpack(const sp_running *run, const sp_command *command);

/** Where a command after a download unpacks what that wrote, as in sp_way; "" where none does. */
sp_str sp_running__unpacked_to(const sp_running *run, const sp_command *download, const sp_capabilities *brings);

/** Looks at a command that may start a script which is not read. */
void sp_running__script(const sp_running *run, const sp_command *command);

/** Of a word that stands for packages, before a command of a script: whether they are libraries alone; and the names
    that it echoes, separated by blanks, "" where it does not. */
bool sp_listed__is_of_libraries(const sp_script *script, uint32_t command, sp_str word);
sp_str sp_listed__echoed(sp_str word);

/** Looks through a RUN whose script is not read. */
void sp_running__mention(const sp_running *run);

#endif
