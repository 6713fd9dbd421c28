/* Python and Node.js: managers, images, manifests, tools. */
#include "facts/ecosystem.h"

#include "base/ascii.h"
#include "base/path.h"
#include "facts/tool.h"

static bool fits(sp_str word, const char *entry)
{
    size_t i = 0;
    while (i < word.size && entry[i] != '\0' && entry[i] != '*' && word.text[i] == entry[i])
        i++;
    return entry[i] == '*' || (i == word.size && entry[i] == '\0');
}

bool sp_ecosystem__is_listed(sp_str word, const char *const *list)
{
    while (*list != NULL && !fits(word, *list))
        list++;
    return *list != NULL;
}

sp_ecosystem sp_ecosystem__of_manager(sp_str manager)
{
    static const char *const python[] = {"pip", "uv", "poetry", "pipenv", "pdm", "conda", NULL};
    static const char *const node[] = {"npm", "yarn", "pnpm", "bun", NULL};
    if (sp_ecosystem__is_listed(manager, python))
        return SP_PYTHON;
    return sp_ecosystem__is_listed(manager, node) ? SP_NODE : SP_ECOSYSTEM_COUNT;
}

static const sp_edge *root_edge(const sp_facts *facts, uint32_t stage)
{
    const sp_graph *graph = facts->graph;
    return &graph->edges[graph->stages[facts->places[stage].root].base];
}

bool sp_ecosystem__names(const sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem)
{
    const sp_edge *base = root_edge(facts, stage);
    if (base->image == NULL)
        return false;
    sp_str repository = base->image->repository, name = base->image->name;
    if (ecosystem == SP_PYTHON)
        return sp_str_search(repository, SP_STR("python")) != SIZE_MAX ||
               sp_str_search(repository, SP_STR("pypy")) != SIZE_MAX ||
               (sp_str_is(name, "uv") && sp_str_starts(base->image->tag, SP_STR("python")));
    return sp_str_is(name, "node") || sp_str_is(name, "bun") || sp_str_search(repository, SP_STR("nodejs")) != SIZE_MAX;
}

/* Repositories whose images bring a language at most, never an application's packages. */
static bool is_bare(const sp_reference *image, const sp_image_row *row)
{
    static const char *const anywhere[] = {"docker/library/*",
                                           "chainguard/*",
                                           "lambda/*",
                                           "amazon/aws-lambda-*",
                                           "astral-sh/uv",
                                           "oven/bun",
                                           "bitnami/python",
                                           "bitnami/node",
                                           "amazonlinux/amazonlinux",
                                           "ubi7/*",
                                           "ubi8/*",
                                           "ubi9/*",
                                           "ubi10/*",
                                           NULL};
    if (row != NULL && row->family != NULL && strcmp(row->family, "os") == 0)
        return true;
    sp_str repository = image->repository;
    if (sp_str_search(image->tag, SP_STR("onbuild")) != SIZE_MAX)
        return false;
    bool official = sp_str_is(image->registry, "docker.io") || sp_str_is(image->registry, "mirror.gcr.io");
    return (official && sp_str_starts(repository, SP_STR("library/"))) ||
           sp_str_search(repository, SP_STR("distroless/")) != SIZE_MAX || sp_str_is(image->registry, "cgr.dev") ||
           sp_ecosystem__is_listed(repository, anywhere);
}

sp_runtime sp_ecosystem__runtime(const sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem)
{
    const sp_edge *base = root_edge(facts, stage);
    if (base->origin == SP_ORIGIN_SCRATCH)
        return SP_RUNTIME_NONE;
    if (base->image == NULL || !is_bare(base->image, facts->places[facts->places[stage].root].row))
        return SP_RUNTIME_UNKNOWN;
    if (!sp_ecosystem__names(facts, stage, ecosystem))
        return SP_RUNTIME_NONE;
    bool starter = sp_str_search(base->image->repository, SP_STR("distroless/")) != SIZE_MAX ||
                   sp_str_starts(base->image->repository, SP_STR("lambda/")) ||
                   sp_str_starts(base->image->repository, SP_STR("amazon/aws-lambda-")) ||
                   sp_str_equal(base->image->registry, SP_STR("cgr.dev"));
    return starter ? SP_RUNTIME_STARTER : SP_RUNTIME_BARE;
}

/* Packages that serve building, testing or starting: an application needs more. */
/* clang-format off */
static const char *const tool_packages[] = {
    "pip", "setuptools", "wheel", "poetry", "poetry-core", "pipenv", "virtualenv", "uv", "build", "twine",
    "pip-tools", "pdm", "hatch", "hatchling", "tox", "nox", "pre-commit", "black", "flake8*", "ruff", "mypy",
    "pylint", "isort", "pytest*", "coverage", "cython", "Cython", "ninja", "cmake", "meson", "gunicorn", "uvicorn",
    "supervisor", "awscli", "npm", "yarn", "pnpm", "typescript", "ts-node", "pm2", "serve", "nodemon", "corepack",
    "node-gyp", "certifi", NULL};
