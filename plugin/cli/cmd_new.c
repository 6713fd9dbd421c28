/* stagepolicy new: writes a pack, or a policy, that works. */
#include "cli/command.h"

#include "cli/memory.h"
#include "cli/option.h"
#include "cli/paths.h"
#include "cli/say.h"
#include "cli/text.h"
#include "engine/tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char manifest_text[] = "name: %s\n"
                                    "version: 0.1.0\n"
                                    "api: 1\n"
                                    "description: The policies of %s\n";

static const char policy_text[] =
    "return {\n"
    "  id = \"%s/%s\",\n"
    "  title = \"Every stage must have a name\",\n"
    "  severity = \"warning\",\n"
    "  help = [[\n"
    "Why it is required. A number says nothing about a stage, and it changes when a stage is put before it.\n"
    "\n"
    "What to do instead: give each FROM a name with AS.\n"
    "\n"
    "### Avoid\n"
    "\n"
    "```dockerfile\n"
    "FROM alpine:3.20\n"
    "```\n"
    "\n"
    "### Prefer\n"
    "\n"
    "```dockerfile\n"
    "FROM alpine:3.20 AS app\n"
    "```\n"
    "]],\n"
    "\n"
    "  ---@param build build\n"
    "  ---@param report fun(finding: finding)\n"
    "  check = function(build, report)\n"
    "    for stage in each(build.stages) do\n"
    "      report { when = stage.name == nil, at = stage, message = (\"%%s has no name\"):format(stage) }\n"
    "    end\n"
    "  end,\n"
    "}\n";

static const char fails_text[] = "# expect: %s/%s: has no name\n"
                                 "FROM alpine:3.20\n";

static const char passes_text[] = "# A case without expectations must pass.\n"
                                  "FROM alpine:3.20 AS app\n";

static const char editor_text[] = "{\n"
                                  "  \"runtime.version\": \"Lua 5.4\",\n"
                                  "  \"workspace.library\": [\".luals\"]\n"
                                  "}\n";

/* False, and said, when the folder cannot be made; one that is there already is never written into. */
static bool make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0)
        return true;
    cli_say("%s cannot be made: %s", path, errno == EEXIST ? "it is there already" : strerror(errno));
    return false;
}

/* Writes a file that is not there yet, tells its name, and frees both. False, and said, when it cannot be written. */
static bool write_file(char *path, char *text)
{
    FILE *file = fopen(path, "wx");
    bool written = file != NULL && fputs(text, file) >= 0;
    written = file != NULL && fclose(file) == 0 && written;
    if (written)
        printf("%s\n", path);
    else
        cli_say("%s cannot be written: %s", path, strerror(errno));
    free(path);
    free(text);
    return written;
}

/* folder/NAME with the policy, and its two cases. */
static bool write_policy(const char *folder, const char *pack, const char *name)
{
    char *own = cli_path_join(folder, name), *cases = cli_path_join(own, "cases");
    bool written = make_folder(own) &&
                   write_file(cli_format("%s/%s.lua", own, name), cli_format(policy_text, pack, name)) &&
                   make_folder(cases) &&
                   write_file(cli_path_join(cases, "fails.Dockerfile"), cli_format(fails_text, pack, name)) &&
                   write_file(cli_path_join(cases, "passes.Dockerfile"), cli_copy(passes_text));
    free(cases);
    free(own);
    return written;
}

/* What lets editors with LuaLS complete and check policies; folders with a dot hold no policies. */
static bool write_editor_files(const char *folder)
{
    char *types = cli_path_join(folder, ".luals"), *text = NULL;
    size_t size = 0;
    bool written = sp_tool_api("luals", &text, &size, NULL) == SP_OK && make_folder(types) &&
                   write_file(cli_path_join(types, "stagepolicy.lua"), cli_copy(text)) &&
                   write_file(cli_path_join(folder, ".luarc.json"), cli_copy(editor_text));
    sp_text_free(text);
    free(types);
    return written;
}

static int new_pack(const char *folder)
{
    char *resolved = cli_path_resolve(folder);
    const char *slash = strrchr(resolved, '/'), *name = slash != NULL ? slash + 1 : resolved;
    int code = SP_USAGE;
    if (sp_tool_is_name(name) == 0)
        cli_say("new pack %s: a name is of lower-case letters, digits and '-', a letter first", folder);
    else if (make_folder(folder) &&
             write_file(cli_path_join(folder, "pack.yaml"), cli_format(manifest_text, name, name)) &&
             write_policy(folder, name, "stage-names") && write_editor_files(folder))
        code = SP_PASS;
    free(resolved);
    return code;
}

static int new_policy(const char *folder, const char *name)
{
    char *pack = NULL;
    sp_error error;
    SP_INIT(error);
    int code = SP_USAGE;
    if (sp_tool_is_name(name) == 0)
        cli_say("new policy %s: a name is of lower-case letters, digits and '-', a letter first", name);
    else if (sp_tool_pack_name(folder, &pack, &error) != SP_OK)
        cli_say_error(&error);
    else if (write_policy(folder, pack, name))
        code = SP_PASS;
    sp_text_free(pack);
    return code;
}

static void show_next(const char *folder)
{
    cli_text word = {0};
    cli_text_shell(&word, folder);
    printf("\nNow change them, and try:\n  stagepolicy test %s\n  stagepolicy lint %s\n  stagepolicy check --pack %s\n",
           cli_text_string(&word), cli_text_string(&word), cli_text_string(&word));
    cli_text_dispose(&word);
}

static int run(const cli_strings *operands, const char *folder)
{
    bool pack = operands->count == 2 && strcmp(operands->items[0], "pack") == 0;
    bool policy = operands->count == 2 && strcmp(operands->items[0], "policy") == 0;
    if (!pack && !policy) {
        cli_say("'new' needs what is made and its name: new pack NAME, or new policy NAME");
        return SP_USAGE;
    }
    if (pack && folder != NULL) {
        cli_say("--pack is for 'new policy'; 'new pack DIR' makes the folder that it names");
        return SP_USAGE;
    }
    const char *where = pack ? operands->items[1] : folder != NULL ? folder : ".";
    int code = pack ? new_pack(where) : new_policy(where, operands->items[1]);
    if (code == SP_PASS)
        show_next(where);
    return code;
}

int cli_new(int argc, char **argv)
{
    cli_strings operands = {0};
    const char *folder = NULL;
    const cli_option options[] = {
        {"pack", CLI_OPTION_VALUE, &folder, "DIR", "new policy: the pack that it is added to [.]"},
        {0},
    };
    const cli_usage usage = {
        "new pack|policy NAME",
        "Writes a pack, or a policy of a pack, that works: with a case that fails and one that passes. What is there\n"
        "already is never written over.",
        options,
        "For a pack, NAME is the folder that is made; the pack is called like it.",
    };
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN)
        code = run(&operands, folder);
    cli_strings_dispose(&operands);
    return code;
}
