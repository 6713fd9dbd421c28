/* COPY and ADD: what comes from where, and what BuildKit would refuse of their flags and sources. */
#include "graph/run.h"

#include "graph/check.h"
#include "graph/copied.h"

/* A COPY or ADD being read. */
typedef struct copy_run {
    sp_run *run;
    bool is_add, linked; /* linked: --from */
    sp_value destination;
    uint32_t first_edge, path_count;
    uint32_t inline_count; /* inline files among the sources so far */
    sp_origin path_origin; /* of the last path source */
} copy_run;

/* Gives a new edge room for its sources, and its destination. */
static void prepare(const copy_run *copying, sp_edge *edge, uint32_t source_count)
{
    edge->sources.items = sp_arena_alloc(copying->run->builder->arena, source_count * sizeof *edge->sources.items);
    edge->sources.capacity = source_count;
    edge->destination = copying->destination;
}

/* The edge of this instruction for an origin: all sources of one origin come over one edge. */
static sp_edge *edge_for(copy_run *copying, sp_origin origin, uint32_t sources_left)
{
    sp_builder *builder = copying->run->builder;
    for (uint32_t i = copying->first_edge; i < builder->edges.count; i++) {
        bool link = copying->linked && i == copying->first_edge;
        if (link ? origin != SP_ORIGIN_INLINE : builder->edges.items[i].origin == origin)
            return &builder->edges.items[i];
    }
    sp_edge *edge = sp_run__add_edge(copying->run, copying->is_add ? SP_EDGE_ADD : SP_EDGE_COPY, origin);
    prepare(copying, edge, sources_left);
    return edge;
}

/* COPY takes paths alone; of a source that may be anything, ADD cannot tell. */
static sp_origin origin_of(const copy_run *copying, const sp_value *source)
{
    if (source->failed)
        return SP_ORIGIN_UNKNOWN;
    if (source->known)
        return sp_copied_origin(source->value);
    return copying->is_add ? sp_copied__origin_of_shape(source->shape) : SP_ORIGIN_CONTEXT;
}

static void judge_source(copy_run *copying, const sp_value *source, sp_origin origin)
{
    sp_run *run = copying->run;
    if (!source->known || origin == SP_ORIGIN_CONTEXT)
        return;
    if (!copying->is_add && (origin == SP_ORIGIN_URL || origin == SP_ORIGIN_GIT)) {
        sp_judge__refuse(run->builder, source, SP_DIAGNOSTIC_SOURCE_NOT_ALLOWED, run->fatal,
                         "COPY takes no %s: use ADD", origin == SP_ORIGIN_URL ? "URL" : "git repository");
        return;
    }
    const char *problem = origin == SP_ORIGIN_GIT ? sp_copied__git_problem(source->value) : NULL;
    if (problem != NULL)
        sp_judge__refuse(run->builder, source, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal, "'%.*s': %s",
                         SP_STR_ARG(sp_judge__brief(source->value)), problem);
}

/* Whether source `index` is a heredoc; they are asked for in order. */
static bool is_inline(const copy_run *copying, uint32_t index)
{
    const sp_instruction *instruction = copying->run->instruction;
    return copying->inline_count < instruction->as.copy.inline_count &&
           instruction->as.copy.inline_files[copying->inline_count].source == index;
}

static void copy_source(copy_run *copying, uint32_t index)
{
    const sp_instruction *instruction = copying->run->instruction;
    sp_word word = instruction->as.copy.sources[index];
    sp_value source;
    sp_origin origin;
    if (is_inline(copying, index)) {
        source = sp_value_literal(word);
        origin = SP_ORIGIN_INLINE;
        copying->inline_count++;
    } else {
        source = sp_run__expand(copying->run, word);
        origin = origin_of(copying, &source);
        copying->path_count++;
        copying->path_origin = origin;
        judge_source(copying, &source, origin);
    }
    sp_edge *edge = edge_for(copying, origin, instruction->as.copy.source_count - index);
    *sp_list_add(copying->run->builder->arena, &edge->sources) = source;
}