/* clang-format on */

/* npm install -g ./app.tgz installs an application; npm install -g pm2 what starts one. */
static bool brings_application(const sp_operation *operation)
{
    for (uint32_t i = 0; i < operation->package_count; i++) {
        if (sp_str_is(operation->packages[i].source, "file"))
            return true;
    }
    return operation->manifest;
}

bool sp_ecosystem__counts(const sp_operation *operation, const sp_command *command)
{
    bool global =
        sp_command__has(command, "-g") || sp_command__has(command, "--global") || sp_command__has(command, "global");
    if (operation->action != SP_INSTALL || (global && !brings_application(operation)))
        return false;
    if (operation->manifest || sp_str_equal(operation->manager, SP_STR("conda")))
        return true;
    for (uint32_t i = 0; i < operation->package_count; i++) {
        if (!sp_ecosystem__is_listed(operation->packages[i].name, tool_packages))
            return true;
    }
    return false;
}

/* requirements-dev.txt, requirements/test.txt, docs/requirements.txt */
static bool lists_tools(sp_str manifest)
{
    static const char *const words[] = {"dev",     "devel", "develop", "development", "test", "tests",
                                        "testing", "lint",  "linting", "doc",         "docs", "ci",
                                        "build",   "tools", "tooling", "typing",      NULL};
    while (manifest.size > 0) {
        size_t end = 0;
        while (end < manifest.size && sp_ascii_is_letter(manifest.text[end]))
            end++;
        if (sp_ecosystem__is_listed(sp_str_head(manifest, end), words))
            return true;
        manifest = sp_str_skip(manifest, end + 1);
    }
    return false;
}

/* The first file of -r, else of the folder that is installed. */
sp_str sp_ecosystem__manifest(sp_facts *facts, const sp_operation *operation, const sp_command *command)
{
    if (sp_ecosystem__of_manager(operation->manager) == SP_NODE)
        return SP_STR("package.json");
    if (sp_str_equal(operation->manager, SP_STR("pipenv")))
        return SP_STR("Pipfile");
    if (!sp_str_equal(operation->manager, SP_STR("pip")))
        return SP_STR("pyproject.toml");
    const sp_value *file = sp_command__option(facts->arena, command, SP_STR("r"), SP_STR("--requirement"));
    if (file != NULL)
        return file->known ? sp_path_last(file->value) : SP_STR("a requirements file");
    if (sp_command__has(command, "sync"))
        return SP_STR("requirements.txt");
    return SP_STR("the project");
}

/* Every manifest of a pip command: -r may come several times. */
static bool lists_only_tools(const sp_command *command)
{
    bool any = false;
    for (uint32_t i = 1; i + 1 < command->word_count; i++) {
        sp_str option = command->words[i].value.shape;
        bool is_list = sp_str_equal(option, SP_STR("-r")) || sp_str_equal(option, SP_STR("--requirement"));
        if (is_list && !lists_tools(command->words[i + 1].value.shape))
            return false;
        any = any || is_list;
    }
    return any;
}

bool sp_ecosystem__is_item(sp_facts *facts, const sp_operation *operation, const sp_command *command)
{
    static const char *const managers[] = {"pip", "uv", "poetry", "pipenv", "pdm", "npm", "yarn", "pnpm", "bun", NULL};
    if (operation->action != SP_INSTALL || !operation->manifest ||
        !sp_ecosystem__is_listed(operation->manager, managers))
        return false;
    const sp_value *only = sp_command__option(facts->arena, command, (sp_str){"", 0}, SP_STR("--only"));
    if (only != NULL && sp_str_starts(only->shape, SP_STR("dev")))
        return false;
    return !lists_only_tools(command);
}

/* Commands that may put what they find into one file or program. */
/* clang-format off */
static const char *const node_bundlers[] = {
    "webpack", "esbuild", "rollup", "vite", "parcel", "ng", "tsup", "turbo", "nx", "lerna", "rush", "gulp", "grunt",
    "make", "next", "nuxt", "nuxi", "zip", "tar", "vercel", "moon", "just", "task", NULL};
static const char *const python_bundlers[] = {
    "zip", "buildozer", "pants", "tar", "bazel", "conda-pack", "venv-pack", NULL};
/* Commands that do, for that is what they are for. */
static const char *const node_freezers[] = {"ncc", "pkg", "nexe", "caxa", NULL};
static const char *const python_freezers[] = {
    "pyinstaller", "PyInstaller", "pex", "shiv", "nuitka", "cxfreeze", "pyoxidizer", "zipapp", NULL};
