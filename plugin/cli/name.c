/* Which file names are Dockerfiles, and which declare builds. */
#include "cli/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Endings of sources, templates, documents, archives and what editors and merges leave behind. */
static const char *const source_endings[] = {
    ".adoc",     ".bak",    ".bat",  ".c",     ".cc",      ".cmd",      ".cpp", ".css",  ".ejs",  ".erb", ".ftl",
    ".go",       ".gotmpl", ".gz",   ".h",     ".hbs",     ".hcl",      ".hpp", ".html", ".in",   ".j2",  ".java",
    ".jinja",    ".jinja2", ".js",   ".json",  ".jsonnet", ".lock",     ".log", ".lua",  ".m4",   ".md",  ".mjs",
    ".mustache", ".old",    ".orig", ".patch", ".png",     ".ps1",      ".py",  ".rb",   ".rej",  ".rs",  ".rst",
    ".save",     ".sh",     ".svg",  ".swp",   ".tar",     ".template", ".tmp", ".tmpl", ".toml", ".tpl", ".ts",
    ".tsx",      ".txt",    ".vim",  ".xml",   ".yaml",    ".yml",      ".zip",
};

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);
    return size >= tail && strcasecmp(name + size - tail, ending) == 0;
}

static bool is_source(const char *name)
{
    for (size_t i = 0; i < sizeof source_endings / sizeof *source_endings; i++) {
        if (ends_with(name, source_endings[i]))
            return true;
    }
    return ends_with(name, "~");
}

static bool is_called_dockerfile(const char *name)
{
    static const char docker[] = "dockerfile", container[] = "containerfile";
    if (strncasecmp(name, container, sizeof container - 1) == 0)
        return true;
    if (strncasecmp(name, docker, sizeof docker - 1) == 0) {
        char next = name[sizeof docker - 1];
        return next == '\0' || next == '.' || next == '-' || next == '_' || ends_with(name, ".dockerfile") ||
               (next == '~' && name[sizeof docker] == '\0');
    }
    return ends_with(name, ".dockerfile");
}

/* The names that compose and bake look for by themselves; case counts. */
static cli_name judge_declaring(const char *name)
{
    static const char *const names[] = {
        "compose.yaml",
        "compose.yml",
        "docker-compose.yaml",
        "docker-compose.yml",
        "compose.override.yaml",
        "compose.override.yml",
        "docker-compose.override.yaml",
        "docker-compose.override.yml",
        "docker-bake.json",
        "docker-bake.override.json",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return CLI_NAME_BUILDS;
    }
    bool hcl = strcmp(name, "docker-bake.hcl") == 0 || strcmp(name, "docker-bake.override.hcl") == 0;
    return hcl ? CLI_NAME_BAKE_HCL : CLI_NAME_OTHER;
}

cli_name cli_name_judge(const char *name)
{
    if (judge_declaring(name) != CLI_NAME_OTHER)
        return judge_declaring(name);
    if (!is_called_dockerfile(name) || ends_with(name, ".dockerignore") || ends_with(name, ".containerignore"))
        return CLI_NAME_OTHER;
    return is_source(name) ? CLI_NAME_SOURCE : CLI_NAME_DOCKERFILE;
}
