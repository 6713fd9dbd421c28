/* Values of a compose file, with their variables filled in, and what is said of them. */
#include "config/compose_reading.h"

#include "base/limits.h"

sp_status sp_compose__fail(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                           const char *message)
{
    return sp_error_at(reading->error, SP_E_CONFIG, file->path, value->line, value->column, "%s", message);
}

sp_status sp_compose__charge(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                             size_t entries)
{
    reading->entries += (unsigned)entries;
    if (reading->entries <= SP_LIMIT_COMPOSE_ENTRIES)
        return SP_OK;
    return sp_compose__fail(reading, file, value,
                            "with what is shared counted each time, these services have too many keys and list items");
}

void sp_compose__tell(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value, sp_str name,
                      sp_str text)
{
    if (sp_map_find(reading->told, name) != NULL || sp_map_count(reading->told) >= SP_LIMIT_COMPOSE_REMARKS)
        return;
    reading->told = sp_map_set(reading->arena, reading->told, name, reading);
    *sp_list_add(reading->arena, &reading->out->remarks) =
        (sp_declared_remark){.path = file->path, .line = value->line, .column = value->column, .text = text};
}

void sp_compose__tell_unset(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                            sp_str name, const char *what)
{
    sp_str shown = sp_str_brief(name, 100);
    sp_compose__tell(reading, file, value, name,
                     sp_arena_print(reading->arena, "the variable '%.*s' is not set, %s", SP_STR_ARG(shown), what));
}

/* What is outside goes first: an included file's `.env` only adds. */
bool sp_compose__find_variable(void *payload, sp_str name, sp_str *value)
{
    sp_compose__variables *variables = payload;
    const sp_compose_input *input = variables->input;
    if (variables->outer != NULL && sp_compose__find_variable(variables->outer, name, value))
        return true;
    if (variables->outer == NULL && input->lookup != NULL && input->lookup(input->payload, name, value))
        return true;
    return sp_dotenv_find(&variables->file, name, value);
}

sp_status sp_compose__text_of(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                              const char *what, sp_str *out, bool *known)
{
    sp_str plain;
    bool is_text = value->kind == SP_YAML_SCALAR &&
                   (value->quoted || sp_compose__plain_of(reading->arena, value->scalar, &plain) == SP_COMPOSE_IS_TEXT);
    if (!is_text)
        return sp_yaml_fail_kind(value, file->path, what, "a text; put a number in quotes", reading->error);
    sp_template *filler = &reading->filler;
    filler->payload = file->variables;
    filler->unset.count = 0;
    if (!sp_template_fill(filler, value->scalar, out))
        return sp_compose__fail(reading, file, value, filler->problem.text);
    for (uint32_t i = 0; i < filler->unset.count; i++)
        sp_compose__tell_unset(reading, file, value, filler->unset.items[i],
                               known != NULL ? "so what a build gets for it here is not known" : "so it is blank here");
    if (known != NULL)
        *known = filler->unset.count == 0;
    return SP_OK;
}
