/* What the tables of the API say of types. */
#include "base/suggest.h"
#include "lua/api.h"
#include "lua/lint_internal.h"

enum { NAMES_MOST = 128 };

static const sp_kind *find_kind(sp_str name)
{
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++)
        if (sp_str_is(name, sp_api__type_of(sp_lua__kind_at(i))))
            return sp_lua__kind_at(i);
    return NULL;
}

/* type = "(" … ")" ":" type of a method | ( kind | "string" | literals | … ) [ "[]" ] [ "?" ] */
sp_lint_type sp_lint__type_of(const char *text)
{
    sp_lint_type out = {.base = SP_LINT_UNKNOWN};
    sp_str name = sp_str_from(text);
    out.maybe = sp_str_ends(name, SP_STR("?"));
    out.nilable = out.maybe;
    name.size -= out.maybe;
    if (sp_str_is(name, "boolean"))
        return (sp_lint_type){.base = SP_LINT_OTHER, .maybe = true, .nilable = out.nilable};
    if (sp_str_is(name, "integer") || sp_str_is(name, "number"))
        out.base = SP_LINT_OTHER;
    bool list = sp_str_ends(name, SP_STR("[]"));
    name.size -= list ? 2 : 0;
    bool is_text = sp_str_is(name, "string") || sp_str_starts(name, SP_STR("'"));
    const sp_kind *kind = find_kind(name);
    if (kind != NULL || (list && is_text)) {
        bool is_list = kind != NULL && sp_lua__is_list(kind);
        out.base = list || is_list ? SP_LINT_LIST : SP_LINT_OBJECT;
        out.kind = list && is_list ? &sp_kind_list : kind; /* of lists of lists no more is known */
    } else if (is_text) {
        out.base = SP_LINT_TEXT;
    }
    return out;
}

static sp_lint_type type_of_field(const sp_field *field)
{
    if (field->method != NULL)
        return (sp_lint_type){.base = SP_LINT_METHOD, .result = strrchr(field->type, ')') + 3};
    sp_lint_type type = sp_lint__type_of(field->type);
    type.maybe = type.maybe || field->variants != 0;
    type.nilable = type.nilable || field->variants != 0;
    return type;
}

bool sp_lint__field(const sp_kind *kind, sp_str name, sp_lint_type *out, sp_str *meant)
{
    sp_str names[NAMES_MOST];
    size_t count = 0;
    for (const sp_kind *at = kind; at != NULL; at = at->parent)
        for (size_t i = 0; i < at->field_count; i++) {
            if (sp_str_is(name, at->fields[i].name)) {
                *out = type_of_field(&at->fields[i]);
                return true;
            }
            if (count < NAMES_MOST)
                names[count++] = sp_str_from(at->fields[i].name);
        }
    *out = (sp_lint_type){.base = SP_LINT_UNKNOWN};
    *meant = sp_suggest(name, names, count);
    return false;
}

/* Pipes are lists of commands, and what group gives are lists of no known kind. */
sp_lint_type sp_lint__item(sp_lint_type list)
{
    if (list.kind == NULL)
        return (sp_lint_type){.base = SP_LINT_TEXT};
    if (list.kind == &sp_kind_pipe)
        return (sp_lint_type){.base = SP_LINT_OBJECT, .kind = &sp_kind_command};
    if (sp_lua__is_list(list.kind))
        return (sp_lint_type){.base = SP_LINT_UNKNOWN};
    return (sp_lint_type){.base = SP_LINT_OBJECT, .kind = list.kind};
}

sp_lint_type sp_lint__option(const sp_option *option)
{
    bool texts = option->of == SP_OPTION_STRING || option->of == SP_OPTION_PATTERN || option->of == SP_OPTION_ENUM;
    switch (option->type) {
    case SP_OPTION_LIST:
        return (sp_lint_type){.base = texts ? SP_LINT_LIST : SP_LINT_UNKNOWN};
    case SP_OPTION_MAP:
        return (sp_lint_type){.base = SP_LINT_MAP};
    case SP_OPTION_BOOLEAN:
        return (sp_lint_type){.base = SP_LINT_OTHER, .maybe = true};
    case SP_OPTION_INTEGER:
        return (sp_lint_type){.base = SP_LINT_OTHER};
    default:
        return (sp_lint_type){.base = SP_LINT_TEXT};
    }
}

bool sp_lint__is(sp_lint_type type, const sp_kind *kind)
{
    const sp_kind *at = type.base == SP_LINT_OBJECT ? type.kind : NULL;
    while (at != NULL && at != kind)
        at = at->parent;
    return at != NULL;
}

bool sp_lint__is_global(sp_str name, sp_str *meant)
{
    sp_str names[NAMES_MOST];
    size_t count = sp_api_names(&sp_api_globals, names, NAMES_MOST);
    for (const char *at = sp_api_lua; *at != '\0' && count < NAMES_MOST;) {
        size_t size = strcspn(at, " ");
        names[count++] = (sp_str){at, size};
        at += size + (at[size] == ' ');
    }
    for (size_t i = 0; i < count; i++)
        if (sp_str_equal(names[i], name))
            return true;
    *meant = sp_suggest(name, names, count);
    return false;
}
