/* Texts of a bake file: HCL's templates, as far as `${NAME}` goes, and the variables in them. */
#include "config/bake_reading.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/suggest.h"

#define TOO_RICH "has an expression that only bake can evaluate; " SP_BAKE_HINT

/* A text under way. */
typedef struct filling {
    sp_bake__reading *reading;
    const sp_bake__place *place;
    unsigned depth; /* of variables in the defaults of variables */
    SP_LIST(sp_str) parts;
    size_t size;
    bool known;
} filling;

static sp_status fill(filling *text, json_t *value, sp_bake__text *out);

static sp_status fail_unknown(const filling *text, sp_str name)
{
    const sp_bake__blocks *variables = &text->reading->variables;
    SP_LIST(sp_str) names = {0};
    for (uint32_t i = 0; i < variables->items.count; i++)
        *sp_list_add(text->reading->arena, &names) = variables->items.items[i]->name;
    sp_str meant = sp_suggest(name, names.items, names.count), shown = sp_str_brief(name, 100);
    sp_str message = sp_arena_print(text->reading->arena, "uses '%.*s', which is not a variable of this file%s%.*s%s",
                                    SP_STR_ARG(shown), meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant),
                                    meant.size > 0 ? "'?" : "");
    return sp_bake__fail(text->reading, text->place, message.text);
}

/* What a variable is to be converted to: its type, else what its default is. */
typedef enum variable_kind { IS_TEXT, IS_BOOLEAN, IS_NUMBER, IS_OTHER } variable_kind;

static variable_kind kind_of(json_t *type, json_t *initial)
{
    const char *name = json_string_value(type);
    if (type != NULL && (name == NULL || strcmp(name, "any") != 0)) {
        static const char *const names[] = {"string", "bool", "number"};
        for (int i = 0; name != NULL && i < IS_OTHER; i++) {
            if (strcmp(name, names[i]) == 0)
                return (variable_kind)i;
        }
        return IS_OTHER;
    }
    if (json_is_boolean(initial))
        return IS_BOOLEAN;
    if (json_is_number(initial))
        return IS_NUMBER;
    return initial == NULL || json_is_string(initial) ? IS_TEXT : IS_OTHER;
}

/* A value from the environment, as bake converts it. */
static sp_status convert(const filling *text, variable_kind kind, sp_str given, sp_str *out)
{
    int64_t number;
    *out = given;
    if (kind == IS_BOOLEAN && !sp_str_is_bool(given))
        return sp_bake__fail(text->reading, text->place, "is set to something that is neither true nor false");
    if (kind == IS_BOOLEAN)
        *out = strchr("1tT", given.text[0]) != NULL ? SP_STR("true") : SP_STR("false");
    if (kind == IS_NUMBER && !sp_str_to_int(given, &number))
        return sp_bake__fail(text->reading, text->place, "is set to something that is not a whole number");
    if (kind == IS_NUMBER)
        *out = sp_arena_print(text->reading->arena, "%lld", (long long)number);
    return SP_OK;
}

/* variable = "{" [ "default:" text ] [ "type:" type ] … "}"; what is given in the environment goes first. */
static sp_status resolve_variable(const filling *user, sp_bake__block *variable)
{
    sp_bake__reading *reading = user->reading;
    const sp_bake__place place = {.block = SP_STR("variable"), .name = variable->name};
    filling text = {.reading = reading, .place = &place, .depth = user->depth + 1, .known = true};
    if (variable->progress == SP_BAKE_UNDER_WAY)
        return sp_bake__fail(reading, &place, "needs its own value");
    if (text.depth > SP_LIMIT_BAKE_DEPTH)
        return sp_bake__fail(reading, &place, "needs too long a chain of variables");
    variable->progress = SP_BAKE_UNDER_WAY;
    json_t *initial = variable->is_attribute ? variable->body : sp_bake__find(variable->body, "default");
    json_t *type = variable->is_attribute ? NULL : sp_bake__find(variable->body, "type");
    variable_kind kind = kind_of(type, initial);
    if (kind == IS_OTHER)
        return sp_bake__fail(reading, &place, "is more than a text, which only bake can evaluate; " SP_BAKE_HINT);
    sp_str given;
    sp_status status = SP_OK;
    bool is_given = !variable->is_attribute && reading->input->lookup != NULL &&
                    reading->input->lookup(reading->input->payload, variable->name, &given);
    if (is_given)
        status = convert(&text, kind, given, &variable->value.text);
    else
        status = fill(&text, initial, &variable->value);
    if (is_given)
        variable->value.known = variable->value.is_set = true;
    variable->progress = SP_BAKE_DONE;
    return status;
}

