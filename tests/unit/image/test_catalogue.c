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

/* Whether one glob takes all that another does: where that has a star, the text has what no glob spells out. */
static bool takes_all(const char *glob, const char *other)
{
    size_t size = strlen(other);
    char *text = sp_arena_alloc(&arena, size + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = other[i] == '*' ? '~' : other[i];
    return sp_str_fits((sp_str){text, size}, sp_str_from(glob), '*');
}

/* Fails when a glob can never decide: another of its row, or one of a row above, takes all of it. */
static void check_reach(const sp_image_row *above, const sp_image_row *row, size_t tag)
{
    for (size_t i = 0; above->tags[i] != NULL; i++)
        if ((above != row || i != tag) && takes_all(above->tags[i], row->tags[tag]))
            fail_msg("%s: '%s' is never reached, '%s' takes it", row->repository, row->tags[tag], above->tags[i]);
}

static void reaches_every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i), *first = row;
        while (first != sp_catalogue_at(0) && strcmp(first[-1].repository, row->repository) == 0)
            first--;
        for (size_t j = 0; row->tags[j] != NULL; j++)
            for (const sp_image_row *above = first; above <= row; above++)
                check_reach(above, row, j);
    }
}

static void has_tags_that_registries_take(void **state)
{
    (void)state;
    static const char letters[] = "*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        for (size_t j = 0; row->tags[j] != NULL; j++)
            if (strspn(row->tags[j], letters) != strlen(row->tags[j]))
                fail_msg("%s: no tag can match '%s'", row->repository, row->tags[j]);
    }
}

/* The name of each row is what a reference to it resolves to, so that it is found. */
static void finds_every_repository(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        sp_reference reference;
        sp_str problem = SP_STR("");
        size_t count;
        assert_true(sp_reference_parse(&arena, sp_str_from(sp_catalogue_at(i)->repository), &reference, &problem));
        const sp_image_row *rows = sp_catalogue_rows(&reference, &count);
        if (rows == NULL || rows > sp_catalogue_at(i) || rows + count <= sp_catalogue_at(i))
            fail_msg("%s is not found by its name", sp_catalogue_at(i)->repository);
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

static void check_apart(const sp_image_row *row, const char *const *names, const char *const *others)
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (sp_catalogue_has(others, sp_str_from(names[i])))
            fail_msg("%s says two things of %s", row->repository, names[i]);
}

static void says_one_thing_of_a_capability(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        check_apart(row, row->contains, row->lacks);
        check_apart(row, row->contains, row->unknown);
        check_apart(row, row->lacks, row->unknown);
    }
}

static void contains_what_its_capabilities_bring(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        sp_capabilities all = sp_capabilities__of_list(row->contains);
        for (uint32_t c = sp_capabilities__next(&all, 0); c < SP_CAPABILITY_COUNT;
             c = sp_capabilities__next(&all, c + 1))
            if (!sp_catalogue_has(row->contains, sp_capability__name(c)))
                fail_msg("%s lacks %.*s, which others bring", row->repository, SP_STR_ARG(sp_capability__name(c)));
    }
}

static void says_how_every_row_is_known(void **state)
{
    (void)state;
    assert_int_equal(strlen(sp_catalogue_date()), 10);
    assert_int_equal(strspn(sp_catalogue_version(), "0123456789."), strlen(sp_catalogue_version()));
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        assert_true(sp_catalogue_at(i)->confidence <= SP_ASSUMED);
        assert_true(strlen(sp_catalogue_at(i)->source) > 0);
        assert_true(strlen(sp_catalogue_at(i)->family) > 0);
    }
}

static void has_many_repositories(void **state)
{
    (void)state;
    size_t repositories = 0;
    for (size_t i = 0; i < sp_catalogue_count(); i++)
        repositories += i == 0 || strcmp(sp_catalogue_at(i - 1)->repository, sp_catalogue_at(i)->repository) != 0;
    assert_true(repositories >= 180);
}

static void knows_every_libc(void **state)
{
    (void)state;
    static const char *const known[] = {"glibc", "musl", "uclibc", "msvcrt", "none", NULL};
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        if (row->libc != NULL && !sp_catalogue_has(known, sp_str_from(row->libc)))
            fail_msg("%s: '%s' is no C library", row->repository, row->libc);
        if (row->libc != NULL && row->distro != NULL && strcmp(row->distro, "alpine") == 0)
            assert_string_equal(row->libc, "musl");
    }
    assert_string_equal(find("alpine")->libc, "musl");
    assert_string_equal(find("busybox:uclibc")->libc, "uclibc");
    assert_string_equal(find("gcr.io/distroless/static-debian12")->libc, "none");
    assert_string_equal(find("gcr.io/distroless/cc-debian12")->libc, "glibc");
}

static void tells_versions_of_dotnet_apart(void **state)
{
    (void)state;
    assert_string_equal(find("mcr.microsoft.com/dotnet/aspnet:8.0")->distro, "debian");
    assert_string_equal(find("mcr.microsoft.com/dotnet/aspnet:8.0.11")->distro, "debian");
    assert_string_equal(find("mcr.microsoft.com/dotnet/aspnet:8.0.11-jammy")->distro, "ubuntu");
    assert_string_equal(find("mcr.microsoft.com/dotnet/aspnet:10.0.1")->distro, "ubuntu");
    assert_null(find("mcr.microsoft.com/dotnet/aspnet:5.0")->distro);
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
        TEST(reaches_every_row),
        cmocka_unit_test(has_tags_that_registries_take),
        TEST(finds_every_repository),
        cmocka_unit_test(knows_every_capability),
        cmocka_unit_test(says_one_thing_of_a_capability),
        cmocka_unit_test(contains_what_its_capabilities_bring),
        cmocka_unit_test(says_how_every_row_is_known),
        cmocka_unit_test(has_many_repositories),
        TEST(knows_every_libc),
        TEST(tells_versions_of_dotnet_apart),
        TEST(tells_variants_apart),
        TEST(knows_users),
        TEST(does_not_guess_what_a_digest_is),
        TEST(sees_mirrors_as_what_they_mirror),
        TEST(does_not_know_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
