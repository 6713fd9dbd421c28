/* The machine's report, version 1: fields are only ever added, and stand in this order.

     report      version tool{name version} files[] findings[] failures[] summary{files stages policies errors warnings
                 infos failures waived}
     file        path targets[](of all its builds, each once) diagnostics[] builds[]
     build       name(null of the only one, when nothing declares it) targets[](labels of stages). One a distinct way to
                 build the file: a name may be several, "web, worker". Unreadable files have none
     diagnostic  id severity fatal message line(null) column(null)
     finding     policy aliases[] severity message path line(null) column(null) end_line(null) end_column(null)
                 stage(null) undecided builds[] evidence[] fingerprint help waived(null)
                 builds: the names of those it holds for; none when it holds for every build of the file, and of a
                 finding in the whole project
     waived      inside(the Dockerfile) reason(null) owner(null) until(null) path line column: why it does not count, in
                 the summary neither, and where that stands
     step        message path(null) line(null) column(null) source(only without a place)
     failure     policy path(null) kind message line(only when known) limit(only of a limit:… kind)

   Texts are repaired: a byte that is not UTF-8 becomes U+FFFD. */
#include "report/report.h"

#include "base/limits.h"
#include "source/utf8.h"
#include "report/cells.h"

#include <stagepolicy/version.h>

#include <jansson.h>

/* One report under way. jansson's memory is the C library's; a refusal anywhere makes the whole report fail. */
typedef struct writing {
    const struct sp_results *results;
    bool failed;
} writing;

static json_t *check(writing *json, json_t *value)
{
    json->failed = json->failed || value == NULL;
    return value;
}

/* Takes `value` over, also when it cannot be kept. */
static void put(writing *json, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, check(json, value)) != 0)
        json->failed = true;
}

static void append(writing *json, json_t *array, json_t *value)
{
    if (json_array_append_new(array, check(json, value)) != 0)
        json->failed = true;
}

/* Bytes that are not UTF-8 become U+FFFD, one each. */
static json_t *repaired(sp_str text)
{
    sp_buf buf;
    sp_buf_init(&buf, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    const char *next = text.text, *end = text.text + text.size;
    while (next < end) {
        uint32_t size = 0;
        char encoded[4];
        uint32_t point = sp_utf8_decode(next, end, &size);
        sp_buf_add(&buf, (sp_str){encoded, sp_utf8_encode(point, encoded)});
        next += size;
    }
    json_t *value = buf.failed ? NULL : json_stringn_nocheck(buf.bytes, buf.size);
    sp_buf_dispose(&buf);
    return value;
}

static json_t *text_of(sp_str text)
{
    if (!sp_utf8_is_valid(text))
        return repaired(text);
    return json_stringn_nocheck(text.size > 0 ? text.text : "", text.size);
}

static json_t *text_or_null(sp_str text)
{
    return text.size > 0 ? text_of(text) : json_null();
}

static json_t *number(uint64_t value)
{
    return json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value);
}

static json_t *number_or_null(bool known, uint32_t value)
{
    return known ? number(value) : json_null();
}

/* "a b c" → ["a", "b", "c"] */
static json_t *list_of_words(writing *json, sp_str words)
{
    json_t *list = check(json, json_array());
    while (words.size > 0) {
        size_t end = sp_str_find(words, ' ');
        if (end > 0)
            append(json, list, text_of(sp_str_head(words, end)));
        words = sp_str_skip(words, end + 1);
    }
    return list;
}

static json_t *list_of(writing *json, const sp_str *texts, uint32_t count)
{
    json_t *list = check(json, json_array());
    for (uint32_t i = 0; i < count; i++)
        append(json, list, text_of(texts[i]));
    return list;
}

static json_t *diagnostic_of(writing *json, const sp_result_diagnostic *diagnostic)
{
    json_t *object = check(json, json_object());
    put(json, object, "id", text_of(diagnostic->id));
    put(json, object, "severity", json_string(sp_severity_name(diagnostic->severity)));
    put(json, object, "fatal", json_boolean(diagnostic->fatal));
    put(json, object, "message", text_of(diagnostic->message));
    put(json, object, "line", number_or_null(diagnostic->at.placed, diagnostic->at.start.line));
    put(json, object, "column", number_or_null(diagnostic->at.placed, diagnostic->at.start.column));
    return object;
}

