/* stagepolicy test: runs the cases of policy packs, and the examples in their help. */
#include "cli/command.h"

#include "cli/files.h"
#include "cli/markdown.h"
#include "cli/memory.h"
#include "cli/option.h"
#include "cli/paths.h"
#include "cli/say.h"
#include "cli/trial.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

typedef struct cli_testing {
    cli_bench bench;
    size_t passed, failed;
    bool unloaded; /* a policy does not load */
} cli_testing;

/* The text under test, for showing its lines. */
typedef struct cli_subject {
    const char *path, *text;
    size_t size;
    uint32_t line_offset; /* added to a line of the text to give the line in the file */
} cli_subject;

static void show_line(const cli_subject *subject, uint32_t line)
{
    const char *text = subject->text, *end = text + subject->size;
    for (uint32_t at = 1; at < line && text != NULL && text < end; at++) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        text = feed != NULL ? feed + 1 : end;
    }
    if (line == 0 || text >= end)
        return;
    const char *feed = memchr(text, '\n', (size_t)(end - text));
    cli_text shown = {0};
    cli_text_visible(&shown, text, (size_t)((feed != NULL ? feed : end) - text), false);
    printf("%6u | %s\n", (unsigned)(line + subject->line_offset), cli_text_string(&shown));
    cli_text_dispose(&shown);
}

static void print_visibly(const char *line)
{
    cli_text shown = {0};
    cli_text_visible(&shown, line, strlen(line), false);
    printf("%s\n", cli_text_string(&shown));
    cli_text_dispose(&shown);
}

/* One reason for a failed test, on the line it is about. */
static void complain(const cli_subject *subject, uint32_t line, const char *what, const char *policy, const char *text)
{
    char *shown =
        cli_format("%s:%u: %s %s%s%s", subject->path, (unsigned)((line != 0 ? line : 1) + subject->line_offset), what,
                   policy, text[0] != '\0' ? ": " : "", text);
    print_visibly(shown);
    free(shown);
    show_line(subject, line);
}

static bool meets(const cli_expectation *expected, const sp_finding *finding)
{
    bool here = expected->first == 0 || (finding->at.line >= expected->first && finding->at.line <= expected->last);
    return here && strcmp(expected->policy, finding->policy) == 0 && strstr(finding->message, expected->text) != NULL;
}

/* Expectations with a text choose first, so that one without cannot take their finding away. */
static cli_expectation *find_expectation(cli_case *wanted, const sp_finding *finding)
{
    for (int without_text = 0; without_text < 2; without_text++) {
        for (size_t i = 0; i < wanted->count; i++) {
            cli_expectation *expected = &wanted->expectations[i];
            bool turn = (expected->text[0] == '\0') == (without_text == 1);
            if (turn && !expected->met && meets(expected, finding))
                return expected;
        }
    }
    return NULL;
}

static bool compare(const cli_subject *subject, const sp_results *results, cli_case *wanted)
{
    bool right = true;
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; sp_results_at(results, i, &finding) == SP_OK; i++) {
        cli_expectation *expected = find_expectation(wanted, &finding);
        if (expected != NULL) {
            expected->met = true;
        } else {
            complain(subject, finding.at.line, "found, and not expected:", finding.policy, finding.message);
            right = false;
        }
    }
    for (size_t i = 0; i < wanted->count; i++) {
        const cli_expectation *expected = &wanted->expectations[i];
        if (!expected->met) {
            complain(subject, expected->first != 0 ? expected->first : expected->line,
                     "expected, and not found:", expected->policy, expected->text);
            right = false;
        }
    }
    return right;
}

/* A case that BuildKit would refuse, or that makes a policy fail, proves nothing: its report says why. */
static bool is_reliable(const sp_results *results)
{
    if (sp_results_verdict(results) < SP_INPUT)
        return true;
    char *text = NULL;
    size_t size = 0;
    if (sp_results_report(results, "text", NULL, &text, &size) == SP_OK)
        fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return false;
}