/* The expanded value of a flag; false when it is not there, empty, or not to be judged. */
static bool flag_value(const sp_run *run, const char *name, sp_value *out)
{
    const sp_flag *flag = sp_instruction_flag(run->instruction, sp_str_from(name));
    if (flag == NULL || flag->value.text.size == 0 || !flag->has_value)
        return false;
    *out = sp_run__expand(run, flag->value);
    return out->known && !out->failed && out->value.size > 0;
}

/* Whether --link is given and not switched off. */
static bool is_link(const sp_run *run)
{
    const sp_flag *link = sp_instruction_flag(run->instruction, SP_STR("link"));
    return link != NULL && (!link->has_value || sp_str_equal_nocase(link->value.text, SP_STR("true")));
}

static void judge_owner(const sp_run *run)
{
    sp_value owner;
    if (!flag_value(run, "chown", &owner) || !is_link(run) || sp_check__is_numeric_owner(owner.value))
        return;
    sp_judge__refuse(run->builder, &owner, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                     "--link cannot look up the names in '%.*s': write numbers, as in --chown=1000:1000",
                     SP_STR_ARG(sp_judge__brief(owner.value)));
}

static void judge_mode(const sp_run *run)
{
    sp_value mode;
    if (!flag_value(run, "chmod", &mode) || sp_check__is_mode(mode.value))
        return;
    sp_judge__refuse(run->builder, &mode, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                     "'%.*s' is no mode: write octal digits up to 07777, or a symbolic mode as in u=rw,go=r",
                     SP_STR_ARG(sp_judge__brief(mode.value)));
}

static void judge_checksum(copy_run *copying)
{
    sp_run *run = copying->run;
    sp_value checksum;
    if (!copying->is_add || !flag_value(run, "checksum", &checksum))
        return;
    if (copying->path_count != 1)
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "a checksum needs exactly one source: split the ADD");
    else if (copying->path_origin == SP_ORIGIN_CONTEXT)
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "a checksum needs a source from HTTP or git: drop it for files of the build context");
    else if (copying->path_origin == SP_ORIGIN_URL && !sp_reference_is_digest(checksum.value))
        sp_judge__refuse(run->builder, &checksum, SP_DIAGNOSTIC_INVALID_VALUE, run->fatal,
                         "'%.*s' is no digest: write sha256: and 64 lower-case hexadecimal digits",
                         SP_STR_ARG(sp_judge__brief(checksum.value)));
}

/* Inline files whose name is not quoted are expanded; only a '$' can make that fail. */
static void judge_heredocs(const sp_run *run)
{
    for (uint32_t i = 0; i < run->instruction->heredocs.count; i++) {
        const sp_heredoc *heredoc = &run->instruction->heredocs.items[i];
        sp_scope scope = sp_run__scope(run);
        if (!heredoc->expands || sp_str_find(heredoc->content, '$') == heredoc->content.size)
            continue;
        sp_judge__body(run->builder, &scope, heredoc, run->fatal);
    }
}

/* COPY [--from] source… destination;  ADD source… destination */
void sp_run__copy(sp_run *run)
{
    const sp_instruction *instruction = run->instruction;
    copy_run copying = {.run = run, .is_add = instruction->kind == SP_ADD};
    copying.first_edge = run->builder->edges.count;
    copying.destination = sp_run__expand(run, *instruction->as.copy.destination);
    copying.linked = instruction->as.copy.from != NULL && !copying.is_add;
    uint32_t count = instruction->as.copy.source_count;
    if (copying.linked)
        prepare(&copying, sp_run__add_link_edge(run, SP_EDGE_COPY), count);
    for (uint32_t i = 0; i < count; i++)
        copy_source(&copying, i);
    judge_heredocs(run);
    if (instruction->flags.count == 0)
        return;
    judge_owner(run);
    judge_mode(run);
    judge_checksum(&copying);
}
