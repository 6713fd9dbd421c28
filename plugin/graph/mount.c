/* The mounts of RUN: what they bring, and their fields, which BuildKit checks when the instruction runs. */
#include "graph/run.h"

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
    presence from, source, target, id, sharing, owner; /* owner: mode, uid or gid */
    sp_value target_value;
} mount_reading;

static bool is(const sp_mount_field *field, const char *key)
{
    return sp_str_equal(field->key, sp_str_from(key));
}

static void refuse(mount_reading *mounting, const sp_value *value, const char *wrong)
{
    mounting->refused = true;
    sp_judge__refuse(mounting->builder, value, SP_DIAGNOSTIC_MOUNT, mounting->fatal, "'%.*s' %s",
                     SP_STR_ARG(sp_judge__brief(value->known ? value->value : value->text)), wrong);
}

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
    mounting->sharing = value->known ? PRESENT : PERHAPS;
    if (value->known && !sp_str_equal_nocase(value->value, SP_STR("shared")) &&
        !sp_str_equal_nocase(value->value, SP_STR("private")) && !sp_str_equal_nocase(value->value, SP_STR("locked")))
        refuse(mounting, value, "is no way of sharing: write shared, private or locked");
}

static bool is_secret_or_ssh(const mount_reading *mounting)
{
    return mounting->type == SECRET || mounting->type == SSH;
}

static void read_bare(mount_reading *mounting, const sp_mount_field *field, const sp_value *value)
{
    if (is(field, "readonly") || is(field, "ro") || is(field, "readwrite") || is(field, "rw"))
        return;
    if (is(field, "required"))
        needs_type(mounting, value, is_secret_or_ssh(mounting),
                   "belongs to secret and ssh mounts, with type= written before it");
    else
        refuse(mounting, value, "needs a value: write key=value");
}

/* The fields with a grammar of their own. False for a key that is none of these. */
static bool read_checked(mount_reading *mounting, const sp_mount_field *field, const sp_value *value)
{
    if (is(field, "type"))
        read_type(mounting, value);
    else if (is(field, "sharing"))
        read_sharing(mounting, value);
    else if (is(field, "readonly") || is(field, "ro") || is(field, "readwrite") || is(field, "rw")) {
        if (value->known && !sp_check_is_bool(value->value, NULL))
            refuse(mounting, value, "is neither true nor false");
    } else if (is(field, "required")) {
        if (needs_type(mounting, value, is_secret_or_ssh(mounting),
                       "belongs to secret and ssh mounts, with type= written before it") &&
            value->known && !sp_check_is_bool(value->value, NULL))
            refuse(mounting, value, "is neither true nor false");
    } else if (is(field, "size")) {
        if (needs_type(mounting, value, mounting->type == TMPFS,
                       "is the size of a tmpfs mount, with type= written before it") &&
            value->known && !sp_check_is_size(value->value))
            refuse(mounting, value, "is no size: write bytes, with k, m or g after them if need be");
    } else if (is(field, "mode") || is(field, "uid") || is(field, "gid")) {
        mounting->owner = PRESENT;
        if (value->known && !sp_check_is_number(value->value, is(field, "mode") ? 8 : 10))
            refuse(mounting, value, is(field, "mode") ? "is no mode: write octal digits" : "is no number");
    } else {
        return false;
    }
    return true;
}

/* A key stands right before its value, where the two are written in one piece. */
static sp_span span_of_key(const mount_reading *mounting, const sp_mount_field *field)
{
    sp_span value = field->value.span;
    uint32_t size = (uint32_t)field->key.size;
    if (value.end - value.start != field->value.text.size || size == 0 || value.start < size)
        return mounting->mount->flag->span;
    return (sp_span){value.start - size, value.start};
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
        read_bare(mounting, field, &value);
        return;
    }
    if (read_checked(mounting, field, &value))
        return;
    if (is(field, "from"))
        mounting->from = presence_of(&value);
    else if (is(field, "source") || is(field, "src"))
        mounting->source = presence_of(&value);
    else if (is(field, "target") || is(field, "dst") || is(field, "destination")) {
        mounting->target = presence_of(&value);
        mounting->target_value = value;
    } else if (is(field, "id"))
        mounting->id = presence_of(&value);
    else if (!is(field, "env"))
        refuse_all(mounting, "a mount has no such key: type, from, source, target, readonly, id, sharing, required, "
                             "size, mode, uid, gid and env exist");
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
    bool owned = mounting->type == CACHE || is_secret_or_ssh(mounting);
    if (!owned && mounting->owner == PRESENT)
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

/* A mount without from, and without a stage named "scratch": only bind mounts bring something, the context. */
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
    if (sp_link__is_mount(builder, mount))
        sp_run__add_link_edge(run, SP_EDGE_MOUNT);
    else
        add_context_mount(run, mount);
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