static sp_results *judge(cli_testing *test, size_t policy, const cli_subject *subject, const cli_case *wanted)
{
    if (wanted->mistake != NULL) {
        complain(subject, wanted->mistake_line, "not understood:", wanted->mistake, "");
        return NULL;
    }
    sp_error error;
    SP_INIT(error);
    sp_results *results =
        cli_trial_judge(&test->bench, policy, subject->path, subject->text, subject->size, wanted, &error);
    if (results == NULL)
        complain(subject, 0, "not judged:", error.message, "");
    return results;
}

static void count(cli_testing *test, bool right)
{
    test->passed += right;
    test->failed += !right;
}

/* As in the rest of a pack, a link is not followed: what it leads to would be shown. */
static const char *read_case(const char *path, cli_text *out)
{
    struct stat status;
    bool is_link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    return is_link ? "It is a link" : cli_file_read(path, true, out);
}

static void run_case(cli_testing *test, size_t policy, const char *path)
{
    cli_text text = {0};
    const char *reason = read_case(path, &text);
    cli_subject subject = {path, cli_text_string(&text), text.size, 0};
    if (reason != NULL) {
        complain(&subject, 0, "not read:", reason, "");
        count(test, false);
        cli_text_dispose(&text);
        return;
    }
    cli_case wanted;
    cli_case_read(subject.text, subject.size, &wanted);
    sp_results *results = judge(test, policy, &subject, &wanted);
    count(test, results != NULL && is_reliable(results) && compare(&subject, results, &wanted));
    sp_results_free(results);
    cli_case_dispose(&wanted);
    cli_text_dispose(&text);
}

/* The entries of a folder, sorted; none of one that is not there. False, with errno, when it cannot be read. */
static bool list_folder(const char *folder, cli_strings *out)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return errno == ENOENT;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.')
            cli_strings_take(out, cli_path_join(folder, entry->d_name));
    }
    closedir(directory);
    cli_strings_sort(out);
    return true;
}

