/* What the instruction layer refuses about RUN's flags. */
#include "dockerfile/check.h"

static void check_choice(sp_parser *parser, sp_instruction *run, sp_str name, const sp_str *choices, size_t count,
                         const char *listed)
{
    const sp_flag *flag = sp_instruction_flag(run, name);
    if (flag == NULL || !flag->has_value)
        return;
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(flag->value.text, choices[i]))
            return;
    }
    sp_parser__refuse(parser, run, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span, "--%.*s is %s, not '%.*s'",
                      SP_STR_ARG(name), listed, SP_STR_ARG(sp_parser__brief(flag->value.text)));
}

static void refuse_device(sp_parser *parser, sp_instruction *run, const sp_flag *flag, const char *why, sp_str what)
{
    sp_parser__refuse(parser, run, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span, "the value of --device %s%.*s", why,
                      SP_STR_ARG(sp_parser__brief(what)));
}

/* field = name | "name=" name | "required" [ "=" bool ]; false when it is refused */
static bool check_device_field(sp_parser *parser, sp_instruction *run, const sp_flag *flag, sp_str field, bool *named)
{
    size_t equals = sp_str_find(field, '=');
    bool has_value = equals < field.size;
    sp_str key = sp_str_head(field, equals), value = sp_str_skip(field, equals + 1);
    const char *why = NULL;
    if (sp_str_equal_nocase(key, SP_STR("required"))) {
        if (!has_value || sp_str_is_bool(value))
            return true;
        why = "has a 'required' that is neither true nor false: ";
    } else if (has_value && sp_str_equal_nocase(key, SP_STR("name"))) {
        why = *named ? "names a second device: " : NULL;
        *named = *named || value.size > 0;
    } else {
        why = *named ? "has a field that is neither name nor required: " : NULL;
        *named = *named || field.size > 0;
    }
    if (why != NULL)
        refuse_device(parser, run, flag, why, field);
    return why == NULL;
}

static void check_device(sp_parser *parser, sp_instruction *run, const sp_flag *flag)
{
    sp_words fields = {0};
    const char *why;
    bool named = false;
    if (!sp_csv__cut(parser->arena, flag->value.text, &fields, &why)) {
        refuse_device(parser, run, flag, why, SP_STR(""));
        return;
    }
    for (uint32_t i = 0; i < fields.count; i++) {
        if (!check_device_field(parser, run, flag, fields.items[i].text, &named))
            return;
    }
}

void sp_check__run(sp_parser *parser, sp_instruction *run)
{
    static const sp_str networks[] = {{"default", 7}, {"none", 4}, {"host", 4}};
    static const sp_str securities[] = {{"sandbox", 7}, {"insecure", 8}};
    if (run->flags.count == 0)
        return;
    for (uint32_t i = 0; i < run->flags.count; i++) {
        const sp_flag *flag = &run->flags.items[i];
        if (flag->has_value && sp_str_equal(flag->name, SP_STR("device")))
            check_device(parser, run, flag);
    }
    sp_mount__cut(parser, run);
    check_choice(parser, run, SP_STR("network"), networks, 3, "default, none or host");
    check_choice(parser, run, SP_STR("security"), securities, 2, "sandbox or insecure");
}
