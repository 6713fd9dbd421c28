/* From spans of a document to places of the results, which outlive it. */
#include "engine/locate.h"

#include "base/list.h"
#include "result/fingerprint.h"
#include "source/excerpt.h"
#include "source/line_hash.h"

#include <stdlib.h>

sp_located sp_locate(sp_arena *arena, const sp_source *source, sp_str path, sp_span span)
{
    sp_excerpt excerpt = sp_excerpt_make(source, span);
    return (sp_located){
        .placed = true,
        .path = path,
        .start = sp_source_point(source, span.start),
        .end = sp_source_point(source, span.end),
        .span = span,
        .excerpt = sp_arena_copy(arena, excerpt.text),
        .excerpt_column = excerpt.column,
        .excerpt_cut = excerpt.cut,
    };
}

/* The instruction that a span starts in, or NULL. Instructions are in order of place. */
static const sp_instruction *instruction_at(const sp_document *document, sp_span span)
{
    uint32_t low = 0, high = document->instructions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->instructions.items[middle].span.start <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const sp_instruction *instruction = &document->instructions.items[low - 1];
    return span.start < instruction->span.end ? instruction : NULL;
}

/* The stage of a label such as "stage 2", which only a stage without a name has; NULL for a name. */
static const sp_stage *nameless_stage(const sp_graph *graph, sp_str label)
{
    uint64_t number = 0;
    if (!sp_str_starts(label, SP_STR("stage ")) || !sp_str_to_uint(sp_str_skip(label, 6), &number))
        return NULL;
    for (uint64_t i = number > 0 ? number - 1 : 0; i <= number && i < graph->stage_count; i++) {
        if (graph->stages[i].name.size == 0 && sp_str_equal(sp_stage_label(graph, (uint32_t)i), label))
            return &graph->stages[i];
    }
    return NULL;
}

static sp_str stage_key(sp_arena *arena, const sp_graph *graph, sp_str label)
{
    const sp_stage *stage = nameless_stage(graph, label);
    if (stage == NULL)
        return label;
    const sp_instruction *from = graph->instructions[stage->from].instruction;
    sp_str base = from->as.from.base != NULL ? from->as.from.base->text : SP_STR("");
    return sp_arena_join(arena, (sp_str[]){SP_STR("FROM "), base}, 2);
}

/* Steps may stand in other files of the project than their finding. */
static const sp_evidence *locate_evidence(sp_arena *arena, const sp_map *graphs, const sp_result_finding *finding)
{
    if (finding->evidence_count == 0)
        return NULL;
    sp_evidence *steps = sp_arena_alloc(arena, finding->evidence_count * sizeof *steps);
    for (uint32_t i = 0; i < finding->evidence_count; i++) {
        steps[i] = finding->evidence[i];
        if (!steps[i].at.placed)
            continue;
        const sp_graph *graph = sp_map_find(graphs, steps[i].at.path);
        steps[i].at = sp_locate(arena, &graph->document->source, steps[i].at.path, steps[i].at.span);
    }
    return steps;
}

/* Digests of long texts, which many findings may share: an instruction can have megabytes. */
typedef struct digest {
    const sp_document *document;
    sp_span span;
    sp_str bytes;
} digest;

typedef SP_LIST(digest) digests;

static sp_str digest_of(sp_arena *arena, const sp_document *document, sp_span span, digests *known)
{
    enum { LONG = 4096 };
    sp_str text = sp_source_text(&document->source, span);
    if (text.size < LONG)
        return sp_fingerprint_digest(arena, text, document->escape);
    for (uint32_t i = known->count; i > 0; i--) {
        const digest *same = &known->items[i - 1];
        if (same->document == document && same->span.start == span.start && same->span.end == span.end)
            return known->items[i - 1].bytes;
    }
    sp_str bytes = sp_fingerprint_digest(arena, text, document->escape);
    *sp_list_add(arena, known) = (digest){document, span, bytes};
    return bytes;
}

