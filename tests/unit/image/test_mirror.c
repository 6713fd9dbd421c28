/* Mirrors: the names of images in them, and whose copies those are. */
#include "image/catalogue.h"
#include "image/mirror.h"

#include "unit/arena.h"

static const sp_mirror some[] = {
    {{"registry.corp/", 14}, {"quay.io/", 8}},
    {{"registry.corp/dockerhub/", 24}, {"docker.io/", 10}},
    {{"registry.corp:5000/red/", 23}, {"registry.access.redhat.com/ubi9/", 32}},
    {{"bad.corp/", 9}, {"docker.io/UPPER/", 16}},
};
static const sp_mirrors mirrors = {some, sizeof some / sizeof some[0]};

static const sp_reference *original(const char *text)
{
    sp_reference *reference = sp_arena_new(&arena, sp_reference);
    sp_str problem = SP_STR("");
    assert_true(sp_reference_parse(&arena, sp_str_from(text), reference, &problem));
    return sp_mirrors_resolve(&mirrors, &arena, reference);
}

static void is(const char *copy, const char *canonical)
{
    const sp_reference *found = original(copy);
    if (found == NULL || !sp_str_is(found->canonical, canonical))
        fail_msg("%s is not found to be %s", copy, canonical);
}

static void takes_the_longest_prefix(void **state)
{
    (void)state;
    is("registry.corp/dockerhub/python:3.9", "docker.io/library/python:3.9");
    is("registry.corp/dockerhub/bitnami/redis", "docker.io/bitnami/redis:latest");
    is("registry.corp/jupyter/base-notebook", "quay.io/jupyter/base-notebook:latest");
    is("registry.corp:5000/red/ubi-minimal:9.4", "registry.access.redhat.com/ubi9/ubi-minimal:9.4");
}

static void keeps_tag_and_digest(void **state)
{
    (void)state;
    const char *digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";
    const sp_reference *found = original(sp_arena_print(&arena, "registry.corp/dockerhub/python@%s", digest).text);
    assert_true(sp_str_is(found->digest, digest));
    assert_int_equal(found->tag.size, 0);
    assert_int_equal(original("registry.corp/dockerhub/python")->tag.size, 0);
    assert_true(sp_str_is(original("registry.corp/dockerhub/python:3")->tag, "3"));
}

static void leaves_others_alone(void **state)
{
    (void)state;
    assert_null(original("python:3.9"));
    assert_null(original("registry.corporate/dockerhub/python"));
    assert_null(original("dockerhub/python"));
    assert_null(original("bad.corp/python"));
}

static void is_found_in_the_catalogue(void **state)
{
    (void)state;
    const sp_image_row *row = sp_catalogue_find(original("registry.corp/dockerhub/golang:1.22-alpine"));
    assert_non_null(row);
    assert_string_equal(row->repository, "docker.io/library/golang");
    assert_string_equal(row->distro, "alpine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_the_longest_prefix),
        TEST(keeps_tag_and_digest),
        TEST(leaves_others_alone),
        TEST(is_found_in_the_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
