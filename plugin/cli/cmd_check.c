/* stagepolicy check: judges Dockerfiles by the policies. */
#include "cli/command.h"

#include "cli/builds.h"
#include "cli/color.h"
#include "cli/context.h"
#include "cli/discover.h"
#include "cli/engine.h"
#include "cli/files.h"
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/option.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/today.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stagepolicy/stagepolicy.h>

typedef struct cli_checking {
    cli_engine_options engine;
    const char *format, *color, *stdin_name, *path_base, *today;
    cli_strings reports, compose, bake, operands;
    cli_inputs inputs;
    cli_builds builds;
    bool allow_empty, everything; /* everything: no PATH and no build was named */
    cli_context context;
    cli_date date;
    cli_paths paths;
} cli_checking;

static cli_parsed parse_arguments(cli_checking *check, int argc, char **argv)
{
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &check->format, "FORMAT",
         "text, json, sarif, gitlab, junit, jenkins, github or\nmarkdown, to standard output [text]"},
        {"report", CLI_OPTION_LIST, &check->reports, "FORMAT=FILE", "write a report to a file too; repeatable"},
        {"policy", CLI_OPTION_LIST, &check->engine.policies, "ID",
         "judge by this policy only, or by a pack: 'shipped/*';\nrepeatable"},
        CLI_OPTION_PACK(check->engine),
        CLI_OPTION_CONFIG(check->engine),
        {"fail-on", CLI_OPTION_VALUE, &check->engine.fail_on, "SEVERITY",
         "error, warning, info or never: findings from here on\nfail [error]"},
        {"build-arg", CLI_OPTION_LIST, &check->inputs.arguments, "NAME=VALUE", "as docker build has it; repeatable"},
        {"build-args-complete", CLI_OPTION_FLAG, &check->engine.build_args_complete, NULL,
         "no other build arguments will be given: what is not\nset is then as BuildKit sees it, not unknown"},
        {"build-arg-file", CLI_OPTION_LIST, &check->inputs.argument_files, "FILE", "NAME=VALUE lines; repeatable"},
        {"build-context", CLI_OPTION_LIST, &check->inputs.contexts, "NAME=VALUE",
         "a named context, as docker build has it; repeatable"},
        {"platform", CLI_OPTION_LIST, &check->inputs.platforms, "PLATFORM",
         "what is built for, as in linux/arm64; repeatable"},
        {"target", CLI_OPTION_LIST, &check->inputs.targets, "STAGE",
         "a stage that is built and shipped; repeatable [the last]"},
        {"compose", CLI_OPTION_LIST, &check->compose, "FILE",
         "judge what the services of a compose file build; several\nfiles are merged, as compose does"},
        {"bake", CLI_OPTION_LIST, &check->bake, "FILE[:TARGET]",
         "judge what a bake file in JSON builds; '-' reads what\ndocker buildx bake --print writes; repeatable"},
        {"stdin-name", CLI_OPTION_VALUE, &check->stdin_name, "PATH", "what reports call the file on standard input"},
        {"path-base", CLI_OPTION_VALUE, &check->path_base, "DIR",
         "reports name files relative to it [the repository root]"},
        {"context", CLI_OPTION_VALUE, &check->context.folder, "DIR",
         "the folder that is built: its .dockerignore, and what\nis there. Declared builds have theirs [that of each\n"
         "Dockerfile: what it leaves out is then only probable,\nand what is there unknown]"},
        {"no-context", CLI_OPTION_FLAG, &check->context.off, NULL, "look at no folder and no .dockerignore at all"},
        {"allow-empty", CLI_OPTION_FLAG, &check->allow_empty, NULL, "finding no Dockerfile at all is no error"},
        {"today", CLI_OPTION_VALUE, &check->today, "DATE",
         "the day on which waivers are judged, 2027-01-31 [that of\nSOURCE_DATE_EPOCH, else today's]"},
        {"color", CLI_OPTION_VALUE, &check->color, "WHEN", "auto, always or never [auto]"},
        {0},
    };
    const cli_usage usage = {
        "check [OPTION…] [PATH…]",
        "Judges Dockerfiles by the policies. PATH is a file, '-' for standard input, or a folder that is searched [.].",
        options,
        "Exit codes: 0 passed, 1 a finding fails the gate, 2 nothing reliable was computed (usage, configuration,\n"
        "no Dockerfile), 3 a file is unreadable or BuildKit would refuse it, 4 a policy failed.",
    };
    return cli_options_parse(&usage, argc, argv, &check->operands);
}

