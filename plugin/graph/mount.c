/* The mounts of RUN: what they bring, and their fields, which BuildKit checks when the instruction runs. */
#include "graph/run.h"

#include "base/suggest.h"
#include "graph/check.h"

typedef enum mount_type { BIND, CACHE, TMPFS, SECRET, SSH, TYPE_COUNT } mount_type;

static const sp_str type_names[TYPE_COUNT] = {
    [BIND] = {"bind", 4}, [CACHE] = {"cache", 5}, [TMPFS] = {"tmpfs", 5}, [SECRET] = {"secret", 6}, [SSH] = {"ssh", 3}};

/* Whether a field is there with a text: the last one of its meaning counts. */
typedef enum presence { ABSENT, PRESENT, PERHAPS } presence;

/* A mount being checked, field by field. */
typedef struct mount_reading {
    sp_builder *builder;
    const sp_scope *scope;
    const sp_graph_instruction *executed;
    const sp_mount *mount;
    bool fatal, refused;
    mount_type type;
    bool type_known;
    bool owned; /* mode, uid or gid is given */
    presence from, source, target, id, sharing;
    sp_value target_value;
} mount_reading;

/* What a field is about; several keys may mean the same. */
typedef enum field_key {
    KEY_TYPE,
    KEY_FROM,
    KEY_SOURCE,
    KEY_TARGET,
    KEY_ID,
    KEY_ENV,
    KEY_ACCESS,
    KEY_SHARING,
    KEY_REQUIRED,
    KEY_SIZE,
    KEY_MODE,
    KEY_OWNER,
    NO_KEY
} field_key;

static const struct {
    sp_str name;
    field_key key;
} keys[] = {
    {{"type", 4}, KEY_TYPE},           {{"from", 4}, KEY_FROM},       {{"source", 6}, KEY_SOURCE},
    {{"src", 3}, KEY_SOURCE},          {{"target", 6}, KEY_TARGET},   {{"dst", 3}, KEY_TARGET},
    {{"destination", 11}, KEY_TARGET}, {{"id", 2}, KEY_ID},           {{"env", 3}, KEY_ENV},
    {{"readonly", 8}, KEY_ACCESS},     {{"ro", 2}, KEY_ACCESS},       {{"readwrite", 9}, KEY_ACCESS},
    {{"rw", 2}, KEY_ACCESS},           {{"sharing", 7}, KEY_SHARING}, {{"required", 8}, KEY_REQUIRED},
    {{"size", 4}, KEY_SIZE},           {{"mode", 4}, KEY_MODE},       {{"uid", 3}, KEY_OWNER},
    {{"gid", 3}, KEY_OWNER},
};

enum { KEY_COUNT = sizeof keys / sizeof keys[0] };

static field_key key_of(const sp_mount_field *field)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (sp_str_equal(field->key, keys[i].name))
            return keys[i].key;
    }
    return NO_KEY;
}

/* About one value of it. */
static void refuse(mount_reading *mounting, const sp_value *value, const char *wrong)
{
    mounting->refused = true;
    sp_judge__refuse(mounting->builder, value, SP_DIAGNOSTIC_MOUNT, mounting->fatal, "'%.*s' %s",
                     SP_STR_ARG(sp_judge__brief(value->known ? value->value : value->text)), wrong);
}

static void expect(mount_reading *mounting, const sp_value *value, bool fits, const char *wrong)
{
    if (value->known && !fits)
        refuse(mounting, value, wrong);
}

/* About the mount as a whole; one reason is enough. */
static void refuse_all(mount_reading *mounting, const char *wrong)
{
    if (mounting->refused)
        return;
    mounting->refused = true;
    sp_judge__say(mounting->builder, SP_DIAGNOSTIC_MOUNT, mounting->mount->flag->span, mounting->fatal, "%s", wrong);
}

static presence presence_of(const sp_value *value)
{
    if (!value->known)
        return PERHAPS;
    return value->value.size > 0 ? PRESENT : ABSENT;
}

static void read_type(mount_reading *mounting, const sp_value *value)
{
    mounting->type_known = value->known;
    if (!value->known)
        return;
    for (int type = 0; type < TYPE_COUNT; type++) {
        if (sp_str_equal_nocase(value->value, type_names[type])) {
            mounting->type = (mount_type)type;
            return;
        }
    }
    mounting->type_known = false;
    refuse(mounting, value, "is no mount type: write bind, cache, tmpfs, secret or ssh");
}

/* size and required are judged by the type that was read so far. */
static bool needs_type(mount_reading *mounting, const sp_value *value, bool fits, const char *wrong)
{
    if (fits || !mounting->type_known)
        return mounting->type_known;
    refuse(mounting, value, wrong);
    return false;
}

static void read_sharing(mount_reading *mounting, const sp_value *value)
{
    bool fits = sp_str_equal_nocase(value->value, SP_STR("shared")) ||
                sp_str_equal_nocase(value->value, SP_STR("private")) ||
                sp_str_equal_nocase(value->value, SP_STR("locked"));
    mounting->sharing = value->known ? PRESENT : PERHAPS;
    expect(mounting, value, fits, "is no way of sharing: write shared, private or locked");
}

