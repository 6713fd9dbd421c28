/* The tables of packages: sorted for the search, and naming nothing that is not in the vocabulary. */
#include "case.h"

#include "facts/package.h"

typedef struct row {
    const char *manager, *name, *except;
    const char *capabilities[3];
} row;

static const row names[] = {
#define SP_APT(name, own, brought, recommended) {"0 apt", name, "", {own, brought, recommended}},
#include "facts/package_apt.def"
#define SP_PACKAGE(manager, name, capabilities) {#manager, name, "", {capabilities, "", ""}},
#include "facts/package.def"
};

static const row globs[] = {
#define SP_APTS(glob, except, own, brought) {"0 apt", glob, except, {own, brought, ""}},
#include "facts/package_apt.def"
#define SP_PACKAGES(manager, glob, except, capabilities) {#manager, glob, except, {capabilities, "", ""}},
#include "facts/package.def"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void are_sorted_within_a_manager(void **state)
{
    (void)state;
    for (size_t i = 1; i < COUNT(names); i++)
        if (strcmp(names[i - 1].manager, names[i].manager) == 0 && strcmp(names[i - 1].name, names[i].name) >= 0)
            fail_msg("%s stands before %s", names[i - 1].name, names[i].name);
}

static void check_capabilities(const row *one)
{
    for (size_t i = 0; i < 3; i++) {
        sp_str rest = sp_str_from(one->capabilities[i]);
        while (rest.size > 0) {
            sp_str name = sp_str_head(rest, sp_str_find(rest, ' '));
            if (sp_capability__find(name) == SP_CAPABILITY_COUNT)
                fail_msg("%s: '%.*s' is no capability", one->name, SP_STR_ARG(name));
            rest = sp_str_skip(rest, name.size + 1);
        }
    }
}

static void name_known_capabilities(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        check_capabilities(&names[i]);
    for (size_t i = 0; i < COUNT(globs); i++)
        check_capabilities(&globs[i]);
}

/* The search looks at globs by their first letter. */
static void begin_globs_with_a_letter(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(globs); i++)
        assert_true((globs[i].name[0] >= 'a' && globs[i].name[0] <= 'z') || globs[i].name[0] == '@');
}

static bool brings(const char *manager, const char *name, sp_capability capability)
{
    sp_package_capabilities found = sp_package__capabilities(sp_str_from(manager), sp_str_from(name));
    sp_capabilities__join(&found.own, &found.brought);
    return sp_capabilities__has(&found.own, capability);
}

static void find_every_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i].manager, "0 apt") != 0 || names[i].capabilities[0][0] == '\0')
            continue;
        sp_package_capabilities found = sp_package__capabilities(SP_STR("apt"), sp_str_from(names[i].name));
        if (sp_capabilities__next(&found.own, 0) == SP_CAPABILITY_COUNT)
            fail_msg("%s is not found", names[i].name);
    }
}

static void take_names_as_each_manager_writes_them(void **state)
{
    (void)state;
    assert_true(brings("dnf", "@Development Tools", SP_CAPABILITY_C_COMPILER));
    assert_true(brings("dnf", "java-17-openjdk-devel", SP_CAPABILITY_JDK));
    assert_false(brings("dnf", "java-17-openjdk-headless", SP_CAPABILITY_JDK));
    assert_true(brings("dnf", "java-17-openjdk-headless", SP_CAPABILITY_JAVA_RUNTIME));
    assert_true(brings("apt", "gcc-12", SP_CAPABILITY_C_COMPILER));
    assert_false(brings("apt", "gcc-12-base", SP_CAPABILITY_C_COMPILER));
    assert_true(brings("apt", "gcc-aarch64-linux-gnu", SP_CAPABILITY_CROSS_COMPILER));
    assert_false(brings("apt", "gcc-aarch64-linux-gnu", SP_CAPABILITY_C_COMPILER));
    assert_false(brings("apk", "libgcc", SP_CAPABILITY_C_COMPILER));
    assert_true(brings("apk", "openjdk17", SP_CAPABILITY_JDK));
    assert_false(brings("apk", "openjdk17-jre-headless", SP_CAPABILITY_JDK));
    assert_false(brings("unheard-of", "gcc", SP_CAPABILITY_C_COMPILER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_sorted_within_a_manager),
        cmocka_unit_test(name_known_capabilities),
        cmocka_unit_test(begin_globs_with_a_letter),
        cmocka_unit_test(find_every_name),
        cmocka_unit_test(take_names_as_each_manager_writes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
