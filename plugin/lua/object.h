/* How a thing of C becomes an object of Lua.

   An object is a plain table. Under a hidden light-userdata key, which no policy can make or see, it holds its subject:
   a struct of C, in Lua's memory, and before it the build it belongs to. Its metatable, one a kind, has only __index,
   __name and __metatable. __index finds the name among the kind's fields, lets the field push its value, and keeps it
   in the table, so a second look is an ordinary table access. C code never believes the table, only the subject. */
#ifndef SP_LUA_OBJECT_H
#define SP_LUA_OBJECT_H

#include "lua/vm.h"

typedef struct sp_kind sp_kind;

/** One name of a kind: a row that people read, for the page of the API is written from it. */
typedef struct sp_field {
    const char *name;
    const char *type; /* as LuaLS writes it: "stage?", "value[]"; of a method "(name: string): setting" */
    const char *says; /* what it is; one sentence, no dot */
    void (*push)(lua_State *state, const void *subject); /* one value, nil for "absent"; the object is at index 1 */
    lua_CFunction method; /* instead of push; neither: put there when the object is made */
    uint32_t variants;    /* bits of the variants that have it; 0: all */
} sp_field;

struct sp_kind {
    const char *name;      /* what messages call it */
    const char *type;      /* what the API page calls it; NULL: as messages do */
    const char *says;      /* what it is; one sentence, no dot */
    const sp_kind *parent; /* a kind whose fields it has too; its subject begins with the parent's */
    const sp_field *fields;
    size_t field_count;
    bool (*place)(lua_State *state, const void *subject, sp_span *out); /* where it stands; NULL: as the parent */
    void (*text)(lua_State *state, const void *subject);                /* pushes its %s; NULL: as the parent */
    uint32_t (*variant)(const void *subject);                           /* its bit in sp_field.variants, or NULL */
};

/** The kinds that the API page tells of, in its order; NULL past the end. What a kind has from a parent that is not
    among them counts as its own. */
const sp_kind *sp_lua__kind_at(size_t index);

/** The fields of a kind, for its initialiser. */
#define SP_FIELDS_OF(table) .fields = (table), .field_count = sizeof(table) / sizeof *(table)

extern const sp_kind sp_kind_answer, sp_kind_build, sp_kind_command, sp_kind_comment, sp_kind_diagnostic, sp_kind_edge,
    sp_kind_heredoc, sp_kind_ignore, sp_kind_image, sp_kind_instruction, sp_kind_left_behind, sp_kind_list,
    sp_kind_mount, sp_kind_operation, sp_kind_package, sp_kind_pipe, sp_kind_place, sp_kind_project, sp_kind_redirect,
    sp_kind_script, sp_kind_set, sp_kind_setting, sp_kind_stage, sp_kind_state, sp_kind_step, sp_kind_value,
    sp_kind_variable;
/* What instructions have by kind. */
extern const sp_kind sp_kind_instruction_fields, sp_kind_instruction_flags;
/* Values with more fields. */
extern const sp_kind sp_kind_build_argument, sp_kind_destination, sp_kind_port, sp_kind_source, sp_kind_user_value,
    sp_kind_command_setting, sp_kind_port_setting, sp_kind_user_setting;

/* Subjects. */

typedef struct sp_value_subject {
    sp_value value;
} sp_value_subject;

/** A moment of a stage. */
typedef struct sp_state_subject {
    uint32_t stage;
    const sp_state *state;
    sp_span at;
} sp_state_subject;

typedef struct sp_stage_subject {
    sp_state_subject end;
    const sp_stage *stage;
} sp_stage_subject;

/** An executed instruction, or the one inside ONBUILD. */
typedef struct sp_instruction_subject {
    const sp_instruction *instruction;
    uint32_t id;    /* in the graph; inside ONBUILD: the ONBUILD's */
    uint32_t stage; /* or SP_NONE */
    bool trigger, onbuild;
} sp_instruction_subject;

typedef struct sp_edge_subject {
    sp_value_subject value;
    const sp_edge *edge;
} sp_edge_subject;

typedef struct sp_answer_subject {
    sp_answer answer;
} sp_answer_subject;

