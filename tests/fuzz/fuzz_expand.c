/* Any bytes as a word: it expands to a value, to an unknown one, or says why not. The first byte chooses the escape,
   the second what is known about variables. */
#include "dockerfile/expand.h"

#include "fuzz/target.h"

static sp_variable look_up(sp_str name, void *payload)
{
    static const sp_str values[] = {{"", 0}, {"a b", 3}, {"a*", 2}, {"b\\", 2}, {"\xFF/x\n", 4}};
    const uint8_t *chosen = payload;
    unsigned sum = *chosen;
    for (size_t i = 0; i < name.size; i++)
        sum += (unsigned char)name.text[i];
    sp_variable variable = {.certainty = (sp_certainty)(sum % 4), .definition = UINT32_MAX};
    variable.set = variable.certainty != SP_CERTAIN_UNDEFINED && sum % 3 > 0;
    if (variable.certainty == SP_CERTAIN_UNKNOWN)
        variable.shape = sum % 5 == 0 ? (sp_str){"x\0y", 3} : SP_STR("");
    else if (variable.set)
        variable.value = values[sum % 5];
    return variable;
}

static void check_value(const sp_value *value, size_t size)
{
    require(!(value->failed && value->known));
    require(value->failed == (value->error.size > 0));
    require(!value->known || sp_str_equal(value->value, value->shape));
    require(value->known || value->failed || value->fails_unknown ||
            sp_str_find(value->shape, '\0') < value->shape.size);
    for (uint32_t i = 0; i < value->variable_count; i++)
        require(value->variables[i].at.start < value->variables[i].at.end && value->variables[i].at.end <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    if (size < 2)
        return 0;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0) {
        uint8_t chosen = bytes[1];
        char escape = bytes[0] % 2 == 0 ? '\\' : '`';
        sp_word word = {{(const char *)bytes + 2, size - 2}, {0, (uint32_t)size - 2}};
        for (int mode = SP_EXPAND_WORD; mode <= SP_EXPAND_BODY; mode++) {
            sp_value value = sp_expand(&arena, NULL, word, escape, (sp_expand_mode)mode, look_up, &chosen);
            check_value(&value, size - 2);
        }
        sp_values words = {0};
        sp_expand_split(&arena, NULL, word, escape, look_up, &chosen, &words);
        for (uint32_t i = 0; i < words.count; i++)
            check_value(&words.items[i], size - 2);
    }
    sp_arena_dispose(&arena);
    return 0;
}