static bool is_format(const char *name, size_t size)
{
    for (size_t i = 0; sp_report_format_at(i) != NULL; i++) {
        if (strlen(sp_report_format_at(i)) == size && memcmp(sp_report_format_at(i), name, size) == 0)
            return true;
    }
    return false;
}

static bool check_format(const char *option, const char *name, size_t size)
{
    if (is_format(name, size))
        return true;
    cli_text formats = {0};
    for (size_t i = 0; sp_report_format_at(i) != NULL; i++)
        cli_text_print(&formats, "%s%s", i != 0 ? ", " : "", sp_report_format_at(i));
    cli_say("--%s: there is no format '%.*s'; there are %s", option, (int)size, name, cli_text_string(&formats));
    cli_text_dispose(&formats);
    return false;
}

static bool is_same_file(const char *left, const char *right)
{
    char *a = cli_path_resolve(left), *b = cli_path_resolve(right);
    bool same = strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

static bool check_report(const cli_strings *reports, size_t index)
{
    const char *report = reports->items[index];
    size_t size = strcspn(report, "=");
    if (report[size] == '\0' || report[size + 1] == '\0') {
        cli_say("--report %s: it must be FORMAT=FILE", report);
        return false;
    }
    if (!check_format("report", report, size))
        return false;
    const char *file = report + size + 1;
    if (strcmp(file, "-") == 0) {
        cli_say("--report %s: --format is for standard output, and './-' names a file", report);
        return false;
    }
    for (size_t i = 0; i < index; i++) {
        if (is_same_file(strchr(reports->items[i], '=') + 1, file)) {
            cli_say("--report: two reports cannot share the file %s", file);
            return false;
        }
    }
    return true;
}

static bool check_reports(const cli_strings *reports)
{
    for (size_t i = 0; i < reports->count; i++) {
        if (!check_report(reports, i))
            return false;
    }
    return true;
}

static bool check_operands(const cli_checking *check)
{
    size_t standard_input = 0;
    for (size_t i = 0; i < check->operands.count; i++) {
        if (check->operands.items[i][0] == '\0') {
            cli_say("a PATH is empty; '.' is the working directory");
            return false;
        }
        standard_input += strcmp(check->operands.items[i], "-") == 0;
    }
    if (standard_input > 1) {
        cli_say("'-' can be given once");
        return false;
    }
    if (check->stdin_name != NULL && standard_input == 0) {
        cli_say("--stdin-name needs '-' as a PATH");
        return false;
    }
    return true;
}

/* Builds that files declare have targets of their own. */
static bool check_builds(const cli_checking *check)
{
    if (check->inputs.targets.count == 0 || check->compose.count + check->bake.count == 0)
        return true;
    cli_say("--target: the builds of --%s have their targets; give one or the other",
            check->compose.count > 0 ? "compose" : "bake");
    return false;
}

static bool check_options(cli_checking *check, bool *color)
{
    const char *format = check->format != NULL ? check->format : "text";
    return check_format("format", format, strlen(format)) && check_reports(&check->reports) && check_builds(check) &&
           check_operands(check) && cli_context_check(&check->context) && cli_color(check->color, color) &&
           cli_today(check->today, &check->date);
}

/* Names a few of the files that were left out for their ending; anybody who misses one can name it. */
static void say_sources(cli_found *found)
{
    enum { SHOWN = 3 };
    if (found->sources.count == 0)
        return;
    cli_strings_sort(&found->sources);
    cli_text names = {0};
    for (size_t i = 0; i < found->sources.count && i < SHOWN; i++)
        cli_text_print(&names, "%s%s", i != 0 ? ", " : "", found->sources.items[i]);
    cli_say("skipped %zu file%s that look%s like templates or sources: %s%s", found->sources.count,
            found->sources.count == 1 ? "" : "s", found->sources.count == 1 ? "s" : "", cli_text_string(&names),
            found->sources.count > SHOWN ? ", …" : "");
    cli_text_dispose(&names);
}

/* Reads one file into the run. Negative when the run could not take it. */
static sp_status add_file(sp_run *run, const cli_file *file, cli_text *text)
{
    const char *reason = file->reason;
    if (file->text != NULL)
        return sp_run_file(run, file->report, file->text, file->size);
    if (reason == NULL)
        reason = file->path == NULL ? cli_stdin_read(text) : cli_file_read(file->path, !file->named, text);
    return reason != NULL ? sp_run_unreadable(run, file->report, reason)
                          : sp_run_file(run, file->report, cli_text_string(text), text->size);
}

static sp_status add_files(sp_run *run, const sp_engine *engine, cli_found *found, size_t *added)
{
    cli_text text = {0};
    sp_status status = SP_OK;
    for (size_t i = 0; i < found->count && status == SP_OK; i++) {
        cli_file *file = &found->items[i];
        if (file->named || sp_tool_includes_path(engine, file->report)) {
            status = add_file(run, file, &text);
            file->added = true;
            *added += 1;
        }
    }
    cli_text_dispose(&text);
    return status;
}

static void say_none(const cli_checking *check, const cli_found *found)
{
    if (check->operands.count == 0) {
        cli_say("none of the builds has a Dockerfile here; name another file, or pass --allow-empty");
        return;
    }
    cli_text places = {0};
    for (size_t i = 0; i < check->operands.count; i++)
        cli_text_print(&places, "%s%s", i != 0 ? ", " : "", check->operands.items[i]);
    const char *why = found->count != 0  ? " (the configuration's 'paths' leaves out what is there)"
                      : found->asked_git ? " (what git ignores is left out)"
                                         : "";
    cli_say("no Dockerfile found in %s%s; name a file, or pass --allow-empty", cli_text_string(&places), why);
    cli_text_dispose(&places);
}

/* The command line that repeats this run. free(). */
static char *reproduce(int argc, char **argv)
{
    cli_text line = {0};
    cli_text_put(&line, "stagepolicy check");
    for (int i = 1; i < argc; i++) {
        cli_text_put(&line, " ");
        cli_text_shell(&line, argv[i]);
    }
    return line.bytes;
}

/* The command that explains one of this run's policies, up to the policy's id. free(). */
static char *explain(const cli_checking *check)
{
    cli_text line = {0};
    cli_text_put(&line, "stagepolicy explain");
    for (size_t i = 0; i < check->engine.packs.count; i++) {
        cli_text_put(&line, " --pack ");
        cli_text_shell(&line, check->engine.packs.items[i]);
    }
    return line.bytes;
}

/* Writes the reports: files first, so that a reader who closes standard output early does not take them along. */
static int write_reports(const cli_checking *check, const sp_results *results, const sp_report_options *screen)
{
    int code = SP_PASS;
    sp_report_options plain = *screen;
    plain.color = 0;
    for (size_t i = 0; i < check->reports.count; i++) {
        const char *report = check->reports.items[i];
        char *format = cli_format("%.*s", (int)strcspn(report, "="), report);
        const char *file = strchr(report, '=') + 1;
        char *text = NULL;
        size_t size = 0;
        sp_status status = sp_results_report(results, format, &plain, &text, &size);
        const char *reason = status == SP_OK ? cli_file_write(file, text, size) : "Out of memory";
        if (reason != NULL) {
            cli_say("the report %s cannot be written: %s", file, reason);
            code = SP_USAGE;
        }
        sp_text_free(text);
        free(format);
    }
    char *text = NULL;
    size_t size = 0;
    if (sp_results_report(results, check->format != NULL ? check->format : "text", screen, &text, &size) != SP_OK) {
        cli_say("out of memory");
        return SP_USAGE;
    }
    fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return code;
}

static int report(const cli_checking *check, const sp_results *results, bool color, int argc, char **argv)
{
    char *folder = cli_paths_folder(&check->paths);
    char *again = reproduce(argc, argv);
    char *more = explain(check);
    sp_report_options options;
    SP_INIT(options);
    options.color = color;
    options.folder = folder;
    options.reproduce = again;
    options.explain = more;
    int code = write_reports(check, results, &options);
    free(more);
    free(again);
    free(folder);
    int verdict = sp_results_verdict(results);
    return code > verdict ? code : verdict;
}

static int judge(cli_checking *check, sp_engine *engine, cli_found *found, cli_progress *progress, sp_results **results)
{
    sp_run *run = NULL;
    size_t added = 0;
    sp_error error;
    SP_INIT(error);
    sp_status status = sp_run_new(&run, engine, NULL);
    if (status == SP_OK)
        status = sp_run_today(run, check->date.text);
    if (status == SP_OK)
        status = cli_inputs_add(run, &check->inputs);
    if (status == SP_OK)
        status = add_files(run, engine, found, &added);
    if (status == SP_OK)
        status = cli_context_tell(&check->context, &check->paths, run, found, &check->builds);
    if (status == SP_OK)
        status = cli_builds_declare(&check->builds, run, found);
    if (status != SP_OK) {
        cli_say("%s", status == SP_E_MEMORY ? "out of memory" : "an argument was refused");
    } else if (added == 0 && !check->allow_empty) {
        say_none(check, found);
        status = SP_E_USAGE;
    } else {
        status = sp_run_check(run, results, &error);
        cli_progress_end(progress);
        if (status != SP_OK)
            cli_say_error(&error);
    }
    sp_run_free(run);
    return status == SP_OK ? SP_PASS : SP_USAGE;
}

/* A slip of the hand must not turn a Dockerfile into a report. */
static bool spares_inputs(const cli_checking *check, const cli_found *found)
{
    for (size_t i = 0; i < check->reports.count; i++) {
        const char *file = strchr(check->reports.items[i], '=') + 1;
        char *name = cli_paths_report(&check->paths, file);
        bool is_input = false;
        for (size_t k = 0; k < found->count && !is_input; k++)
            is_input = found->items[k].path != NULL && strcmp(found->items[k].report, name) == 0;
        free(name);
        if (is_input) {
            cli_say("--report: %s is a file to be judged; the report would replace it", file);
            return false;
        }
    }
    return true;
}

/* What the named builds need is judged, without a PATH also what those of the configuration need; what merely lies
   there has a say in what is needed. */
static bool find_builds(cli_checking *check, const sp_engine *engine, cli_found *found)
{
    bool own = check->inputs.targets.count + check->compose.count + check->bake.count > 0;
    char *config = own ? NULL : cli_engine_config(&check->engine, &check->paths);
    bool fine = config == NULL || cli_builds_configured(&check->paths, engine, config, &check->builds);
    free(config);
    if (!fine)
        return false;
    if (check->everything || own)
        cli_builds_find(&check->builds, &check->paths, found);
    if (check->inputs.targets.count == 0)
        cli_builds_lend(&check->paths, &found->declaring, &check->builds);
    for (size_t i = 0; i < found->hcl.count; i++)
        cli_say("%s: bake's own language is not read; to judge what it builds: docker buildx bake --print | "
                "stagepolicy check --bake -",
                found->hcl.items[i]);
    return true;
}

static int run_check(cli_checking *check, bool color, int argc, char **argv)
{
    cli_progress progress;
    cli_progress_start(&progress);
    sp_host host;
    SP_INIT(host);
    host.payload = &progress;
    host.progress = cli_progress_step;
    sp_engine *engine = cli_engine_new(&check->engine, &check->paths, &host);
    if (engine == NULL)
        return SP_USAGE;
    cli_found found;
    cli_discover(&check->paths, &check->operands, check->stdin_name, &found);
    bool fine = find_builds(check, engine, &found);
    say_sources(&found);
    sp_results *results = NULL;
    int code = fine && spares_inputs(check, &found) ? judge(check, engine, &found, &progress, &results) : SP_USAGE;
    if (code == SP_PASS)
        code = report(check, results, color, argc, argv);
    sp_results_free(results);
    cli_found_dispose(&found);
    sp_engine_free(engine);
    return code;
}

static void dispose(cli_checking *check)
{
    cli_engine_options_dispose(&check->engine);
    cli_strings_dispose(&check->reports);
    cli_strings_dispose(&check->compose);
    cli_strings_dispose(&check->bake);
    cli_inputs_dispose(&check->inputs);
    cli_builds_dispose(&check->builds);
    cli_context_dispose(&check->context);
    cli_strings_dispose(&check->operands);
    cli_paths_dispose(&check->paths);
}

int cli_check(int argc, char **argv)
{
    cli_checking check = {0};
    bool color = false;
    int code = SP_USAGE;
    cli_parsed parsed = parse_arguments(&check, argc, argv);
    if (parsed == CLI_PARSED_HELP) {
        code = SP_PASS;
    } else if (parsed == CLI_PARSED_RUN && check_options(&check, &color) &&
               cli_paths_init(&check.paths, check.path_base) && cli_inputs_read(&check.inputs) &&
               cli_builds_read(&check.paths, &check.compose, &check.bake, &check.builds)) {
        check.everything = check.operands.count == 0 && check.compose.count + check.bake.count == 0;
        if (check.everything)
            cli_strings_add(&check.operands, ".");
        code = run_check(&check, color, argc, argv);
    }
    dispose(&check);
    return code;
}
