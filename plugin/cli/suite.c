/* The cases of policy packs, and the examples in their help: found, run, counted. */
#include "cli/suite.h"

#include "cli/compare.h"
#include "cli/files.h"
#include "cli/markdown.h"
#include "cli/memory.h"
#include "cli/packs.h"
#include "cli/paths.h"
#include "cli/say.h"
#include "cli/update.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

enum { MOST_FOLDERS = 8 /* inside each other, below a case that is a folder */ };

/* The files of one case, and what was read of them. */
typedef struct cli_files {
    cli_subject *subjects;
    cli_text *texts;
    size_t count;
} cli_files;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void note_steps(void *payload, const char *policy, uint64_t steps)
{
    cli_suite *suite = payload;
    if (suite->id != NULL && strcmp(policy, suite->id) == 0 && steps > suite->steps)
        suite->steps = steps;
}

static void note_line(void *payload, const char *path, uint32_t line)
{
    cli_coverage_note(&((cli_suite *)payload)->coverage, path, line);
}

/* A case that BuildKit would refuse, or that makes a policy fail, proves nothing: its report says why. */
static bool is_reliable(const cli_suite *suite, const sp_results *results)
{
    if (sp_results_verdict(results) < SP_INPUT)
        return true;
    char *text = NULL;
    size_t size = 0;
    if (!suite->quiet && sp_results_report(results, "text", NULL, &text, &size) == SP_OK)
        fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return false;
}

static bool has_finding_of(const sp_results *results, const char *id, sp_finding *out)
{
    for (size_t i = 0; sp_results_at(results, i, out) == SP_OK; i++) {
        if (strcmp(out->policy, id) == 0)
            return true;
    }
    return false;
}

static void complain(const cli_suite *suite, const cli_subject *subject, uint32_t line, const char *what,
                     const char *policy, const char *text)
{
    if (!suite->quiet)
        cli_complain(subject, line, what, policy, text);
}

static size_t count_instructions(const cli_subject *subjects, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        sp_tool_instruction *instructions = NULL;
        size_t found = 0;
        if (sp_tool_instructions(subjects[i].text, subjects[i].size, &instructions, &found) == SP_OK)
            total += found;
        sp_text_free((char *)instructions);
    }
    return total;
}

/* Judges, and adds to the policy's tally. */
static sp_results *judge(cli_suite *suite, const cli_subject *subjects, size_t count, const cli_case *wanted)
{
    if (wanted->mistake != NULL) {
        complain(suite, &subjects[wanted->mistake_subject], wanted->mistake_line, "not understood:", wanted->mistake,
                 "");
        return NULL;
    }
    cli_tally *tally = &suite->tallies[suite->current];
    int64_t start = now();
    sp_error error;
    SP_INIT(error);
    suite->steps = 0;
    sp_results *results = cli_trial_judge(&suite->bench, suite->current, subjects, count, wanted, &error);
    tally->nanoseconds += now() - start;
    if (suite->steps > tally->steps) {
        tally->steps = suite->steps;
        tally->instructions = count_instructions(subjects, count);
    }
    if (results == NULL) {
        complain(suite, &subjects[0], 0, "not judged:", error.message, "");
        return NULL;
    }
    sp_finding finding;
    SP_INIT(finding);
    tally->judged++;
    tally->failing += has_finding_of(results, suite->id, &finding);
    return results;
}

static void count(cli_suite *suite, const char *name, bool right)
{
    suite->tallies[suite->current].cases++;
    suite->passed += right;
    suite->failed += !right;
    if (!suite->verbose)
        return;
    char *line = cli_format("%s %s", right ? "ok  " : "FAIL", name);
    cli_print_visibly(line);
    free(line);
}

/* A pattern without wildcards is a part of the name. */
static bool is_chosen(const cli_suite *suite, const char *name)
{
    const char *pattern = suite->pattern;
    if (pattern == NULL)
        return true;
    return strpbrk(pattern, "*?[") != NULL ? sp_tool_matches(pattern, name) != 0 : strstr(name, pattern) != NULL;
}

/* As in the rest of a pack, a link is not followed: what it leads to would be shown. */
static const char *read_file(const char *path, cli_text *out)
{
    struct stat status;
    bool is_link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    return is_link ? "It is a link" : cli_file_read(path, true, out);
}