static sp_status add_part(filling *text, sp_str part)
{
    text->size += part.size;
    if (text->size > text->reading->left)
        return sp_bake__fail(text->reading, text->place, "becomes too large with its variables filled in");
    *sp_list_add(text->reading->arena, &text->parts) = part;
    return SP_OK;
}

static sp_status add_variable(filling *text, sp_str name)
{
    sp_bake__block *variable = sp_bake__named(&text->reading->variables, name);
    if (sp_str_equal(name, SP_STR("BAKE_CMD_CONTEXT")))
        return add_part(text, SP_STR("cwd://"));
    if (sp_str_equal(name, SP_STR("BAKE_LOCAL_PLATFORM"))) {
        text->known = false;
        return SP_OK;
    }
    if (variable == NULL)
        return fail_unknown(text, name);
    if (variable->progress != SP_BAKE_DONE) {
        sp_status status = resolve_variable(text, variable);
        if (status != SP_OK)
            return status;
    }
    text->known = text->known && variable->value.known;
    return add_part(text, variable->value.text);
}

static bool is_name(sp_str text)
{
    bool is_good = text.size > 0 && !sp_ascii_is_digit(text.text[0]) && text.text[0] != '-';
    for (size_t i = 0; i < text.size; i++)
        is_good = is_good && (sp_ascii_is_letter_or_digit(text.text[i]) || strchr("_-", text.text[i]) != NULL);
    return is_good;
}

/* template = { "${" name "}" | "$${" | "%%{" | byte }; `at` is at a "$" or a "%" */
static sp_status fill_at(filling *text, sp_str whole, size_t *at)
{
    sp_str rest = sp_str_skip(whole, *at);
    bool is_escape = sp_str_starts(rest, SP_STR("$${")) || sp_str_starts(rest, SP_STR("%%{"));
    if (is_escape) {
        *at += 3;
        return add_part(text, rest.text[0] == '$' ? SP_STR("${") : SP_STR("%{"));
    }
    if (sp_str_starts(rest, SP_STR("%{")))
        return sp_bake__fail(text->reading, text->place, TOO_RICH);
    if (!sp_str_starts(rest, SP_STR("${"))) {
        *at += 1;
        return add_part(text, sp_str_head(rest, 1));
    }
    size_t end = sp_str_find(rest, '}');
    sp_str name = sp_str_trim(sp_str_head(sp_str_skip(rest, 2), end - 2));
    if (end == rest.size)
        return sp_bake__fail(text->reading, text->place, "has a '${' that is not closed; '$${' writes these two");
    if (!is_name(name))
        return sp_bake__fail(text->reading, text->place, TOO_RICH);
    *at += end + 1;
    return add_variable(text, name);
}

static sp_status fill_string(filling *text, sp_str whole, sp_str *out)
{
    for (size_t at = 0; at < whole.size;) {
        sp_status status = SP_OK;
        size_t plain = 0;
        while (at + plain < whole.size && whole.text[at + plain] != '$' && whole.text[at + plain] != '%')
            plain++;
        if (plain > 0)
            status = add_part(text, (sp_str){whole.text + at, plain});
        at += plain;
        if (status == SP_OK && at < whole.size)
            status = fill_at(text, whole, &at);
        if (status != SP_OK)
            return status;
    }
    text->reading->left -= text->size;
    *out = sp_arena_join(text->reading->arena, text->parts.items, text->parts.count);
    return SP_OK;
}

/* text = string | boolean | whole number | null */
static sp_status fill(filling *text, json_t *value, sp_bake__text *out)
{
    *out = (sp_bake__text){.text = SP_STR(""), .is_set = value != NULL && !json_is_null(value)};
    sp_status status = SP_OK;
    if (!out->is_set)
        return SP_OK;
    if (json_is_real(value))
        return sp_bake__fail(text->reading, text->place, "is a number with a fraction; put it in quotes");
    if (json_is_string(value))
        status = fill_string(text, (sp_str){json_string_value(value), json_string_length(value)}, &out->text);
    else if (json_is_boolean(value))
        out->text = json_is_true(value) ? SP_STR("true") : SP_STR("false");
    else if (json_is_integer(value))
        out->text = sp_arena_print(text->reading->arena, "%lld", (long long)json_integer_value(value));
    else
        return sp_bake__fail(text->reading, text->place, "must be a text");
    out->known = text->known;
    return status;
}

sp_status sp_bake__fill(sp_bake__reading *reading, const sp_bake__place *place, json_t *value, sp_bake__text *out)
{
    filling text = {.reading = reading, .place = place, .known = true};
    return fill(&text, value, out);
}
