/* stagepolicy test: runs the cases of policy packs, and the examples in their help. */
#include "cli/command.h"

#include "cli/compare.h"
#include "cli/memory.h"
#include "cli/option.h"
#include "cli/packs.h"
#include "cli/say.h"
#include "cli/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What each policy took: the one place where the command tells the time. */
static void show_timing(const cli_suite *suite)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    printf("\n%-32s %6s %12s %10s\n", "policy", "cases", "most steps", "ms");
    for (size_t i = 0; sp_engine_policy_at(suite->bench.catalogue, i, &policy) == SP_OK; i++) {
        const cli_tally *tally = &suite->tallies[i];
        printf("%-32s %6zu %12llu %10.1f\n", policy.id, tally->cases, (unsigned long long)tally->steps,
               (double)tally->nanoseconds / 1e6);
    }
}

static void show_coverage(const cli_suite *suite)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    printf("\n");
    cli_coverage_show(&suite->coverage);
    for (size_t i = 0; sp_engine_policy_at(suite->bench.catalogue, i, &policy) == SP_OK; i++) {
        if (suite->tallies[i].failing == 0 && policy.failure == NULL) {
            char *line = cli_format("%s: %s finds nothing in any case", policy.path, policy.id);
            cli_print_visibly(line);
            free(line);
        }
    }
}

static int run(cli_suite *suite, const cli_strings *packs)
{
    if (!cli_suite_open(suite, packs))
        return SP_USAGE;
    cli_suite_run(suite);
    size_t count = suite->passed + suite->failed;
    if (count == 0 && suite->pattern != NULL) {
        cli_say("--run %s: no case is called so; --verbose tells their names", suite->pattern);
        return SP_USAGE;
    }
    printf("%zu passed, %zu failed\n", suite->passed, suite->failed);
    if (suite->covers)
        show_coverage(suite);
    if (suite->measures)
        show_timing(suite);
    return suite->unloaded ? SP_POLICY : suite->failed != 0 ? SP_FAIL : SP_PASS;
}

int cli_test(int argc, char **argv)
{
    cli_suite suite = {0};
    const cli_option options[] = {
        {"run", CLI_OPTION_VALUE, &suite.pattern, "PATTERN",
         "only cases whose name, ID/CASE, has PATTERN in it, or\nmatches it when it has * ? or ["},
        {"update", CLI_OPTION_FLAG, &suite.update, NULL,
         "rewrite what cases expect to what is found, and show\nthe lines that change; read them"},
        {"coverage", CLI_OPTION_FLAG, &suite.covers, NULL,
         "tell which lines of the policies no case runs, and\nwhich policies find nothing in any case"},
        {"timing", CLI_OPTION_FLAG, &suite.measures, NULL, "tell what each policy takes: steps, milliseconds"},
        {"verbose", CLI_OPTION_FLAG, &suite.verbose, NULL, "tell every case, and what policies log"},
        {0},
    };
    const cli_usage usage = {
        "test [OPTION…] [PACK…]",
        "Runs the cases of policy packs: every cases/*.Dockerfile and every folder of Dockerfiles in cases/ beside a\n"
        "policy, and the Avoid and Prefer blocks of its help. PACK is a folder with pack.yaml, or a folder of such\n"
        "folders [.].",
        options,
        "A case says in comments what it expects; without any, nothing is to be found:\n"
        "  # expect: ID[: TEXT]          a finding of policy ID at the next instruction, with TEXT in its message\n"
        "  # expect-file: ID[: TEXT]     the same anywhere in the file\n"
        "  # expect-project: ID[: TEXT]  the same of the project as a whole\n"
        "  # case: target=NAME arg:NAME=VALUE option:NAME=VALUE\n"
        "The Dockerfiles of a folder are judged together, as a policy of scope \"project\" sees them.\n\n"
        "Exit codes: 0 all passed, 1 some failed, 2 nothing could be run, 4 a policy does not load.",
    };
    cli_strings operands = {0}, packs = {0};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && cli_packs_find(&operands, &packs))
        code = run(&suite, &packs);
    cli_suite_dispose(&suite);
    cli_strings_dispose(&packs);
    cli_strings_dispose(&operands);
    return code;
}