static bool is_secret_or_ssh(const mount_reading *mounting)
{
    return mounting->type == SECRET || mounting->type == SSH;
}

static bool may_be_required(mount_reading *mounting, const sp_value *value)
{
    return needs_type(mounting, value, is_secret_or_ssh(mounting),
                      "belongs to secret and ssh mounts, with type= written before it");
}

static bool may_have_size(mount_reading *mounting, const sp_value *value)
{
    return needs_type(mounting, value, mounting->type == TMPFS,
                      "is the size of a tmpfs mount, with type= written before it");
}

/* field = key */
static void read_bare(mount_reading *mounting, field_key key, const sp_value *value)
{
    if (key == KEY_REQUIRED)
        may_be_required(mounting, value);
    else if (key != KEY_ACCESS)
        refuse(mounting, value, "needs a value: write key=value");
}

static void read_bool(mount_reading *mounting, const sp_value *value)
{
    expect(mounting, value, sp_str_is_bool(value->value), "is neither true nor false");
}

/* Where it is noted that a field is there; NULL for fields that are only checked. */
static presence *note_of(mount_reading *mounting, field_key key)
{
    switch (key) {
    case KEY_FROM:
        return &mounting->from;
    case KEY_SOURCE:
        return &mounting->source;
    case KEY_TARGET:
        return &mounting->target;
    case KEY_ID:
        return &mounting->id;
    default:
        return NULL;
    }
}

/* The fields whose values have a grammar of their own. */
static void check_value(mount_reading *mounting, field_key key, const sp_value *value)
{
    switch (key) {
    case KEY_TYPE:
        read_type(mounting, value);
        break;
    case KEY_SHARING:
        read_sharing(mounting, value);
        break;
    case KEY_ACCESS:
        read_bool(mounting, value);
        break;
    case KEY_REQUIRED:
        if (may_be_required(mounting, value))
            read_bool(mounting, value);
        break;
    case KEY_SIZE:
        if (may_have_size(mounting, value))
            expect(mounting, value, sp_check__is_size(value->value),
                   "is no size: write bytes, with k, m or g after them if need be");
        break;
    case KEY_MODE:
        expect(mounting, value, sp_check__is_number(value->value, 8), "is no mode: write octal digits");
        break;
    case KEY_OWNER:
        expect(mounting, value, sp_check__is_number(value->value, 10), "is no number");
        break;
    default:
        break;
    }
}

/* field = key "=" value */
static void read_valued(mount_reading *mounting, field_key key, const sp_value *value)
{
    presence *note = note_of(mounting, key);
    if (note != NULL)
        *note = presence_of(value);
    if (key == KEY_TARGET)
        mounting->target_value = *value;
    mounting->owned = mounting->owned || key == KEY_MODE || key == KEY_OWNER;
    check_value(mounting, key, value);
}

/* A key stands right before its value or the '=' between, where these are written in one piece. */
static sp_span span_of_key(const mount_reading *mounting, const sp_mount_field *field)
{
    sp_span value = field->value.span;
    uint32_t size = (uint32_t)field->key.size, end = value.start - field->has_value;
    if (value.end - value.start != field->value.text.size || size == 0 || end < size)
        return mounting->mount->flag->span;
    return (sp_span){end - size, end};
}

static void refuse_key(mount_reading *mounting, const sp_mount_field *field)
{
    sp_str names[KEY_COUNT];
    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = keys[i].name;
    sp_str key = sp_judge__brief(field->key), meant = sp_suggest(field->key, names, KEY_COUNT);
    sp_span span = span_of_key(mounting, field);
    mounting->refused = true;
    if (meant.size > 0)
        sp_judge__say(mounting->builder, SP_DIAGNOSTIC_MOUNT, span, mounting->fatal,
                      "a mount has no key '%.*s'; did you mean %.*s?", SP_STR_ARG(key), SP_STR_ARG(meant));
    else
        sp_judge__say(mounting->builder, SP_DIAGNOSTIC_MOUNT, span, mounting->fatal,
                      "a mount has no key '%.*s': type, from, source, target, readonly, id, sharing, required, size, "
                      "mode, uid, gid and env exist",
                      SP_STR_ARG(key));
}

static void read_field(mount_reading *mounting, const sp_mount_field *field)
{
    sp_value value = sp_judge__expand(mounting->builder, mounting->scope, mounting->executed->instruction, field->value,
                                      mounting->fatal);
    if (value.failed) {
        mounting->refused = true;
        return;
    }
    if (!field->has_value) {
        value.value = value.shape = field->key;
        value.span = span_of_key(mounting, field);
        read_bare(mounting, key_of(field), &value);
        return;
    }
    if (key_of(field) == NO_KEY)
        refuse_key(mounting, field);
    else
        read_valued(mounting, key_of(field), &value);
}

