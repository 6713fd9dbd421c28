/* Any bytes as a word: it expands to a value, to an unknown one, or says why not; what is said of it while variables
   are unknown stays true once they are known. The first byte chooses the escape, the second what is known about
   variables.
 */
#include "dockerfile/blank.h"
#include "dockerfile/expand.h"
#include "source/utf8.h"

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

/* Gives the unknown variables values, one of those that they may have; arguments that nobody gave stay as they are. */
static sp_variable look_up_later(sp_str name, void *payload)
{
    sp_variable variable = look_up(name, payload);
    if (variable.certainty != SP_CERTAIN_UNKNOWN || !variable.set)
        return variable;
    const uint8_t *chosen = payload;
    const sp_str values[] = {SP_STR(""), SP_STR("q"), SP_STR("a*b c"), SP_STR("\\'\"$x")};
    variable.certainty = SP_CERTAIN_KNOWN;
    variable.value = variable.shape.size > 0 ? SP_STR("x--y") : values[(name.size + *chosen) % 4];
    variable.shape = SP_STR("");
    return variable;
}

static void check_later(const sp_value *now, const sp_value *later)
{
    require(!now->failed || later->failed);
    require(!now->known || later->failed || (later->known && sp_str_equal(now->value, later->value)));
    require(later->failed || !later->known || sp_str_fits(later->value, now->shape, '\0') || now->fails_unknown);
}

static void check_same(const sp_value *a, const sp_value *b)
{
    require(a->known == b->known && a->failed == b->failed && a->is_default == b->is_default);
    require(sp_str_equal(a->value, b->value) && sp_str_equal(a->shape, b->shape) && sp_str_equal(a->error, b->error));
    require(a->variable_count == b->variable_count && a->fails_unknown == b->fails_unknown);
}

/* A word without anything to replace is its own value. */
static void check_plain(sp_str text, const sp_value *value, char escape)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        if (byte == '$' || byte == '\'' || byte == '"' || byte == escape || byte == '\\' || (byte & 0x80) != 0)
            return;
    }
    require(value->known && sp_str_equal(value->value, text) && value->variable_count == 0);
}

static void check_word(sp_arena *arena, sp_word word, char escape, sp_expand_mode mode, uint8_t *chosen)
{
    sp_value value = sp_expand(arena, NULL, word, escape, mode, look_up, chosen);
    sp_value again = sp_expand(arena, NULL, word, escape, mode, look_up, chosen);
    sp_value later = sp_expand(arena, NULL, word, escape, mode, look_up_later, chosen);
    check_value(&value, word.text.size);
    check_value(&later, word.text.size);
    check_same(&value, &again);
    check_later(&value, &later);
    check_plain(word.text, &value, escape);
    bool has_nul = sp_str_find(word.text, '\0') < word.text.size;
    require(has_nul || !value.known || sp_str_find(value.value, '\0') == value.value.size);
}

static size_t count_ink(sp_str text)
{
    size_t count = 0;
    for (uint32_t size; text.size > 0; text = sp_str_skip(text, size))
        count += !sp_is_space(sp_utf8_decode(text.text, text.text + text.size, &size));
    return count;
}

/* Splitting loses blanks only; but where BuildKit reads the word inside "${", it forgets what stood before it. */
static void check_split(sp_arena *arena, sp_word word, char escape, uint8_t *chosen)
{
    sp_values words = {0};
    sp_value whole = sp_expand(arena, NULL, word, escape, SP_EXPAND_WORD, look_up, chosen);
    size_t ink = 0;
    bool known = whole.known && sp_str_search(word.text, SP_STR("${")) == SIZE_MAX;
    sp_expand_split(arena, NULL, word, escape, look_up, chosen, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        check_value(&words.items[i], word.text.size);
        known = known && words.items[i].known;
        ink += count_ink(words.items[i].value);
    }
    require(!known || ink == count_ink(whole.value));
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
        check_word(&arena, word, escape, SP_EXPAND_WORD, &chosen);
        check_word(&arena, word, escape, SP_EXPAND_BODY, &chosen);
        check_split(&arena, word, escape, &chosen);
    }
    sp_arena_dispose(&arena);
    return 0;
}