/* Reads one file of a case. False, and told, when it cannot be read. */
static bool add_file(const cli_suite *suite, cli_files *files, const char *path)
{
    cli_text text = {0};
    const char *reason = read_file(path, &text);
    cli_subject subject = {path, cli_text_string(&text), text.size, 0};
    if (reason != NULL)
        complain(suite, &subject, 0, "not read:", reason, "");
    files->subjects = cli_resize(files->subjects, (files->count + 1) * sizeof *files->subjects);
    files->texts = cli_resize(files->texts, (files->count + 1) * sizeof *files->texts);
    files->subjects[files->count] = subject;
    files->texts[files->count++] = text;
    return reason == NULL;
}

static void dispose_files(cli_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        cli_text_dispose(&files->texts[i]);
    free(files->texts);
    free(files->subjects);
}

static bool is_right(cli_suite *suite, const cli_files *files, cli_case *wanted)
{
    sp_results *results = judge(suite, files->subjects, files->count, wanted);
    cli_outcome outcome = {files->subjects, files->count, results, wanted, NULL, 0, false};
    bool reliable = results != NULL && is_reliable(suite, results);
    if (reliable) {
        cli_compare(&outcome);
        if (!outcome.right && suite->update)
            outcome.right = cli_update_case(&outcome);
        else if (!suite->quiet)
            cli_outcome_show(&outcome);
        cli_outcome_dispose(&outcome);
    }
    sp_results_free(results);
    return reliable && outcome.right;
}

/* Runs a case: one file, or all that lie in a folder. */
static void run_case(cli_suite *suite, const char *name, const cli_strings *paths)
{
    cli_files files = {0};
    bool read = true;
    for (size_t i = 0; i < paths->count; i++)
        read = add_file(suite, &files, paths->items[i]) && read;
    if (read) {
        cli_case wanted;
        cli_case_read(files.subjects, files.count, &wanted);
        count(suite, name, is_right(suite, &files, &wanted));
        cli_case_dispose(&wanted);
    } else {
        count(suite, name, false);
    }
    dispose_files(&files);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size > end_size && strcmp(text + size - end_size, end) == 0;
}

static bool is_dockerfile(const char *path)
{
    const char *name = base_name(path);
    return strcmp(name, "Dockerfile") == 0 || strncmp(name, "Dockerfile.", 11) == 0 || ends_with(name, ".Dockerfile");
}

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The Dockerfiles in a folder and the folders in it. */
static void find_dockerfiles(const char *folder, cli_strings *out, int depth)
{
    cli_strings entries = {0};
    if (depth < MOST_FOLDERS)
        cli_packs_list(folder, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        if (is_folder(entries.items[i]))
            find_dockerfiles(entries.items[i], out, depth + 1);
        else if (is_dockerfile(entries.items[i]))
            cli_strings_add(out, entries.items[i]);
    }
    cli_strings_dispose(&entries);
}

static void run_entry(cli_suite *suite, const char *path)
{
    cli_strings paths = {0};
    bool folder = is_folder(path);
    const char *file = base_name(path);
    char *name = cli_format("%s/%.*s", suite->id, (int)(strlen(file) - (folder ? 0 : strlen(".Dockerfile"))), file);
    if (is_chosen(suite, name)) {
        suite->tallies[suite->current].files++;
        if (folder)
            find_dockerfiles(path, &paths, 0);
        else
            cli_strings_add(&paths, path);
        if (paths.count > 0)
            run_case(suite, name, &paths);
    }
    free(name);
    cli_strings_dispose(&paths);
}

static void run_cases(cli_suite *suite, const char *policy_path)
{
    char *folder = cli_format("%.*scases", (int)(base_name(policy_path) - policy_path), policy_path);
    cli_strings entries = {0};
    if (!cli_packs_list(folder, &entries)) {
        complain(suite, &(cli_subject){.path = folder, .text = ""}, 0, "not read:", strerror(errno), "");
        count(suite, folder, false);
    }
    for (size_t i = 0; i < entries.count; i++) {
        if (is_folder(entries.items[i]) || ends_with(entries.items[i], ".Dockerfile"))
            run_entry(suite, entries.items[i]);
    }
    cli_strings_dispose(&entries);
    free(folder);
}

/* Lines of the policy's file before its help; 0 when the help is not in it word for word. */
static uint32_t lines_before_help(const sp_policy_summary *policy)
{
    cli_text file = {0};
    uint32_t lines = 0;
    if (cli_file_read(policy->path, true, &file) == NULL && strlen(cli_text_string(&file)) == file.size) {
        const char *help = strstr(cli_text_string(&file), policy->help);
        for (const char *at = file.bytes; help != NULL && at < help; at++)
            lines += *at == '\n';
    }
    cli_text_dispose(&file);
    return lines;
}

