/* --mount of RUN, cut into fields. BuildKit checks them when the instruction runs; here only what it refuses before. */
#include "dockerfile/parser.h"

#include "base/ascii.h"

/* The text itself when it is in lower case already, as nearly all keys are. */
static sp_str lower(sp_arena *arena, sp_str text)
{
    size_t i = 0;
    while (i < text.size && !sp_ascii_is_upper(text.text[i]))
        i++;
    if (i == text.size)
        return text;
    char *copy = sp_arena_alloc(arena, text.size);
    for (i = 0; i < text.size; i++)
        copy[i] = sp_ascii_lower(text.text[i]);
    return (sp_str){copy, text.size};
}

static bool is_inside(sp_str part, sp_str whole)
{
    return part.text >= whole.text && part.text + part.size <= whole.text + whole.size;
}

/* field = key [ "=" value ] */
static sp_mount_field cut_field(sp_parser *parser, const sp_line *line, const sp_flag *flag, sp_str text)
{
    size_t equals = sp_str_find(text, '=');
    sp_mount_field field = {.key = lower(parser->arena, sp_str_head(text, equals)), .has_value = equals < text.size};
    field.value = (sp_word){sp_str_skip(text, equals + 1), flag->value.span};
    if (is_inside(field.value.text, line->text))
        field.value.span = sp_line_span(line, field.value.text);
    return field;
}

static void note_meaning(sp_mount *mount, const sp_mount_field *field)
{
    static const struct {
        sp_str key;
        size_t meaning;
    } keys[] = {
        {{"type", 4}, offsetof(sp_mount, type)},           {{"from", 4}, offsetof(sp_mount, from)},
        {{"source", 6}, offsetof(sp_mount, source)},       {{"src", 3}, offsetof(sp_mount, source)},
        {{"target", 6}, offsetof(sp_mount, target)},       {{"dst", 3}, offsetof(sp_mount, target)},
        {{"destination", 11}, offsetof(sp_mount, target)},
    };
    if (!field->has_value)
        return;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (sp_str_equal(field->key, keys[i].key))
            *(const sp_word **)(void *)((char *)mount + keys[i].meaning) = &field->value;
    }
}

static void check_from(sp_parser *parser, sp_instruction *run, const sp_mount_field *field)
{
    sp_str from = field->value.text;
    if (!sp_str_equal(field->key, SP_STR("from")) || sp_str_find(from, '$') + 1 >= from.size)
        return;
    sp_parser__refuse(parser, run, SP_DIAGNOSTIC_FROM_VARIABLE, field->value.span,
                      "from= of a mount takes no variables; name a stage FROM '%.*s' and use its name",
                      SP_STR_ARG(sp_parser__brief(from)));
}

/* mount = record of fields, as csv.c cuts them */
static void cut_mount(sp_parser *parser, sp_instruction *run, const sp_flag *flag, sp_mount *mount)
{
    sp_words texts = {0};
    const char *why;
    *mount = (sp_mount){.flag = flag};
    if (!flag->has_value)
        return;
    if (!sp_csv__cut(parser->arena, flag->value.text, &texts, &why)) {
        sp_parser__refuse(parser, run, SP_DIAGNOSTIC_MOUNT, flag->value.span, "the value of --mount %s", why);
        return;
    }
    sp_mount_field *fields = sp_arena_alloc(parser->arena, texts.count * sizeof *fields);
    for (uint32_t i = 0; i < texts.count; i++) {
        fields[i] = cut_field(parser, &run->line, flag, texts.items[i].text);
        note_meaning(mount, &fields[i]);
        check_from(parser, run, &fields[i]);
    }
    mount->fields = fields;
    mount->field_count = texts.count;
}

/* mounts = { mount }, of the flags that are called so */
void sp_mount__cut(sp_parser *parser, sp_instruction *run)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < run->flags.count; i++)
        count += sp_str_equal(run->flags.items[i].name, SP_STR("mount"));
    if (count == 0)
        return;
    sp_mount *mounts = sp_arena_alloc(parser->arena, count * sizeof *mounts), *next = mounts;
    for (uint32_t i = 0; i < run->flags.count; i++) {
        if (sp_str_equal(run->flags.items[i].name, SP_STR("mount")))
            cut_mount(parser, run, &run->flags.items[i], next++);
    }
    run->as.run.mounts = mounts;
    run->as.run.mount_count = count;
}
