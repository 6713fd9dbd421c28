/* The page of the API, as Markdown. */
#include "lua/api.h"
#include "lua/object.h"

static const char *const instruction_names[] = {
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) [SP_##ID] = #ID,
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
};

static const struct {
    const char *name, *class, *says;
} capabilities[] = {
#define SP_CAPABILITY(ID, name, class, places, sentence) {name, class, sentence},
#include "facts/capability.def"
};

/* A type in a cell of a table, where '|' ends the cell. */
static void add_type(sp_buf *out, const char *type)
{
    sp_buf_byte(out, '`');
    for (; *type != '\0'; type++) {
        if (*type == '|')
            sp_buf_byte(out, '\\');
        sp_buf_byte(out, *type == '\'' ? '"' : *type);
    }
    sp_buf_byte(out, '`');
}

static void add_says(sp_buf *out, const char *says)
{
    for (; *says != '\0'; says++) {
        if (strchr("|<*_", *says) != NULL)
            sp_buf_byte(out, '\\');
        sp_buf_byte(out, *says);
    }
}

/* "of FROM, RUN": the kinds of instruction that have a field. */
static void add_variants(sp_buf *out, uint32_t variants)
{
    const char *before = "of ";
    for (size_t i = 0; i < sizeof instruction_names / sizeof *instruction_names; i++)
        if ((variants >> i & 1) != 0) {
            sp_buf_print(out, "%s%s", before, instruction_names[i]);
            before = ", ";
        }
    if (variants != 0)
        sp_buf_text(out, ": ");
}

static void add_row(sp_buf *out, const char *name, const char *type, uint32_t variants, const char *says)
{
    sp_buf_print(out, "| `%s` | ", name);
    add_type(out, type);
    sp_buf_text(out, " | ");
    add_variants(out, variants);
    add_says(out, says);
    sp_buf_text(out, " |\n");
}

/* Methods are shown as they are called: `:is(...: text)` gives `answer`. */
static void add_field(sp_buf *out, const sp_field *field)
{
    if (field->method == NULL) {
        add_row(out, field->name, field->type, field->variants, field->says);
        return;
    }
    const char *result = strrchr(field->type, ')') + 1;
    sp_buf_print(out, "| `:%s", field->name);
    for (const char *at = field->type; at < result; at++) {
        if (*at == '|')
            sp_buf_byte(out, '\\');
        sp_buf_byte(out, *at);
    }
    sp_buf_text(out, "` | ");
    add_type(out, result + strspn(result, ": "));
    sp_buf_text(out, " | ");
    add_says(out, field->says);
    sp_buf_text(out, " |\n");
}

static const char table_head[] = "| name | type | what it is |\n| --- | --- | --- |\n";

static void add_kind(sp_buf *out, const sp_kind *kind)
{
    sp_buf_print(out, "\n### %s\n\n", sp_api__type_of(kind));
    sp_buf_text(out, kind->says);
    const sp_kind *parent = sp_api__parent_of(kind);
    if (parent != NULL)
        sp_buf_print(out, ". It has what [%s](#%s) has, and:", sp_api__type_of(parent), sp_api__type_of(parent));
    sp_buf_print(out, "%s\n\n%s", parent != NULL ? "" : ".", table_head);
    for (const sp_kind *at = kind; at != parent; at = at->parent)
        for (size_t i = 0; i < at->field_count; i++)
            add_field(out, &at->fields[i]);
}

static void add_table(sp_buf *out, const sp_api_table *table)
{
    sp_buf_print(out, "\n## %s\n\n%s.\n\n%s", table->heading, table->says, table_head);
    for (const sp_api_row *row = table->rows; row->name != NULL; row++)
        add_row(out, row->name, row->type, 0, row->says);
}

static void add_capabilities(sp_buf *out)
{
    sp_buf_text(out, "\n## Capabilities\n\nWhat `stage:contains` and `image:contains` may be asked for; a class stands "
                     "for all of its own.\n\n| capability | class | there is |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++) {
        sp_buf_print(out, "| `%s` | %s%s%s | ", capabilities[i].name, *capabilities[i].class != '\0' ? "`" : "",
                     capabilities[i].class, *capabilities[i].class != '\0' ? "`" : "");
        add_says(out, capabilities[i].says);
        sp_buf_text(out, " |\n");
    }
}

void sp_api_write_page(sp_buf *out)
{
    sp_buf_print(out, "# What a policy sees: the API, version %d\n\n", (int)SP_API_VERSION);
    sp_buf_print(out,
                 "`api: %d` in a pack's manifest asks for this version. `?` marks what may be nil, `[]` a list.\n\n",
                 (int)SP_API_VERSION);
    for (size_t i = 0; sp_api_rules[i] != NULL; i++)
        sp_buf_print(out, "%zu. %s.\n", i + 1, sp_api_rules[i]);
    add_table(out, &sp_api_policy);
    add_table(out, &sp_api_option);
    add_table(out, &sp_api_report);
    sp_buf_text(out, "\n## Objects\n");
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++)
        add_kind(out, sp_lua__kind_at(i));
    add_table(out, &sp_api_globals);
    sp_buf_print(out, "\nOf Lua: `%s`.\n", sp_api_lua);
    add_table(out, &sp_api_strings);
    add_capabilities(out);
}