static void judge_secret(mount_reading *mounting)
{
    if (mounting->from == PRESENT)
        refuse_all(mounting, "a secret mount takes no from: drop it");
    else if (mounting->sharing == PRESENT)
        refuse_all(mounting, "a secret mount is not shared: drop sharing");
    else if (mounting->source == ABSENT && mounting->target == ABSENT && mounting->id == ABSENT)
        refuse_all(mounting, "a secret mount needs an id, a source or a target");
    else if (mounting->source == PRESENT && mounting->id == PRESENT)
        refuse_all(mounting, "source and id of a secret mount mean the same: drop one");
}

/* Whether the working directory is surely "/". */
static bool is_at_root(const mount_reading *mounting)
{
    const sp_state *before = mounting->executed->before;
    if (before->workdir == SP_NONE)
        return mounting->builder->whole->environment_known[mounting->executed->stage];
    const sp_graph_instruction *workdir = &mounting->builder->instructions[before->workdir];
    sp_scope scope = sp_scope__stage(mounting->builder->whole, workdir->stage, workdir->before->environment);
    sp_value path = sp_scope__expand(&scope, workdir->instruction, workdir->instruction->arguments.items[0]);
    return path.known && sp_str_equal(path.value, SP_STR("/"));
}

/* Nothing can be mounted over "/" itself; a relative target starts at the working directory. */
static void judge_target(mount_reading *mounting)
{
    const sp_value *target = &mounting->target_value;
    if (mounting->target == PERHAPS)
        return;
    if (mounting->target == PRESENT && sp_str_equal(target->value, SP_STR("/")))
        refuse(mounting, target, "cannot be mounted over: give a folder in it as the target");
    else if ((mounting->target == ABSENT || sp_str_equal(target->value, SP_STR("."))) && is_at_root(mounting))
        refuse_all(mounting, "the target is the working directory '/', which cannot be mounted over: give a target");
}

static void judge_whole(mount_reading *mounting)
{
    if (mounting->refused || !mounting->type_known)
        return;
    bool may_be_owned = mounting->type == CACHE || is_secret_or_ssh(mounting);
    if (mounting->owned && !may_be_owned)
        refuse_all(mounting, "mode, uid and gid belong to cache, secret and ssh mounts: drop them");
    if (mounting->type == SECRET)
        judge_secret(mounting);
    else if (mounting->sharing == PRESENT && mounting->type != CACHE)
        refuse_all(mounting, "only a cache mount is shared: drop sharing");
    else if (mounting->type == SSH && mounting->source == PRESENT)
        refuse_all(mounting, "an ssh mount takes no source: drop it");
    if (!is_secret_or_ssh(mounting) && !mounting->refused)
        judge_target(mounting);
}

static void judge(sp_builder *builder, const sp_scope *scope, uint32_t instruction, const sp_mount *mount)
{
    const sp_graph_instruction *executed = &builder->instructions[instruction];
    mount_reading mounting = {
        .builder = builder,
        .scope = scope,
        .executed = executed,
        .mount = mount,
        .fatal = builder->stages[executed->stage].needed,
        .type = BIND,
        .type_known = true,
    };
    for (uint32_t i = 0; i < mount->field_count && !mounting.refused; i++)
        read_field(&mounting, &mount->fields[i]);
    judge_whole(&mounting);
}

/* A mount without from that reads no stage: only bind mounts bring something, the context. */
static void add_context_mount(sp_run *run, const sp_mount *mount)
{
    if (mount->type != NULL) {
        sp_value type = sp_run__expand(run, *mount->type);
        if (!type.known || !sp_str_equal_nocase(type.value, SP_STR("bind")))
            return;
    }
    sp_edge *edge = sp_run__add_edge(run, SP_EDGE_MOUNT, SP_ORIGIN_CONTEXT);
    edge->mount = mount;
}

static void add_mount(sp_run *run, const sp_mount *mount)
{
    sp_builder *builder = run->builder;
    uint32_t before = builder->edges.count;
    bool linked = sp_link__is_mount(builder, mount);
    if (linked && sp_run__reads_link(run)) {
        sp_run__add_link_edge(run, SP_EDGE_MOUNT);
    } else {
        run->next_link += linked;
        add_context_mount(run, mount);
    }
    if (builder->edges.count == before)
        return;
    sp_edge *edge = &builder->edges.items[before];
    if (mount->source != NULL)
        *sp_list_add(builder->arena, &edge->sources) = sp_run__expand(run, *mount->source);
    if (mount->target != NULL)
        edge->destination = sp_run__expand(run, *mount->target);
}

/* RUN { --mount } command */
void sp_run__mount(sp_run *run)
{
    uint32_t count = run->instruction->as.run.mount_count;
    sp_scope scope = sp_run__scope(run);
    for (uint32_t i = 0; i < count; i++) {
        const sp_mount *mount = &run->instruction->as.run.mounts[i];
        judge(run->builder, &scope, run->id, mount);
        add_mount(run, mount);
    }
}