static void locate_finding(sp_arena *arena, const sp_map *graphs, digests *known, sp_result_finding *finding)
{
    finding->evidence = locate_evidence(arena, graphs, finding);
    finding->stage_key = finding->subject = finding->exact = SP_STR("");
    const sp_graph *graph = sp_map_find(graphs, finding->at.path);
    if (graph == NULL) /* it is about the project itself */
        return;
    const sp_document *document = graph->document;
    finding->stage_key = stage_key(arena, graph, finding->stage);
    if (!finding->at.placed)
        return;
    finding->at = sp_locate(arena, &document->source, finding->at.path, finding->at.span);
    const sp_instruction *instruction = instruction_at(document, finding->at.span);
    if (instruction != NULL)
        finding->subject = digest_of(arena, document, instruction->span, known);
    finding->exact = digest_of(arena, document, finding->at.span, known);
}

void sp_locate_findings(struct sp_results *results, uint32_t first, const sp_map *graphs)
{
    digests known = {0};
    for (uint32_t i = first; i < results->findings.count; i++)
        locate_finding(&results->arena, graphs, &known, &results->findings.items[i]);
}

/* ---- line hashes ---- */

/* A hash that some finding needs, and how many lines have had it. */
typedef struct counted {
    uint64_t hash;
    uint32_t lines;
} counted;

typedef struct hashing {
    sp_arena *arena;
    sp_result_finding *next, *end; /* of the file, in order of place */
    counted *hashes;
    uint32_t count;
} hashing;

/* What is found of no place in a file stands on its first line for GitHub. */
static bool is_on(const sp_result_finding *finding, uint32_t line)
{
    return (finding->at.placed ? finding->at.start.line : 1) == line;
}

static void collect_hash(void *payload, uint32_t line, uint64_t hash)
{
    hashing *lines = payload;
    if (lines->next == lines->end || !is_on(lines->next, line))
        return;
    lines->hashes[lines->count++].hash = hash;
    while (lines->next < lines->end && is_on(lines->next, line))
        lines->next++;
}

static int compare_hashes(const void *a, const void *b)
{
    const counted *first = a, *second = b;
    return (first->hash > second->hash) - (first->hash < second->hash);
}

/* Lines with the same hash are told apart by their ordinal, in which every line of the file counts. */
static void set_hash(void *payload, uint32_t line, uint64_t hash)
{
    hashing *lines = payload;
    counted wanted = {.hash = hash};
    counted *found = bsearch(&wanted, lines->hashes, lines->count, sizeof wanted, compare_hashes);
    if (found == NULL)
        return;
    found->lines++;
    for (; lines->next < lines->end && is_on(lines->next, line); lines->next++)
        lines->next->line_hash =
            sp_arena_print(lines->arena, "%llx:%u", (unsigned long long)hash, (unsigned)found->lines);
}

static uint32_t drop_equal(counted *hashes, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || hashes[kept - 1].hash != hashes[i].hash)
            hashes[kept++] = hashes[i];
    }
    return kept;
}

uint32_t sp_locate_lines(struct sp_results *results, uint32_t next, sp_str path, sp_str text)
{
    sp_result_finding *findings = results->findings.items;
    uint32_t count = results->findings.count, end;
    while (next < count && sp_str_compare(findings[next].at.path, path) < 0)
        next++;
    for (end = next; end < count && sp_str_equal(findings[end].at.path, path);)
        end++;
    if (end == next)
        return end;
    hashing lines = {.arena = &results->arena, .next = &findings[next], .end = &findings[end]};
    lines.hashes = sp_arena_zeroed(&results->arena, (end - next) * sizeof *lines.hashes);
    sp_line_hashes(text, collect_hash, &lines);
    qsort(lines.hashes, lines.count, sizeof *lines.hashes, compare_hashes);
    lines.count = drop_equal(lines.hashes, lines.count);
    lines.next = &findings[next];
    sp_line_hashes(text, set_hash, &lines);
    return end;
}