/* An Avoid block must yield a finding, a Prefer block none: the help tells the truth. */
static bool is_true(cli_suite *suite, const cli_subject *subject, bool avoid)
{
    cli_case wanted;
    cli_case_read(subject, 1, &wanted);
    sp_results *results = judge(suite, subject, 1, &wanted);
    bool right = results != NULL && is_reliable(suite, results);
    if (right) {
        sp_finding finding;
        SP_INIT(finding);
        bool found = has_finding_of(results, suite->id, &finding);
        right = found == avoid;
        if (!right)
            complain(suite, subject, found ? finding.at.line : 1,
                     avoid ? "the Avoid block yields no finding of" : "the Prefer block yields a finding of", suite->id,
                     found ? finding.message : "");
    }
    sp_results_free(results);
    cli_case_dispose(&wanted);
    return right;
}

static bool is_called(const cli_block *block, const char *heading)
{
    return block->heading_size == strlen(heading) && strncasecmp(block->heading, heading, block->heading_size) == 0;
}

static void run_blocks(cli_suite *suite, const sp_policy_summary *summary)
{
    uint32_t offset = lines_before_help(summary);
    cli_markdown_cursor at = {0};
    cli_block block;
    while (cli_markdown_next(summary->help, &at, &block)) {
        bool avoid = is_called(&block, "Avoid");
        if (!avoid && !is_called(&block, "Prefer"))
            continue;
        char *name = cli_format("%s/help:%u", suite->id, (unsigned)(offset + block.line));
        if (is_chosen(suite, name)) {
            char *text = cli_format("%.*s", (int)block.size, block.text);
            cli_subject subject = {summary->path, text, block.size, offset + block.line - 1};
            count(suite, name, is_true(suite, &subject, avoid));
            free(text);
        }
        free(name);
    }
}

static void run_policy(cli_suite *suite, size_t index)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    if (sp_engine_policy_at(suite->bench.catalogue, index, &policy) != SP_OK)
        return;
    suite->current = index;
    suite->id = policy.id;
    if (policy.failure == NULL) {
        run_cases(suite, policy.path);
        run_blocks(suite, &policy);
        return;
    }
    if (!suite->quiet) {
        char *failure = cli_format("%s: %s cannot be loaded: %s", policy.path, policy.id, policy.failure);
        cli_print_visibly(failure);
        free(failure);
    }
    suite->unloaded = true;
    count(suite, policy.id, false);
}

/* The files whose lines are counted: the policies', and the modules of their packs. */
static void open_coverage(cli_suite *suite, const cli_strings *packs)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    for (size_t i = 0; sp_engine_policy_at(suite->bench.catalogue, i, &policy) == SP_OK; i++)
        cli_coverage_add(&suite->coverage, policy.path);
    for (size_t i = 0; i < packs->count; i++) {
        size_t size = strlen(packs->items[i]);
        while (size > 1 && packs->items[i][size - 1] == '/')
            size--;
        char *folder = cli_format("%.*s/lib", (int)size, packs->items[i]);
        cli_strings entries = {0};
        cli_packs_list(folder, &entries);
        for (size_t k = 0; k < entries.count; k++) {
            if (ends_with(entries.items[k], ".lua"))
                cli_coverage_add(&suite->coverage, entries.items[k]);
        }
        cli_strings_dispose(&entries);
        free(folder);
    }
}

bool cli_suite_open(cli_suite *suite, const cli_strings *packs)
{
    sp_error error;
    SP_INIT(error);
    suite->bench.packs = packs;
    suite->bench.verbose = suite->verbose;
    suite->bench.watch = suite->covers || suite->measures ? &suite->watch : NULL;
    suite->watch = (sp_tool_watch){suite, suite->covers ? note_line : NULL, suite->measures ? note_steps : NULL};
    suite->bench.catalogue = cli_trial_engine(&suite->bench, NULL, NULL, &error);
    if (suite->bench.catalogue == NULL) {
        cli_say_error(&error);
        return false;
    }
    suite->tallies = cli_allocate((sp_engine_policy_count(suite->bench.catalogue) + 1) * sizeof *suite->tallies);
    if (suite->covers)
        open_coverage(suite, packs);
    return true;
}

void cli_suite_run(cli_suite *suite)
{
    for (size_t i = 0; i < sp_engine_policy_count(suite->bench.catalogue); i++)
        run_policy(suite, i);
}

void cli_suite_dispose(cli_suite *suite)
{
    cli_coverage_dispose(&suite->coverage);
    free(suite->tallies);
    sp_engine_free(suite->bench.engine);
    sp_engine_free(suite->bench.catalogue);
    free(suite->bench.key);
}
