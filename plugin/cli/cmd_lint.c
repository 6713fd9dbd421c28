/* stagepolicy lint: tells what looks wrong in policy packs. */
#include "cli/command.h"

#include "cli/compare.h"
#include "cli/files.h"
#include "cli/memory.h"
#include "cli/option.h"
#include "cli/packs.h"
#include "cli/paths.h"
#include "cli/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A policy is slow where one judgement takes more: a hundredth of what stops it, and fifty times what usual ones take.
 */
enum { SLOW_STEPS = 100000, SLOW_STEPS_PER_INSTRUCTION = 1000 };

typedef struct cli_linting {
    cli_suite suite;
    const char *path; /* of the file under way */
    size_t remarks;
} cli_linting;

static void say(void *payload, uint32_t line, uint32_t column, const char *check, const char *message)
{
    cli_linting *lint = payload;
    char *shown = cli_format("%s:%u:%u: %s: %s", lint->path, (unsigned)line, (unsigned)column, check, message);
    cli_print_visibly(shown);
    free(shown);
    lint->remarks++;
}

/* kebab = letter { letter | digit } { "-" ( letter | digit ) { letter | digit } }, all in lower case */
static bool is_kebab(const char *name)
{
    bool right = sp_tool_is_name(name) != 0;
    for (const char *at = name; *at != '\0'; at++)
        right = right && !(*at == '-' && (at[1] == '-' || at[1] == '\0'));
    return right;
}

static void lint_file(cli_linting *lint, const char *path, size_t policy)
{
    cli_text text = {0};
    lint->path = path;
    const char *reason = cli_file_read(path, true, &text);
    if (reason != NULL)
        say(lint, 1, 1, "not-read", reason);
    else if (sp_tool_lint(lint->suite.bench.catalogue, policy, cli_text_string(&text), text.size, say, lint) != SP_OK)
        say(lint, 1, 1, "not-read", "out of memory");
    cli_text_dispose(&text);
}

static void lint_cases(cli_linting *lint, const cli_tally *tally)
{
    if (tally->files == 0)
        say(lint, 1, 1, "no-cases", "no case lies in cases/ beside it");
    if (tally->failing == 0)
        say(lint, 1, 1, "no-failing-case", "it finds nothing in any case, so nobody knows that it can");
    if (tally->judged > 0 && tally->failing == tally->judged)
        say(lint, 1, 1, "no-passing-case", "it finds something in every case, so nobody knows that it can pass");
    uint64_t most = SLOW_STEPS + (uint64_t)SLOW_STEPS_PER_INSTRUCTION * tally->instructions;
    if (tally->steps > most) {
        char *message = cli_format("it takes %llu steps on %zu instruction%s; more than %llu are slow",
                                   (unsigned long long)tally->steps, tally->instructions,
                                   tally->instructions == 1 ? "" : "s", (unsigned long long)most);
        say(lint, 1, 1, "slow", message);
        free(message);
    }
}

static void lint_policy(cli_linting *lint, size_t index)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    if (sp_engine_policy_at(lint->suite.bench.catalogue, index, &policy) != SP_OK)
        return;
    lint->path = policy.path;
    if (policy.failure != NULL) {
        say(lint, 1, 1, "not-loaded", policy.failure);
        return;
    }
    const char *slash = strrchr(policy.id, '/');
    if (!is_kebab(slash + 1))
        say(lint, 1, 1, "id-not-kebab-case", "a policy's folder is called in lower case, its words joined by '-'");
    if (policy.help[strspn(policy.help, " \t\r\n")] == '\0')
        say(lint, 1, 1, "no-help", "help is missing: why it is required, and what to do instead");
    lint_cases(lint, &lint->suite.tallies[index]);
    lint_file(lint, policy.path, index);
}

static void lint_modules(cli_linting *lint, const char *pack)
{
    char *folder = cli_path_join(pack, "lib");
    cli_strings entries = {0};
    cli_packs_list(folder, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        size_t size = strlen(entries.items[i]);
        if (size > 4 && strcmp(entries.items[i] + size - 4, ".lua") == 0)
            lint_file(lint, entries.items[i], SIZE_MAX);
    }
    cli_strings_dispose(&entries);
    free(folder);
}

static int run(cli_linting *lint, const cli_strings *packs)
{
    if (!cli_suite_open(&lint->suite, packs))
        return SP_USAGE;
    cli_suite_run(&lint->suite);
    size_t count = sp_engine_policy_count(lint->suite.bench.catalogue);
    for (size_t i = 0; i < count; i++)
        lint_policy(lint, i);
    for (size_t i = 0; i < packs->count; i++)
        lint_modules(lint, packs->items[i]);
    if (lint->suite.failed > 0)
        printf("%zu case%s fail%s: 'stagepolicy test' tells why\n", lint->suite.failed,
               lint->suite.failed == 1 ? "" : "s", lint->suite.failed == 1 ? "s" : "");
    printf("%zu polic%s, %zu remark%s\n", count, count == 1 ? "y" : "ies", lint->remarks,
           lint->remarks == 1 ? "" : "s");
    bool clean = lint->remarks == 0 && lint->suite.failed == 0;
    return lint->suite.unloaded ? SP_POLICY : clean ? SP_PASS : SP_FAIL;
}

int cli_lint(int argc, char **argv)
{
    static const cli_option options[] = {{0}};
    static const cli_usage usage = {
        "lint [PACK…]",
        "Tells what looks wrong in policy packs. PACK is a folder with pack.yaml, or a folder of such folders [.].",
        options,
        "  no-such-name       a field, method, option, global or part of a report that does not exist\n"
        "  always-true        an answer, a value or a list is tested: they are objects\n"
        "  never-equal        an object is compared with a text: ask value:is(\"…\")\n"
        "  length-with-holes  '#' of a table in which an item may be nil, or of a map\n"
        "  unused-option      nothing asks for an option\n"
        "  never-reports      check does not use report\n"
        "  no-help            a policy or an option does not say what it is for\n"
        "  no-cases, no-failing-case, no-passing-case\n"
        "  id-not-kebab-case  a policy is called otherwise\n"
        "  slow               a case takes very many steps\n\n"
        "Exit codes: 0 nothing looks wrong, 1 something does, 2 nothing could be read, 4 a policy does not load.",
    };
    cli_linting lint = {.suite = {.quiet = true, .measures = true}};
    cli_strings operands = {0}, packs = {0};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && cli_packs_find(&operands, &packs))
        code = run(&lint, &packs);
    cli_suite_dispose(&lint.suite);
    cli_strings_dispose(&packs);
    cli_strings_dispose(&operands);
    return code;
}
