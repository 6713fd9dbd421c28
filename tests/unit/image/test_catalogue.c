/* The compiled catalogue: every row can be reached and defended, and references find the right one. */
#include "facts/capability.h"
#include "image/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/arena.h"

static const sp_image_row *find(const char *text)
{
    sp_reference reference;
    sp_str problem = SP_STR("");
    assert_true(sp_reference_parse(&arena, sp_str_from(text), &reference, &problem));
    return sp_catalogue_find(&reference);
}

static bool contains(const char *image, const char *capability)
{
    const sp_image_row *row = find(image);
    if (row == NULL)
        fail_msg("%s is not in the catalogue", image);
    return sp_catalogue_has(row->contains, sp_str_from(capability));
}

static void is_sorted_by_repository(void **state)
{
    (void)state;
    for (size_t i = 1; i < sp_catalogue_count(); i++)
        assert_true(strcmp(sp_catalogue_at(i - 1)->repository, sp_catalogue_at(i)->repository) <= 0);
}

/* A glob of a row that a glob above it takes everything from can never match: "*" above, or the same glob. */
static void reaches_every_row(void **state)
{
    (void)state;
    for (size_t i = 1; i < sp_catalogue_count(); i++) {
        const sp_image_row *above = sp_catalogue_at(i - 1), *row = sp_catalogue_at(i);
        if (strcmp(above->repository, row->repository) != 0)
            continue;
        if (sp_catalogue_has(above->tags, SP_STR("*")))
            fail_msg("a row of %s stands below one for all tags", row->repository);
        for (size_t j = 0; row->tags[j] != NULL; j++)
            if (sp_catalogue_has(above->tags, sp_str_from(row->tags[j])))
                fail_msg("%s has '%s' twice", row->repository, row->tags[j]);
    }
}

static void check_names(const sp_image_row *row, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (sp_capability__find(sp_str_from(names[i])) == SP_CAPABILITY_COUNT)
            fail_msg("%s: '%s' is no capability", row->repository, names[i]);
}

static void knows_every_capability(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        check_names(sp_catalogue_at(i), sp_catalogue_at(i)->contains);
        check_names(sp_catalogue_at(i), sp_catalogue_at(i)->lacks);
        check_names(sp_catalogue_at(i), sp_catalogue_at(i)->unknown);
    }
}

static void never_contains_what_it_lacks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        for (size_t j = 0; row->lacks[j] != NULL; j++)
            if (sp_catalogue_has(row->contains, sp_str_from(row->lacks[j])))
                fail_msg("%s both contains and lacks %s", row->repository, row->lacks[j]);
    }
}

static void says_how_every_row_is_known(void **state)
{
    (void)state;
    assert_true(sp_catalogue_count() > 200);
    assert_int_equal(strlen(sp_catalogue_date()), 10);
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        assert_true(sp_catalogue_at(i)->confidence <= SP_ASSUMED);
        assert_true(strlen(sp_catalogue_at(i)->source) > 0);
        assert_true(strlen(sp_catalogue_at(i)->family) > 0);
    }
}

static void tells_variants_apart(void **state)
{
    (void)state;
    assert_true(contains("golang:1.22", "c-compiler"));
    assert_true(contains("golang:1.22-alpine", "go-toolchain"));
    assert_false(contains("golang:1.22-alpine", "c-compiler"));
    assert_true(contains("rust:1.75-slim", "c-compiler"));
    assert_true(contains("rust:alpine", "c-compiler"));
    assert_false(contains("rust:slim", "cxx-compiler"));
    assert_true(contains("php:8.3-fpm", "c-compiler"));
    assert_false(contains("php:8.3-fpm-alpine", "c-compiler"));
    assert_true(contains("python", "c-compiler"));
    assert_false(contains("python:3.12-slim-bookworm", "c-compiler"));
    assert_true(contains("node:20", "c-compiler"));
    assert_false(contains("node:20-slim", "c-compiler"));
    assert_true(contains("eclipse-temurin:21", "jdk"));
    assert_false(contains("eclipse-temurin:21-jre-alpine", "jdk"));
    assert_true(contains("gcr.io/distroless/java17:debug", "jdk"));
    assert_false(contains("gcr.io/distroless/java17:nonroot", "jdk"));
    assert_true(contains("mcr.microsoft.com/dotnet/sdk:8.0", "dotnet-sdk"));
    assert_false(contains("mcr.microsoft.com/dotnet/aspnet:8.0", "dotnet-sdk"));
    assert_false(contains("buildpack-deps:curl", "c-compiler"));
}

static void knows_users(void **state)
{
    (void)state;
    assert_string_equal(find("debian:12")->user, "root");
    assert_string_equal(find("gcr.io/distroless/static-debian12:nonroot")->user, "65532");
    assert_string_equal(find("gcr.io/distroless/static-debian12")->user, "root");
}

static void does_not_guess_what_a_digest_is(void **state)
{
    (void)state;
    assert_null(find("python@sha256:0123456789012345678901234567890123456789012345678901234567890123"));
    assert_non_null(find("python:3-slim@sha256:0123456789012345678901234567890123456789012345678901234567890123"));
    assert_non_null(find("ubuntu@sha256:0123456789012345678901234567890123456789012345678901234567890123"));
}

static void sees_mirrors_as_what_they_mirror(void **state)
{
    (void)state;
    assert_ptr_equal(find("mirror.gcr.io/library/golang:alpine"), find("golang:alpine"));
    assert_ptr_equal(find("public.ecr.aws/docker/library/node:20-slim"), find("node:20-slim"));
    assert_ptr_equal(find("mcr.microsoft.com/mirror/docker/library/python:3.9"), find("python:3.9"));
    assert_ptr_equal(find("arm64v8/alpine:3.20"), find("alpine:3.20"));
}

static void does_not_know_strangers(void **state)
{
    (void)state;
    assert_null(find("registry.example/team/golang:1.22"));
    assert_null(find("example/golang:1.22"));
    assert_null(find("docker.io/library/golan"));
    assert_null(find("docker.io/library/golangs"));
    assert_null(find("mcr.microsoft.com/dotnet"));
    assert_null(find("public.ecr.aws/other/library/node"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_sorted_by_repository),
        cmocka_unit_test(reaches_every_row),
        cmocka_unit_test(knows_every_capability),
        cmocka_unit_test(never_contains_what_it_lacks),
        cmocka_unit_test(says_how_every_row_is_known),
        TEST(tells_variants_apart),
        TEST(knows_users),
        TEST(does_not_guess_what_a_digest_is),
        TEST(sees_mirrors_as_what_they_mirror),
        TEST(does_not_know_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