static void run_cases(cli_testing *test, size_t policy, const char *policy_path)
{
    const char *slash = strrchr(policy_path, '/');
    char *folder = cli_format("%.*scases", slash != NULL ? (int)(slash - policy_path) + 1 : 0, policy_path);
    cli_strings entries = {0};
    if (!list_folder(folder, &entries)) {
        complain(&(cli_subject){.path = folder, .text = ""}, 0, "not read:", strerror(errno), "");
        count(test, false);
    }
    for (size_t i = 0; i < entries.count; i++) {
        size_t size = strlen(entries.items[i]);
        if (size > 11 && strcmp(entries.items[i] + size - 11, ".Dockerfile") == 0)
            run_case(test, policy, entries.items[i]);
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

static bool has_finding_of(const sp_results *results, const char *id, sp_finding *out)
{
    for (size_t i = 0; sp_results_at(results, i, out) == SP_OK; i++) {
        if (strcmp(out->policy, id) == 0)
            return true;
    }
    return false;
}

/* An Avoid block must yield a finding, a Prefer block none: the help tells the truth. */
static void run_block(cli_testing *test, size_t policy, const char *id, const cli_subject *subject, bool avoid)
{
    cli_case wanted;
    cli_case_read(subject->text, subject->size, &wanted);
    sp_results *results = judge(test, policy, subject, &wanted);
    bool right = results != NULL && is_reliable(results);
    if (right) {
        sp_finding finding;
        SP_INIT(finding);
        bool found = has_finding_of(results, id, &finding);
        right = found == avoid;
        if (!right)
            complain(subject, found ? finding.at.line : 1,
                     avoid ? "the Avoid block yields no finding of" : "the Prefer block yields a finding of", id,
                     found ? finding.message : "");
    }
    count(test, right);
    sp_results_free(results);
    cli_case_dispose(&wanted);
}

static bool is_called(const cli_block *block, const char *heading)
{
    return block->heading_size == strlen(heading) && strncasecmp(block->heading, heading, block->heading_size) == 0;
}

static void run_blocks(cli_testing *test, size_t policy, const sp_policy_summary *summary)
{
    uint32_t offset = lines_before_help(summary);
    cli_markdown_cursor at = {0};
    cli_block block;
    while (cli_markdown_next(summary->help, &at, &block)) {
        if (is_called(&block, "Avoid") || is_called(&block, "Prefer")) {
            char *text = cli_format("%.*s", (int)block.size, block.text);
            cli_subject subject = {summary->path, text, block.size, offset + block.line - 1};
            run_block(test, policy, summary->id, &subject, is_called(&block, "Avoid"));
            free(text);
        }
    }
}

static void run_policy(cli_testing *test, size_t index)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    if (sp_engine_policy_at(test->bench.catalogue, index, &policy) != SP_OK)
        return;
    if (policy.failure != NULL) {
        char *failure = cli_format("%s: %s cannot be loaded: %s", policy.path, policy.id, policy.failure);
        print_visibly(failure);
        free(failure);
        test->unloaded = true;
        count(test, false);
        return;
    }
    run_cases(test, index, policy.path);
    run_blocks(test, index, &policy);
}

static bool is_pack(const char *folder)
{
    char *manifest = cli_path_join(folder, "pack.yaml");
    struct stat status;
    bool found = stat(manifest, &status) == 0;
    free(manifest);
    return found;
}

/* A pack itself, or every pack in a folder. False, and said, when there is none. */
static bool find_packs(const char *folder, cli_strings *out)
{
    if (is_pack(folder)) {
        cli_strings_add(out, folder);
        return true;
    }
    size_t before = out->count;
    cli_strings entries = {0};
    list_folder(folder, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        if (is_pack(entries.items[i]))
            cli_strings_add(out, entries.items[i]);
    }
    cli_strings_dispose(&entries);
    if (out->count == before)
        cli_say("%s is no pack: neither it nor a folder in it has a pack.yaml", folder);
    return out->count != before;
}

static int run_packs(const cli_strings *packs)
{
    cli_testing test = {.bench = {.packs = packs}};
    sp_error error;
    SP_INIT(error);
    test.bench.catalogue = cli_trial_engine(packs, NULL, NULL, &error);
    if (test.bench.catalogue == NULL) {
        cli_say_error(&error);
        return SP_USAGE;
    }
    for (size_t i = 0; i < sp_engine_policy_count(test.bench.catalogue); i++)
        run_policy(&test, i);
    printf("%zu passed, %zu failed\n", test.passed, test.failed);
    sp_engine_free(test.bench.engine);
    sp_engine_free(test.bench.catalogue);
    free(test.bench.key);
    return test.unloaded ? SP_POLICY : test.failed != 0 ? SP_FAIL : SP_PASS;
}

int cli_test(int argc, char **argv)
{
    static const cli_option options[] = {{0}};
    static const cli_usage usage = {
        "test [PACK…]",
        "Runs the cases of policy packs: every cases/*.Dockerfile beside a policy, and the Avoid and Prefer blocks of "
        "its\n"
        "help. PACK is a folder with pack.yaml, or a folder of such folders [.].",
        options,
        "A case says in comments what it expects:\n"
        "  # expect: ID[: TEXT]       a finding of policy ID at the next instruction, with TEXT in its message\n"
        "  # expect-file: ID[: TEXT]  the same anywhere in the file\n"
        "  # case: target=NAME arg:NAME=VALUE option:NAME=VALUE\n\n"
        "Exit codes: 0 all passed, 1 some failed, 2 nothing could be run, 4 a policy does not load.",
    };
    cli_strings operands = {0}, packs = {0};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN) {
        if (operands.count == 0)
            cli_strings_add(&operands, ".");
        bool found = true;
        for (size_t i = 0; i < operands.count && found; i++)
            found = find_packs(operands.items[i], &packs);
        code = found ? run_packs(&packs) : SP_USAGE;
    }
    cli_strings_dispose(&packs);
    cli_strings_dispose(&operands);
    return code;
}