static json_t *build_of(writing *json, const sp_result_build *build)
{
    json_t *object = check(json, json_object());
    put(json, object, "name", text_or_null(build->name));
    put(json, object, "targets", list_of(json, build->targets, build->target_count));
    return object;
}

static bool has_text(const json_t *list, sp_str text)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (sp_str_equal((sp_str){json_string_value(item), json_string_length(item)}, text))
            return true;
    }
    return false;
}

/* A file's targets are those of all its builds, each once. */
static void append_new(writing *json, json_t *list, const sp_result_build *build)
{
    for (uint32_t i = 0; i < build->target_count; i++) {
        if (!has_text(list, build->targets[i]))
            append(json, list, text_of(build->targets[i]));
    }
}

static json_t *file_of(writing *json, const sp_result_file *file)
{
    json_t *object = check(json, json_object());
    json_t *targets = check(json, json_array()), *diagnostics = check(json, json_array());
    json_t *builds = check(json, json_array());
    for (uint32_t i = 0; i < file->builds.count; i++) {
        append_new(json, targets, &file->builds.items[i]);
        append(json, builds, build_of(json, &file->builds.items[i]));
    }
    for (uint32_t i = 0; i < file->diagnostics.count; i++)
        append(json, diagnostics, diagnostic_of(json, &file->diagnostics.items[i]));
    put(json, object, "path", text_of(file->path));
    put(json, object, "targets", targets);
    put(json, object, "diagnostics", diagnostics);
    put(json, object, "builds", builds);
    return object;
}

static json_t *step_of(writing *json, sp_str path, const sp_evidence *step)
{
    const sp_located *at = &step->at;
    json_t *object = check(json, json_object());
    put(json, object, "message", text_of(step->message));
    put(json, object, "path", at->placed ? text_of(at->path.size > 0 ? at->path : path) : json_null());
    put(json, object, "line", number_or_null(at->placed, at->start.line));
    put(json, object, "column", number_or_null(at->placed, at->start.column));
    if (!at->placed)
        put(json, object, "source", text_of(step->source));
    return object;
}

static void put_place(writing *json, json_t *object, const sp_located *at)
{
    put(json, object, "path", text_or_null(at->path));
    put(json, object, "line", number_or_null(at->placed, at->start.line));
    put(json, object, "column", number_or_null(at->placed, at->start.column));
    put(json, object, "end_line", number_or_null(at->placed, at->end.line));
    put(json, object, "end_column", number_or_null(at->placed, at->end.column));
}

static json_t *waived_of(writing *json, const sp_result_waiver *waived)
{
    if (waived == NULL)
        return json_null();
    json_t *object = check(json, json_object());
    put(json, object, "inside", json_boolean(waived->inside));
    put(json, object, "reason", text_or_null(waived->reason));
    put(json, object, "owner", text_or_null(waived->owner));
    put(json, object, "until", text_or_null(waived->until));
    put(json, object, "path", text_of(waived->at.path));
    put(json, object, "line", number(waived->at.start.line));
    put(json, object, "column", number(waived->at.start.column));
    return object;
}

static json_t *finding_of(writing *json, const sp_result_finding *finding)
{
    json_t *object = check(json, json_object());
    json_t *evidence = check(json, json_array());
    for (uint32_t i = 0; i < finding->evidence_count; i++)
        append(json, evidence, step_of(json, finding->at.path, &finding->evidence[i]));
    put(json, object, "policy", text_of(finding->policy));
    put(json, object, "aliases", list_of_words(json, finding->aliases));
    put(json, object, "severity", json_string(sp_severity_name(finding->severity)));
    put(json, object, "message", text_of(finding->message));
    put_place(json, object, &finding->at);
    put(json, object, "stage", text_or_null(finding->stage));
    put(json, object, "undecided", json_boolean(finding->undecided));
    put(json, object, "builds", list_of(json, finding->builds, finding->build_count));
    put(json, object, "evidence", evidence);
    put(json, object, "fingerprint", text_of(finding->fingerprint));
    put(json, object, "help", text_of(finding->help));
    put(json, object, "waived", waived_of(json, finding->waived));
    return object;
}

