/* What is said about a build beside its Dockerfile. */
#include "cli/inputs.h"

#include "cli/memory.h"
#include "cli/say.h"

#include <stdlib.h>
#include <string.h>

bool cli_arguments_check(const cli_strings *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const char *argument = arguments->items[i];
        if (strchr(argument, '=') == NULL || argument[0] == '=') {
            cli_say("--build-arg %s: it must be NAME=VALUE", argument);
            return false;
        }
    }
    return true;
}

static sp_status add_argument(sp_run *run, const char *argument)
{
    char *name = cli_format("%.*s", (int)strcspn(argument, "="), argument);
    sp_status status = sp_run_arg(run, name, strchr(argument, '=') + 1);
    free(name);
    return status;
}

sp_status cli_inputs_add(sp_run *run, const cli_strings *arguments, const cli_strings *targets)
{
    sp_status status = SP_OK;
    for (size_t i = 0; i < arguments->count && status == SP_OK; i++)
        status = add_argument(run, arguments->items[i]);
    for (size_t i = 0; i < targets->count && status == SP_OK; i++)
        status = sp_run_target(run, targets->items[i]);
    return status;
}