/** A source of COPY or ADD. */
typedef struct sp_source_subject {
    sp_value_subject value;
    const sp_edge *edge; /* NULL inside ONBUILD */
    const sp_instruction *instruction;
} sp_source_subject;

/** The words of an answer's evidence, for report and the field alike. */
typedef SP_LIST(const sp_step *) sp_step_list;

/* The judgement, by the build of the object that is being asked. */

/** Makes the build that an object belongs to the one being asked, and gives the one before. */
uint32_t sp_lua__enter(lua_State *state, const void *subject);

/** The build that the object at `index` belongs to; the one being asked when it is no object. */
uint32_t sp_lua__build_at(lua_State *state, int index);

const sp_judged_build *sp_lua__build(lua_State *state);

/** The path of a build's file; of SP_NONE, what stands for the project. */
sp_str sp_lua__path(lua_State *state, uint32_t build);

sp_facts *sp_lua__facts(lua_State *state);
const sp_graph *sp_lua__graph(lua_State *state);
const sp_document *sp_lua__document(lua_State *state);
sp_arena *sp_lua__arena(lua_State *state); /* the document's; its growth is billed */

/* Objects (object.c). */

/** Pushes a new object of the build being asked, with a copy of `subject`. */
void sp_lua__push(lua_State *state, const sp_kind *kind, const void *subject, size_t size);

/** The same, unless the thing at `identity` (an address that lasts as long as the document) has an object already:
    then pushes that one. */
void sp_lua__push_once(lua_State *state, const void *identity, const sp_kind *kind, const void *subject, size_t size);

/** Pushes the object of the thing at `identity` and says true, if it has one; and keeps the one on top as it. */
bool sp_lua__find(lua_State *state, const void *identity);
void sp_lua__keep(lua_State *state, const void *identity);

/** The subject of the object at `index` if it is of that kind or one made from it, else NULL. */
const void *sp_lua__test(lua_State *state, int index, const sp_kind *kind);

/** The same, for what a method is called on: raises when it is not, and makes its build the one being asked. */
const void *sp_lua__check(lua_State *state, int index, const sp_kind *kind);

/** The kind of the object at `index`, or NULL, and its subject. */
const sp_kind *sp_lua__kind(lua_State *state, int index, const void **subject);

/** Whether a kind is list, or one made from it. */
bool sp_lua__is_list(const sp_kind *kind);

/** Keeps the metatable on top as that of a kind, and pops it; and makes what remembers each thing's object. */
void sp_lua__keep_metatable(lua_State *state, const sp_kind *kind);
void sp_lua__open_identity(lua_State *state);

/** Pushes a pointer as light userdata. */
void sp_lua__push_light(lua_State *state, const void *pointer);

/** Where the object at `index` stands; false when it is no object, or has no place. */
bool sp_lua__place(lua_State *state, int index, sp_span *out);

/** The field `at`, of every kind that has a place. */
void sp_lua__field_at(lua_State *state, const void *subject);

/** Pushes an empty list with room for `count` items. */
void sp_lua__push_list(lua_State *state, uint32_t count);

/** Pushes an empty list of a kind made from list. */
void sp_lua__push_list_of(lua_State *state, const sp_kind *kind, uint32_t count, const void *subject, size_t size);

/** Appends the value on top to the list just below it and pops it. `index` counts from 1. */
static inline void sp_lua__append(lua_State *state, uint32_t index)
{
    lua_rawseti(state, -2, (lua_Integer)index);
}

/** Sets a field of the table on top; an absent text ("") gives nothing. */
void sp_lua__set_text(lua_State *state, const char *name, sp_str text);
void sp_lua__set_optional(lua_State *state, const char *name, sp_str text);
void sp_lua__set_boolean(lua_State *state, const char *name, bool flag);

static inline void sp_lua__push_text(lua_State *state, sp_str text)
{
    lua_pushlstring(state, text.text, text.size);
}

/** Pushes the text, or nil when it is empty. */
void sp_lua__push_optional(lua_State *state, sp_str text);

/** Brackets of a method: model memory on, and, at the end, the bill: facts' memory and `work` steps. */
typedef struct sp_method {
    bool host;
} sp_method;
sp_method sp_lua__begin(lua_State *state);
int sp_lua__end(lua_State *state, sp_method method, size_t work);

/* Arguments (argument.c). */