static json_t *failure_of(writing *json, const sp_result_failure *failure)
{
    json_t *object = check(json, json_object());
    put(json, object, "policy", text_of(failure->policy));
    put(json, object, "path", text_or_null(failure->path));
    put(json, object, "kind", text_of(failure->kind));
    put(json, object, "message", text_of(failure->message));
    if (failure->line > 0)
        put(json, object, "line", number(failure->line));
    if (failure->limit > 0)
        put(json, object, "limit", number(failure->limit));
    return object;
}

static json_t *tool_of(writing *json)
{
    json_t *object = check(json, json_object());
    put(json, object, "name", json_string("stagepolicy"));
    put(json, object, "version", json_string(SP_VERSION));
    return object;
}

static json_t *summary_of(writing *json)
{
    sp_summary summary = sp_results_summary(json->results);
    json_t *object = check(json, json_object());
    put(json, object, "files", number(summary.files));
    put(json, object, "stages", number(summary.stages));
    put(json, object, "policies", number(summary.policies));
    put(json, object, "errors", number(summary.errors));
    put(json, object, "warnings", number(summary.warnings));
    put(json, object, "infos", number(summary.infos));
    put(json, object, "failures", number(summary.failures));
    put(json, object, "waived", number(summary.waived));
    return object;
}

static json_t *report_of(writing *json)
{
    const struct sp_results *results = json->results;
    json_t *root = check(json, json_object());
    json_t *files = check(json, json_array()), *findings = check(json, json_array());
    json_t *failures = check(json, json_array());
    for (uint32_t i = 0; i < results->files.count; i++)
        append(json, files, file_of(json, &results->files.items[i]));
    for (uint32_t i = 0; i < results->findings.count; i++)
        append(json, findings, finding_of(json, &results->findings.items[i]));
    for (uint32_t i = 0; i < results->failures.count; i++)
        append(json, failures, failure_of(json, &results->failures.items[i]));
    put(json, root, "version", json_integer(1));
    put(json, root, "tool", tool_of(json));
    put(json, root, "files", files);
    put(json, root, "findings", findings);
    put(json, root, "failures", failures);
    put(json, root, "summary", summary_of(json));
    return root;
}

static void add_escaped(sp_buf *out, uint32_t point)
{
    if (point > 0xFFFF) {
        sp_buf_print(out, "\\u%04X", (unsigned)(0xD7C0 + (point >> 10)));
        point = 0xDC00 | (point & 0x3FF);
    }
    sp_buf_print(out, "\\u%04X", (unsigned)point);
}

/* JSON lets through what a terminal would obey, and commands to those who read logs. The pieces that come are whole
   characters; those below a blank are layout. */
static int add_bytes(const char *bytes, size_t size, void *payload)
{
    sp_buf *out = payload;
    const char *next = bytes, *end = bytes + size, *kept = bytes;
    for (uint32_t width; next < end; next += width) {
        width = 1;
        if ((unsigned char)*next < 0x7F && *next != '#')
            continue;
        uint32_t point = sp_utf8_decode(next, end, &width);
        bool command = point == '#' && sp_text_is_command(sp_str_between(next, end));
        if (!command && !sp_point_is_unsafe(point))
            continue;
        sp_buf_add(out, sp_str_between(kept, next));
        add_escaped(out, point);
        kept = next + width;
    }
    sp_buf_add(out, sp_str_between(kept, end));
    return out->failed ? -1 : 0;
}

void sp_report_json(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    (void)options;
    writing json = {.results = results};
    json_t *root = report_of(&json);
    if (json.failed || json_dump_callback(root, add_bytes, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER) != 0)
        out->failed = true;
    json_decref(root);
    sp_buf_byte(out, '\n');
}
