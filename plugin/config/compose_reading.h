/* What the files that read compose share. */
#ifndef SP_CONFIG_COMPOSE_READING_H
#define SP_CONFIG_COMPOSE_READING_H

#include "base/map.h"
#include "config/compose.h"
#include "config/dotenv.h"
#include "config/template.h"
#include "config/yaml.h"

/* Variables of a file: those outside it go before those of its `.env`. */
typedef struct sp_compose__variables {
    struct sp_compose__variables *outer; /* NULL: the caller's */
    const sp_compose_input *input;
    sp_dotenv file;
} sp_compose__variables;

/* Where a file is, and what holds in it. */
typedef struct sp_compose__file {
    sp_str path;   /* for messages */
    sp_str base;   /* the folder to which its paths are relative, as it is opened; "" for the working directory */
    sp_str folder; /* the same, relative to the first file's ("" for that one), or absolute */
    sp_compose__variables *variables;
    const struct sp_compose__file *outer; /* the file that includes this one */
    unsigned depth;                       /* of such files */
} sp_compose__file;

/* A text of a service. */
typedef struct sp_compose__text {
    sp_str text;
    bool is_set;
    bool cuts; /* marked: what was said of it before does not count */
    uint32_t line, column;
} sp_compose__text;

/* A build argument, a named context (name and value), a platform (a name). */
typedef struct sp_compose__entry {
    sp_str name, value;
    bool has_value, is_known;
    bool is_gone; /* `!reset`: takes away what was said before */
    uint32_t line, column;
} sp_compose__entry;

typedef struct sp_compose__list {
    SP_LIST(sp_compose__entry) entries; /* each name once */
    bool cuts;
} sp_compose__list;

enum { SP_COMPOSE_CONTEXT, SP_COMPOSE_DOCKERFILE, SP_COMPOSE_INLINE, SP_COMPOSE_TARGET, SP_COMPOSE_PLATFORM };
enum { SP_COMPOSE_TEXTS = SP_COMPOSE_PLATFORM + 1 };
enum { SP_COMPOSE_ARGUMENTS, SP_COMPOSE_CONTEXTS, SP_COMPOSE_PLATFORMS };
enum { SP_COMPOSE_LISTS = SP_COMPOSE_PLATFORMS + 1 };

typedef enum sp_compose__state { SP_COMPOSE_UNRESOLVED, SP_COMPOSE_RESOLVING, SP_COMPOSE_RESOLVED } sp_compose__state;

/* A service, as far as it matters for a build. */
typedef struct sp_compose__service {
    sp_str name;
    const sp_compose__file *file; /* that has the place */
    uint32_t line, column;
    bool cuts, is_gone; /* marked */
    bool has_build, cuts_build;
    sp_compose__text texts[SP_COMPOSE_TEXTS];
    sp_compose__list lists[SP_COMPOSE_LISTS];
    const sp_yaml *extends; /* until it is followed */
    sp_compose__state state;
} sp_compose__service;

/* Services in the order in which they first come. */
typedef struct sp_compose__services {
    SP_LIST(sp_compose__service *) items;
    const sp_map *by_name; /* name → one of `items` */
} sp_compose__services;

/* One reading. */
typedef struct sp_compose__reading {
    sp_arena *arena;
    const sp_compose_input *input;
    sp_compose *out;
    sp_error *error;
    sp_template filler;
    const sp_map *told;     /* what is remarked: names of variables, numbers */
    const sp_map *extended; /* path → sp_compose__extended, see compose_files.c */
    unsigned services, entries, files;
    size_t used; /* memory of the arena before */
} sp_compose__reading;

/* What a plain YAML scalar is for compose's reader (compose_plain.c). */
typedef enum sp_compose__plain {
    SP_COMPOSE_IS_TEXT,
    SP_COMPOSE_IS_NULL,
    SP_COMPOSE_IS_OTHER,  /* a boolean or a number; `out` is how it is written as a text */
    SP_COMPOSE_IS_INEXACT /* a number of which compose drops digits, or a date, which it writes anew */
} sp_compose__plain;

sp_compose__plain sp_compose__plain_of(sp_arena *arena, sp_str scalar, sp_str *out);

/* Paths (compose_path.c): `path` seen from `folder`, shortened; the folder a path is in; a folder elsewhere. */
sp_str sp_compose__join(sp_arena *arena, sp_str folder, sp_str path);
sp_str sp_compose__folder_of(sp_str path);
bool sp_compose__is_remote(sp_str path);

/* Values (compose_value.c). `what` names a value in messages. */
sp_status sp_compose__fail(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                           const char *message);
sp_status sp_compose__charge(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                             size_t entries);
/* Remarks `text` at a value, once for a name: the first place is enough. */
void sp_compose__tell(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value, sp_str name,
                      sp_str text);
void sp_compose__tell_unset(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                            sp_str name, const char *what);

/* An sp_declared_lookup in a file's sp_compose__variables. */
bool sp_compose__find_variable(void *variables, sp_str name, sp_str *value);

/* A text with its variables filled in. `known` (may be NULL) is false when one of them is not given. */
sp_status sp_compose__text_of(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                              const char *what, sp_str *out, bool *known);

/* Reads one service, without following `extends` (compose_service.c). */
sp_status sp_compose__service_read(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *key,
                                   const sp_yaml *value, sp_compose__service **out);

/* `over` on top of `base`, of the name of `over` (compose_merge.c). That `over` cuts is for the caller: it holds for
   earlier files, not for what is extended or included. */
sp_status sp_compose__service_merge(sp_compose__reading *reading, const sp_compose__service *base,
                                    const sp_compose__service *over, sp_compose__service **out);

/* A service whose marks no longer count: they are for the files of its own project. */
sp_compose__service *sp_compose__service_settle(sp_arena *arena, const sp_compose__service *service);

/* Of entries with one name the last one, at the place of the first. */
void sp_compose__list_unify(sp_arena *arena, sp_compose__list *list);

/* Reads a project's files and what they include and extend (compose_files.c). */
sp_status sp_compose__project_read(sp_compose__reading *reading, const sp_compose__file *at,
                                   const sp_compose_file *files, size_t count, sp_compose__services *out);

#endif