/* clang-format on */

/* npm run build, yarn build, pnpm build, npx x: what they do is in package.json */
static bool runs_project_script(const sp_command *command)
{
    static const char *const runners[] = {"npm", "yarn", "pnpm", "npx", "bun", "bunx", NULL};
    /* clang-format off */
    static const char *const plain[] = {
        "config", "cache", "set", "global", "audit", "prune", "test", "lint", "tsc", "exec", "node", "rebuild", "list",
        "ls", "version", "link", NULL};
    /* clang-format on */
    if (!sp_ecosystem__is_listed(command->name, runners))
        return false;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (word.size == 0 || word.text[0] == '-')
            continue;
        static const char *const cleaning[] = {"lint*", "test*", "clean*", "typecheck", "format*", NULL};
        if (sp_str_equal(word, SP_STR("run")) && i + 1 < command->word_count)
            return !sp_ecosystem__is_listed(command->words[i + 1].value.shape, cleaning);
        return !sp_ecosystem__is_listed(word, plain);
    }
    return false;
}

/* ncc, npx @vercel/ncc, python -m PyInstaller, poetry run pyinstaller */
static bool starts_one_of(const sp_command *command, const char *const *programs)
{
    static const char *const starters[] = {"npx",    "bunx", "npm",    "pnpm", "yarn", "python*",
                                           "poetry", "uv",   "pipenv", "pdm",  NULL};
    if (sp_ecosystem__is_listed(command->name, programs))
        return true;
    if (!sp_ecosystem__is_listed(command->name, starters))
        return false;
    for (uint32_t i = 1; i < command->word_count && i < 4; i++) {
        if (sp_ecosystem__is_listed(sp_path_last(command->words[i].value.shape), programs))
            return true;
    }
    return false;
}

/* esbuild --bundle and bun build take everything in, but what they are told to leave out. */
static bool takes_all_in(const sp_command *command)
{
    static const char *const left_out[] = {"--external*", "--packages*", "-e", NULL};
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (sp_ecosystem__is_listed(command->words[i].value.shape, left_out))
            return false;
    }
    bool esbuild = sp_str_is(command->name, "esbuild") || sp_command__has(command, "esbuild");
    bool bun = sp_str_is(command->name, "bun") && sp_command__has(command, "build");
    return bun || (esbuild && sp_command__has(command, "--bundle"));
}

static bool freezes(const sp_command *command, sp_ecosystem ecosystem)
{
    return ecosystem == SP_NODE ? starts_one_of(command, node_freezers) || takes_all_in(command)
                                : starts_one_of(command, python_freezers);
}

static bool bundles(const sp_command *command, sp_ecosystem ecosystem)
{
    bool tar = sp_str_equal(command->name, SP_STR("tar"));
    if (tar && (command->word_count < 2 ||
                sp_str_find(command->words[1].value.shape, 'c') == command->words[1].value.shape.size))
        return false;
    if (ecosystem == SP_NODE)
        return runs_project_script(command) || sp_ecosystem__is_listed(command->name, node_bundlers);
    return sp_ecosystem__is_listed(command->name, python_bundlers);
}

static const sp_command *find_bundler(sp_facts *facts, uint32_t instruction, sp_ecosystem ecosystem, bool *sure)
{
    const sp_script *script = sp_facts_script(facts, instruction);
    const sp_command *found = NULL;
    uint32_t count = 0, next = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    for (uint32_t i = 0; i < script->command_count; i++) {
        const sp_command *command = &script->commands[i];
        bool manages = next < count && operations[next].command == i;
        next += manages;
        *sure = !manages && freezes(command, ecosystem);
        if (*sure)
            return command;
        if (!manages && bundles(command, ecosystem))
            found = command;
    }
    return found;
}

const sp_command *sp_ecosystem__bundler(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, bool *sure)
{
    const sp_stage *in = &facts->graph->stages[stage];
    const sp_command *found = NULL;
    for (uint32_t i = in->first; i < in->first + in->count; i++) {
        bool is_run = facts->graph->instructions[i].instruction->kind == SP_RUN;
        const sp_command *command = is_run ? find_bundler(facts, i, ecosystem, sure) : NULL;
        found = command != NULL ? command : found;
        if (*sure)
            break;
    }
    return found;
}

sp_str sp_ecosystem__command_text(const sp_facts *facts, const sp_command *command)
{
    sp_str parts[7];
    size_t count = 0;
    for (uint32_t i = 0; i < command->word_count && i < 4 && command->words[i].value.known; i++) {
        if (i > 0)
            parts[count++] = SP_STR(" ");
        parts[count++] = command->words[i].value.value;
    }
    return count > 0 ? sp_arena_join(facts->arena, parts, count) : command->name;
}