/** Texts given to a method, copied into the document's arena. */
typedef struct sp_texts {
    SP_LIST(sp_str) items;
    SP_LIST(const sp_value *) unknown; /* values given that are not known */
} sp_texts;

/** What texts are for: a value given as a glob is taken literally. */
typedef enum sp_text_use { SP_TEXT_PLAIN, SP_TEXT_GLOB } sp_text_use;

/** The texts from argument `first` on: strings, values, lists of both; at least one argument. Raises on others. */
sp_texts sp_lua__check_texts(lua_State *state, int first, sp_text_use use);

/** Whether a glob matches, charged before it is tried: both may be long. `shape` as sp_glob_matches_shape. */
bool sp_lua__glob_matches(lua_State *state, sp_str glob, sp_str text);
sp_truth sp_lua__glob_matches_shape(lua_State *state, sp_str glob, sp_str shape);

/** Charges for asking `times` things whether they match the texts. */
void sp_lua__charge_texts(lua_State *state, const sp_texts *texts, size_t times);

/** Raises unless every text is one of `allowed`: "no WHAT 'x'; did you mean 'y'?". */
void sp_lua__check_names(lua_State *state, const sp_texts *texts, const char *what, const sp_str *allowed,
                         size_t count);

/** Makes an answer that is not yes unknown where an unknown value was asked for. */
void sp_lua__doubt(lua_State *state, sp_answer *answer, const sp_texts *texts);

/* Answers (obj_answer.c). */

void sp_lua__push_answer(lua_State *state, const sp_answer *answer);

/** An answer made here: a yes or unknown with one item, or a no. */
sp_answer sp_lua__answer(lua_State *state, sp_truth truth, sp_str found, sp_span at);

/** The steps that support the answer's truth, none twice. */
void sp_lua__answer_steps(sp_arena *arena, const sp_answer *answer, sp_step_list *out);

/** Whether a yes rests on assumptions alone. */
bool sp_lua__answer_assumed(const sp_answer *answer);

/** The place of an answer: its own, else that of its first placed step. */
bool sp_lua__answer_place(const sp_answer *answer, sp_span *out);

/* Values (obj_value.c). */

void sp_lua__push_value(lua_State *state, const sp_value *value);

/** Pushes a value with a name. */
void sp_lua__push_named(lua_State *state, sp_str name, const sp_value *value);

/** A value that stands for a word, and one that nothing in the file stands for. */
sp_value sp_lua__known_value(sp_str text, sp_span span);

/** Does a value match one of the globs. */
sp_answer sp_lua__value_is(lua_State *state, const sp_value *value, const sp_texts *globs);

/** Pushes an answer: does the version a text begins with satisfy a range; `floating` as sp_version_satisfies. */
void sp_lua__push_satisfies(lua_State *state, const sp_value *value, sp_str range, bool floating);

/** The range given as argument `index`; raises when it is none. */
sp_str sp_lua__check_range(lua_State *state, int index);

/** Pushes the part of a USER's value before and after ':', nil when it is absent or not known. */
void sp_lua__push_user_part(lua_State *state, const sp_value *value);
void sp_lua__push_group_part(lua_State *state, const sp_value *value);

/** Why a value is not known, as a step. */
void sp_lua__explain_unknown(sp_arena *arena, const sp_value *value, sp_steps *steps);

/* The rest, one pusher a kind. */

