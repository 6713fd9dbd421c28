/* The page of the API and its annotations: every row says something, and types are names that exist. */
#include "judge.h"

#include "lua/api.h"
#include "lua/object.h"

#include <ctype.h>

/* Words of types that are no kinds of ours. */
static const char *const known_words[] = {"string", "boolean", "integer", "number", "any",     "function",      "table",
                                          "fun",    "text",    "nil",     "policy", "finding", "policy_option", "T"};

static bool is_known(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++)
        if (strlen(known_words[i]) == size && memcmp(known_words[i], word, size) == 0)
            return true;
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++)
        if (strlen(sp_api__type_of(sp_lua__kind_at(i))) == size &&
            memcmp(sp_api__type_of(sp_lua__kind_at(i)), word, size) == 0)
            return true;
    return false;
}

/* Every word of a type is known; names of parameters stand before ':', literals between quotes. */
static void check_type(const char *owner, const char *name, const char *type)
{
    assert_non_null(type);
    for (const char *at = type; *at != '\0';) {
        if (*at == '\'') {
            at = strchr(at + 1, '\'') + 1;
            continue;
        }
        size_t size = 0;
        while (isalnum((unsigned char)at[size]) || at[size] == '_')
            size++;
        if (size > 0 && at[size] != ':' && !is_known(at, size))
            fail_msg("%s.%s: there is no type '%.*s' in '%s'", owner, name, (int)size, at, type);
        at += size > 0 ? size : 1;
    }
}

static void check_sentence(const char *owner, const char *name, const char *says)
{
    if (says == NULL || strlen(says) < 3 || says[strlen(says) - 1] == '.')
        fail_msg("%s.%s says nothing, or ends in a dot", owner, name);
}

static void says_what_every_field_is(void **state)
{
    (void)state;
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++) {
        const sp_kind *kind = sp_lua__kind_at(i);
        check_sentence(kind->name, "kind", kind->says);
        for (size_t j = 0; j < kind->field_count; j++) {
            const sp_field *field = &kind->fields[j];
            check_type(kind->name, field->name, field->type);
            check_sentence(kind->name, field->name, field->says);
            assert_int_equal(field->type[0] == '(' && strchr(field->type, ':') != NULL, field->method != NULL);
        }
    }
}

static void says_what_every_row_is(void **state)
{
    (void)state;
    const sp_api_table *tables[] = {&sp_api_policy, &sp_api_option, &sp_api_report, &sp_api_globals, &sp_api_strings};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const sp_api_row *row = tables[i]->rows; row->name != NULL; row++) {
            check_type(tables[i]->heading, row->name, row->type);
            check_sentence(tables[i]->heading, row->name, row->says);
        }
}

/* What the page says is there is there. */
static void has_every_global(void **state)
{
    (void)state;
    char body[4096];
    size_t size = 0;
    for (const sp_api_row *row = sp_api_globals.rows; row->name != NULL; row++)
        size += (size_t)snprintf(body + size, sizeof body - size, "eq(type(%s), 'function')\n", row->name);
    for (const sp_api_row *row = sp_api_strings.rows; row->name != NULL; row++)
        size += (size_t)snprintf(body + size, sizeof body - size, "eq(type(('').%s), 'function')\n", row->name);
    snprintf(body + size, sizeof body - size, "for name in each(('%s'):split(' ')) do assert(name ~= '') end\n%s",
             sp_api_lua, "eq(type(math.floor) .. type(table.sort) .. type(utf8.len), ('function'):rep(3))\n");
    expect_fine("FROM scratch\n", body);
    size = 0;
    for (const char *at = sp_api_lua; *at != '\0'; at += strspn(at, " ")) {
        int word = (int)strcspn(at, " ");
        size += (size_t)snprintf(body + size, sizeof body - size, "assert(%.*s ~= nil)\n", word, at);
        at += word;
    }
    expect_fine("FROM scratch\n", body);
}

static void writes_annotations_that_are_lua(void **state)
{
    (void)state;
    sp_buf text;
    sp_buf_init(&text, sp_alloc_default(), 1 << 20);
    sp_api_write_luals(&text);
    assert_false(text.failed);
    lua_State *lua = luaL_newstate();
    assert_int_equal(luaL_loadbufferx(lua, text.bytes, text.size, "api", "t"), LUA_OK);
    lua_close(lua);
    sp_buf_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_every_field_is),
        cmocka_unit_test(says_what_every_row_is),
        cmocka_unit_test(has_every_global),
        cmocka_unit_test(writes_annotations_that_are_lua),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
