/* The vocabulary of what a filesystem can contain. */
#include "facts/capability.h"

#include "facts/facts.h"

typedef struct row {
    sp_str name, class, places;
} row;

static const row rows[] = {
#define SP_CAPABILITY(ID, name, class, places, sentence)                                                               \
    {{name, sizeof(name) - 1}, {class, sizeof(class) - 1}, {places, sizeof(places) - 1}},
#include "facts/capability.def"
};

typedef struct class_row {
    sp_str name, classes;
} class_row;

static const class_row class_rows[] = {
#define SP_CLASS(name, classes) {{name, sizeof(name) - 1}, {classes, sizeof(classes) - 1}},
#include "facts/capability.def"
};

typedef struct brings_row {
    sp_capability capability;
    const char *names;
} brings_row;

static const brings_row brings_rows[] = {
#define SP_BRINGS(ID, names) {SP_CAPABILITY_##ID, names},
#include "facts/capability.def"
};

static const sp_str all_names[] = {
#define SP_CAPABILITY(ID, name, class, places, sentence) {name, sizeof(name) - 1},
#define SP_CLASS(name, classes) {name, sizeof(name) - 1},
#include "facts/capability.def"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const sp_str *sp_capability_names(size_t *count)
{
    *count = COUNT(all_names);
    return all_names;
}

uint32_t sp_capability__find(sp_str name)
{
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++) {
        if (sp_str_equal(rows[i].name, name))
            return i;
    }
    return SP_CAPABILITY_COUNT;
}

sp_str sp_capability__name(uint32_t capability)
{
    return rows[capability].name;
}

sp_str sp_capability__places(uint32_t capability)
{
    return rows[capability].places;
}

uint32_t sp_capabilities__next(const sp_capabilities *set, uint32_t capability)
{
    while (capability < SP_CAPABILITY_COUNT && !sp_capabilities__has(set, capability))
        capability++;
    return capability;
}

void sp_capabilities__join(sp_capabilities *set, const sp_capabilities *more)
{
    for (size_t i = 0; i < COUNT(set->words); i++)
        set->words[i] |= more->words[i];
}

static void add_named(sp_capabilities *set, sp_str names)
{
    while (names.size > 0) {
        uint32_t capability = sp_capability__find(sp_str_take_word(&names));
        if (capability < SP_CAPABILITY_COUNT)
            sp_capabilities__add(set, capability);
    }
}

/* Adds what the members bring along. A row stands above those that its names need, so one pass is enough. */
static void close(sp_capabilities *set)
{
    for (size_t i = 0; i < COUNT(brings_rows); i++) {
        if (sp_capabilities__has(set, brings_rows[i].capability))
            add_named(set, sp_str_from(brings_rows[i].names));
    }
}

sp_capabilities sp_capabilities__of(const char *names)
{
    sp_capabilities set = {0};
    add_named(&set, sp_str_from(names));
    close(&set);
    return set;
}

sp_capabilities sp_capabilities__of_list(const char *const *names)
{
    sp_capabilities set = {0};
    for (size_t i = 0; names[i] != NULL; i++)
        add_named(&set, sp_str_from(names[i]));
    close(&set);
    return set;
}

static void add_class(sp_capabilities *set, sp_str class)
{
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++) {
        if (sp_str_equal(rows[i].class, class))
            sp_capabilities__add(set, i);
    }
}

sp_capabilities sp_capabilities__asked(const sp_str *names, size_t count)
{
    sp_capabilities set = {0};
    for (size_t i = 0; i < count; i++) {
        add_named(&set, names[i]);
        for (size_t j = 0; j < COUNT(class_rows); j++) {
            sp_str classes = sp_str_equal(class_rows[j].name, names[i]) ? class_rows[j].classes : SP_STR("");
            while (classes.size > 0)
                add_class(&set, sp_str_take_word(&classes));
        }
    }
    return set;
}