void sp_lua__push_place(lua_State *state, sp_span span);
void sp_lua__push_comment(lua_State *state, const sp_word *comment);
void sp_lua__push_build(lua_State *state);
void sp_lua__push_project(lua_State *state);
void sp_lua__push_stage(lua_State *state, uint32_t stage);
void sp_lua__push_instruction(lua_State *state, uint32_t id);
void sp_lua__push_onbuild_instruction(lua_State *state, const sp_instruction_subject *onbuild);
void sp_lua__push_edge(lua_State *state, uint32_t edge);
void sp_lua__push_edge_list(lua_State *state, const uint32_t *edges, uint32_t count);
void sp_lua__push_image(lua_State *state, const sp_edge *edge); /* nil when the edge has none */
bool sp_lua__edge_has_image(const sp_edge *edge);
sp_value sp_lua__brought(const sp_edge *edge); /* its reference, or what the named context says that stands for it */
sp_answer sp_lua__image_is(lua_State *state, const sp_edge *edge, const sp_texts *globs);
void sp_lua__push_state(lua_State *state, const sp_state_subject *moment);
void sp_lua__push_setting(lua_State *state, const sp_kind *kind, const sp_setting *setting, uint32_t stage, sp_span at);
void sp_lua__push_script(lua_State *state, uint32_t instruction); /* nil when it has none */
void sp_lua__push_heredoc(lua_State *state, const sp_heredoc *heredoc);
void sp_lua__push_command(lua_State *state, const sp_script *script, uint32_t index, uint32_t instruction);
void sp_lua__push_pipe(lua_State *state, const sp_script *script, uint32_t index, uint32_t instruction);
void sp_lua__push_operation(lua_State *state, const sp_operation *operation);
void sp_lua__push_package(lua_State *state, const sp_operation *operation, uint32_t index);
void sp_lua__push_packages(lua_State *state, uint32_t stage);
void sp_lua__push_words(lua_State *state, const sp_instruction *instruction); /* of the exec form, else none */
bool sp_lua__port_covers(const sp_value *value, uint32_t port);
void sp_lua__push_exposes(lua_State *state, const sp_stage_subject *subject, uint32_t port);

/** Sets first, last and protocol of the port on top, as far as they are known; and its name, "8080/tcp". */
void sp_lua__set_port(lua_State *state, const sp_value *value, bool named);

/** The instruction kinds named by the arguments from `first` on, a bit each. */
uint32_t sp_lua__check_kinds(lua_State *state, int first);

/** The place of an executed instruction, and of the FROM line a stage's chain ends at. */
sp_span sp_lua__instruction_span(const sp_graph *graph, uint32_t id);
sp_span sp_lua__root_span(const sp_graph *graph, uint32_t stage);

/** The executed instruction that stands at an offset or is the last to begin before it; SP_NONE before the first. */
uint32_t sp_lua__instruction_at(const sp_graph *graph, uint32_t offset);

/** A word of an instruction, expanded in the state before it. */
sp_value sp_lua__expand(lua_State *state, const sp_instruction_subject *subject, sp_word word);

/* Fields that stand in files of their own. */

#define SP_VARIANT(ID) (1u << SP_##ID)

void sp_lua__copy_sources(lua_State *state, const void *subject);
void sp_lua__copy_destination(lua_State *state, const void *subject);
void sp_lua__push_word(lua_State *state, const sp_word *word, const sp_value *value); /* once a word */
void sp_lua__push_flag(lua_State *state, const sp_instruction_subject *subject, const sp_flag *flag);
void sp_lua__push_source(lua_State *state, const sp_edge *edge, const sp_value *source);
void sp_lua__push_destination(lua_State *state, const sp_edge *edge); /* nil when the edge has none */
void sp_lua__run_mounts(lua_State *state, const void *subject);
void sp_lua__pairs(lua_State *state, const void *subject);
void sp_lua__expose_ports(lua_State *state, const void *subject);
void sp_lua__build_ignore(lua_State *state, const void *subject);
void sp_lua__source_excluded(lua_State *state, const void *subject);
void sp_lua__source_exists(lua_State *state, const void *subject);
void sp_lua__source_size(lua_State *state, const void *subject);
int sp_lua__source_brings(lua_State *state);

/** The place of a pattern of the .dockerignore that applies, "web/.dockerignore:3"; of NULL, the file. */
sp_str sp_lua__ignore_line(sp_arena *arena, const sp_context_folder *folder, const sp_ignore_pattern *pattern);

void sp_lua__build_diagnostics(lua_State *state, const void *subject);

/** Does a stage rest on another one, over all edges (depends.c). */
sp_answer sp_lua__depends_on(lua_State *state, uint32_t stage, uint32_t other);

/* Methods that build, stage and instruction share: they look at the executed instructions [first, first + count). */
void sp_lua__range(lua_State *state, int index, uint32_t *first, uint32_t *count);
int sp_lua__all(lua_State *state);
int sp_lua__calls(lua_State *state);
int sp_lua__operations(lua_State *state);

/* Globals and their kinds. */
void sp_lua__open_lists(lua_State *state);

#endif
