/* What stages contain: images, installs and removals, copies, and the evidence for them. */
#include "case.h"

#define CHAIN 300

static void knows_images(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"golang", "FROM golang:1.22\n", "compiler", "yes at 1: c-compiler, cxx-compiler, go-toolchain"},
        {"golang alpine has no gcc", "FROM golang:1.22-alpine\n", "native-compiler", "yes at 1: go-toolchain"},
        {"rust slim keeps gcc", "FROM rust:slim\n", "native-compiler", "yes at 1: c-compiler, rust-toolchain"},
        {"php on Debian keeps gcc", "FROM php:8.3-apache\n", "compiler", "yes at 1: c-compiler, cxx-compiler"},
        {"php on Alpine does not", "FROM php:8.3-cli-alpine\n", "compiler", "no"},
        {"python slim", "FROM python:3.12-slim\n", "compiler", "no"},
        {"node", "FROM node:20\n", "c-compiler", "yes at 1: c-compiler"},
        {"a JDK", "FROM eclipse-temurin:21\n", "compiler", "yes at 1: jdk"},
        {"a JRE", "FROM eclipse-temurin:21-jre\n", "compiler", "no"},
        {"distroless", "FROM gcr.io/distroless/cc-debian12\n", "compiler shell package-manager", "no"},
        {"scratch", "FROM scratch\n", "compiler-or-part interpreter shell", "no"},
        {"an image by general knowledge", "FROM fedora:40\n", "package-manager:dnf", "yes at 1: package-manager:dnf~"},
        {"an unknown image", "FROM registry.example/a:1\n", "compiler", "unknown at 1: ?"},
        {"a digest that may be any variant",
         "FROM python@sha256:0123456789012345678901234567890123456789012345678901234567890123\n", "c-compiler perl pip",
         "yes at 1: c-compiler?, perl?, pip"},
        {"an argument nobody gave", "ARG BASE\nFROM $BASE\n", "compiler", "unknown at 2: ?"},
        {"a default argument", "ARG BASE=golang:alpine\nFROM $BASE\n", "compiler", "yes at 2: go-toolchain"},
        {"a tag that only the build knows", "ARG V\nFROM golang:$V\n", "compiler",
         "yes at 2: c-compiler?, cxx-compiler?, go-toolchain"},
        {"a tag whose known part tells enough", "ARG V\nFROM python:3.12-slim$V\n", "c-compiler", "no"},
        {"a repository that only the build knows", "ARG R\nFROM $R/golang:1.22\n", "compiler", "unknown at 2: ?"},
        {"a version that does not matter", "ARG V\nFROM debian:$V\n", "compiler package-manager",
         "yes at 2: package-manager:apt"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void follows_chains(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"through stages", "FROM golang:alpine AS a\nFROM a AS b\nFROM b\n", "compiler", "yes at 1: go-toolchain"},
        {"a builder lends files alone", "FROM golang:1.22 AS a\nFROM alpine:3.20\nCOPY --from=a /app /app\n",
         "compiler", "no"},
        {"installed below", "FROM alpine AS a\nRUN apk add gcc\nFROM a\nRUN true\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"removed above", "FROM alpine AS a\nRUN apk add gcc\nFROM a\nRUN apk del gcc\n", "c-compiler", "no"},
        {"the sibling keeps it",
         "FROM alpine AS a\nRUN apk add gcc\nFROM a AS clean\nRUN apk del gcc\nFROM a\nRUN true\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"one of two stages", "FROM golang:alpine AS x-amd64\nFROM alpine AS x-arm64\nFROM x-$TARGETARCH\n", "compiler",
         "unknown at 3: go-toolchain?"},
        {"whichever of two stages", "FROM golang:alpine AS x-amd64\nFROM golang:1.22 AS x-arm64\nFROM x-$TARGETARCH\n",
         "compiler", "yes at 3: c-compiler?, cxx-compiler?, go-toolchain~"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

#define APT "FROM debian:12-slim\nRUN apt-get update && apt-get install -y "
#define LEAN APT "--no-install-recommends "

static void knows_packages(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"apt", LEAN "gcc\n", "compiler", "yes at 2: c-compiler"},
        {"a version", LEAN "gcc-12=12.2.0-14\n", "compiler", "yes at 2: c-compiler"},
        {"not what only sounds so", LEAN "gcc-12-base libgcc-s1 clang-format\n", "compiler", "no"},
        {"recommended", APT "cmake\n", "c-compiler", "yes at 2: c-compiler"},
        {"not recommended", LEAN "cmake npm python3-pip\n", "c-compiler", "no"},
        {"recommended packages are off",
         "FROM debian\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/x && apt-get install -y cmake\n",
         "c-compiler", "no"},
        {"a jdk", LEAN "openjdk-17-jdk-headless\n", "compiler", "yes at 2: jdk"},
        {"a version that only the build knows", "FROM debian\nARG V\nRUN apt-get install -y openjdk-${V}-jdk\n",
         "compiler", "yes at 3: jdk"},
        {"apk", "FROM alpine\nRUN apk add --no-cache build-base\n", "compiler", "yes at 2: c-compiler, cxx-compiler"},
        {"dnf", "FROM rockylinux:9\nRUN dnf install -y gcc-c++\n", "compiler", "yes at 2: c-compiler, cxx-compiler"},
        {"a group of yum", "FROM centos:7\nRUN yum groupinstall -y 'Development Tools'\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"pip", "FROM python:3.12-slim\nRUN pip install ziglang==0.11\n", "compiler",
         "yes at 2: c-compiler, cxx-compiler, zig-toolchain"},
        {"npm", "FROM node:20-slim\nRUN npm install -g typescript@5\n", "transpiler", "yes at 2: typescript-compiler"},
        {"perhaps", "FROM alpine\nRUN if [ -n \"$X\" ]; then apk add gcc; fi\n", "c-compiler",
         "unknown at 2: c-compiler?"},
        {"perhaps and surely", "FROM alpine\nRUN test -f /x || apk add gcc\nRUN apk add gcc\n", "c-compiler",
         "yes at 3: c-compiler"},
        {"what nobody knows", "FROM alpine\nARG DEPS\nRUN apk add $DEPS\n", "compiler", "unknown at 3: ?"},
        {"a shell variable", "FROM alpine\nRUN deps='gcc musl-dev' && apk add $deps\n", "c-compiler",
         "yes at 2: c-compiler"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void knows_removals(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"apk", "FROM alpine\nRUN apk add gcc && make && apk del gcc\n", "c-compiler", "no"},
        {"a virtual package", "FROM alpine\nRUN apk add --virtual .build gcc g++ && make && apk del .build\n",
         "compiler", "no"},
        {"what nobody knows goes too", "FROM alpine\nARG D\nRUN apk add --virtual .b $D && apk del .b\n", "compiler",
         "no"},
        {"apt with what it brought", LEAN "gcc && make && apt-get purge -y --auto-remove gcc\n", "c-compiler", "no"},
        {"apt leaves what it brought", LEAN "gcc && make && apt-get purge -y gcc\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"until somebody says autoremove", LEAN "gcc && apt-get purge -y gcc\nRUN apt-get autoremove -y\n",
         "c-compiler", "no"},
        {"its own files go", LEAN "gcc-12 && make && apt-get purge -y gcc-12\n", "c-compiler", "no"},
        {"another still needs it", LEAN "g++ cargo && apt-get purge -y --auto-remove g++\n", "c-compiler cxx-compiler",
         "yes at 2: c-compiler"},
        {"what needs it goes too", LEAN "gcc g++ && apt-get purge -y --auto-remove gcc\n", "c-compiler", "no"},
        {"what recommends it keeps what the removed one brought",
         APT "cmake g++ && apt-get purge -y --auto-remove g++\n", "c-compiler cxx-compiler", "yes at 2: c-compiler"},
        {"whatever a command lists", LEAN "gcc && apt-get purge -y $(cat /list)\n", "c-compiler",
         "unknown at 2: c-compiler?"},
        {"whatever a command lists, of another manager", LEAN "gcc && pip uninstall -y $(cat /list)\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"what recommended it stays without it", APT "cmake gcc && apt-get purge -y --auto-remove gcc\n", "c-compiler",
         "no"},
        {"marked as not wanted",
         "FROM debian\nRUN saved=\"$(apt-mark showmanual)\" && apt-get install -y gcc && make && "
         "apt-mark auto '.*' > /dev/null && apt-mark manual $saved && apt-get purge -y --auto-remove\n",
         "c-compiler", "no"},
        {"perhaps", "FROM alpine\nRUN apk add gcc && (test -f /x || apk del gcc)\n", "c-compiler",
         "unknown at 2: c-compiler?"},
        {"from the image", "FROM python:3.12-alpine\nRUN apk del busybox\n", "busybox", "no"},
        {"from the image, with what it brought", "FROM node:20\nRUN apt-get purge -y --auto-remove gcc g++\n",
         "c-compiler", "unknown at 1: c-compiler?"},
        {"the folder", "FROM golang:alpine\nRUN rm -rf /usr/local/go\n", "compiler", "no"},
        {"installed again", "FROM alpine\nRUN apk add gcc && apk del gcc && apk add gcc\n", "c-compiler",
         "yes at 2: c-compiler"},
        {"in the branch that installs it", "FROM alpine\nRUN if [ $A ]; then apk add gcc && make && apk del gcc; fi\n",
         "c-compiler", "no"},
        {"in a case that installs it",
         "FROM alpine\nRUN case $A in x) apk add --virtual .b gcc && make && apk del .b;; *) apk add curl;; esac\n",
         "c-compiler", "no"},
        {"in another branch", "FROM alpine\nRUN if [ $A ]; then apk add gcc; fi; if [ $B ]; then apk del gcc; fi\n",
         "c-compiler", "unknown at 2: c-compiler?"},
        {"in another branch of the same", "FROM alpine\nRUN if [ $A ]; then apk add gcc; else apk del gcc; fi\n",
         "c-compiler", "unknown at 2: c-compiler?"},
        {"what a failure skips", "FROM alpine\nRUN if [ $A ]; then apk add gcc && make && apk del gcc || true; fi\n",
         "c-compiler", "unknown at 2: c-compiler?"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void knows_copies(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"the toolchain's folder", "FROM golang:1.22 AS a\nFROM debian\nCOPY --from=a /usr/local/go /usr/local/go\n",
         "compiler", "yes at 3: go-toolchain"},
        {"above it", "FROM golang:1.22 AS a\nFROM debian\nCOPY --from=a /usr/local/ /usr/local/\n", "compiler",
         "yes at 3: go-toolchain"},
        {"all of it", "FROM golang:1.22 AS a\nFROM scratch\nCOPY --from=a / /\n", "compiler",
         "yes at 3: c-compiler, cxx-compiler, go-toolchain"},
        {"a program", "FROM golang:1.22 AS a\nFROM debian\nCOPY --from=a /go/bin/app /usr/local/bin/\n", "compiler",
         "no"},
        {"straight from an image", "FROM debian\nCOPY --from=eclipse-temurin:21 /opt/java/openjdk /opt/java/openjdk\n",
         "compiler", "yes at 2: jdk"},
        {"of an unknown image", "FROM debian\nCOPY --from=example/x:1 /usr/local/go /usr/local/go\n", "compiler",
         "unknown at 2: go-toolchain?"},
        {"all of an unknown image", "FROM scratch\nCOPY --from=example/x:1 / /\n", "compiler", "unknown at 2: ?"},
        {"what the image lacks there", "FROM alpine AS a\nFROM debian\nCOPY --from=a /usr/local/go /usr/local/go\n",
         "compiler", "no"},
        {"installed, then copied",
         "FROM debian AS a\nRUN apt-get install -y gcc\nFROM scratch\nCOPY --from=a /usr /usr\n", "c-compiler",
         "yes at 4: c-compiler"},
        {"a copy of a copy",
         "FROM golang:alpine AS a\nFROM scratch AS b\nCOPY --from=a / /\nFROM scratch\nCOPY --from=b / /\n", "compiler",
         "yes at 5: go-toolchain"},
        {"a root filesystem", "FROM scratch\nADD rootfs.tar.xz /\n", "compiler", "unknown at 2: ?"},
        {"an archive elsewhere", "FROM scratch\nADD app.tar.gz /app/\n", "compiler", "no"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void assumes_that_downloads_are_installed(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"rustup", "FROM debian\nRUN curl -sSf https://sh.rustup.rs | sh -s -- -y\n", "native-compiler",
         "yes at 2: rust-toolchain~"},
        {"a version that only the build knows",
         "FROM debian\nARG V\nRUN wget -O- https://go.dev/dl/go$V.linux-amd64.tar.gz | tar -C /usr/local -xz\n",
         "native-compiler", "yes at 3: go-toolchain~"},
        {"deleted again",
         "FROM debian\nRUN wget https://go.dev/dl/go1.linux-amd64.tar.gz && make && rm -rf /usr/local/go\n",
         "native-compiler", "no"},
        {"anything else", "FROM debian\nRUN curl -O https://example.com/app.tar.gz\n", "native-compiler", "no"},
        {"by ADD", "FROM debian\nADD https://sh.rustup.rs /install.sh\n", "native-compiler",
         "yes at 2: rust-toolchain~"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void reads_how_far_archives_are_unpacked(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"all of it", "FROM debian\nRUN curl https://download.swift.org/5/swift.tar.gz | tar -xz -C /\n",
         "native-compiler", "yes at 2: c-compiler~, cxx-compiler~, swift-toolchain~"},
        {"its libraries, from a pipe",
         "FROM debian\nRUN curl https://download.swift.org/5/swift.tar.gz | tar -xz -C / swift-5/usr/lib/swift/linux\n",
         "native-compiler", "no"},
        {"its libraries, from a file",
         "FROM debian\nARG V=5\nRUN curl https://download.swift.org/$V/swift.tar.gz -o s.tgz && \\\n"
         "    tar --directory / --strip-components=1 -xzf s.tgz swift-$V/usr/lib/swift swift-$V/usr/libexec/swift\n",
         "native-compiler", "no"},
        {"another archive's libraries",
         "FROM debian\nRUN curl https://download.swift.org/5/swift.tar.gz -o s.tgz && tar -xf other.tgz usr/lib\n",
         "swift-toolchain", "yes at 2: swift-toolchain~"},
        {"its program", "FROM debian\nRUN curl -O https://nodejs.org/dist/n.tar.xz && tar -xf n.tar.xz n/bin/node\n",
         "node-runtime", "yes at 2: node-runtime~"},
        {"nobody knows what, over the root", "FROM debian\nRUN curl $URL/$FILE -o a.tgz && tar -xzf a.tgz -C /\n",
         "native-compiler", "unknown at 2: ?"},
        {"nobody knows what, elsewhere", "FROM debian\nRUN curl $URL/$FILE -o a.tgz && tar -xzf a.tgz -C /opt\n",
         "native-compiler", "no"},
        {"something known, over the root", "FROM debian\nRUN curl https://example.com/s6.tgz | tar -xz --directory=/\n",
         "native-compiler", "no"},
        {"perhaps its libraries",
         "FROM debian\nARG SLIM\nRUN curl https://download.swift.org/5/swift.tar.gz -o s.tgz && \\\n"
         "    if [ $SLIM ]; then tar -xf s.tgz usr/lib; else tar -xf s.tgz; fi\n",
         "swift-toolchain", "unknown at 3: swift-toolchain?"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void guesses_no_address(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"saved under a name that tells",
         "FROM debian\nENV W=https://download.swift.org/nightly\n"
         "RUN export $(curl -s $W/latest.yml) && curl $W/$download -o toolchain.tar.gz\n",
         "swift-toolchain", "yes at 3: swift-toolchain~"},
        {"a name that only the build knows", "FROM debian\nARG FILE\nRUN curl -O https://go.dev/dl/$FILE\n",
         "native-compiler", "unknown at 3: go-toolchain?"},
        {"a known name after an unknown folder",
         "FROM debian\nARG D\nRUN curl -O https://download.swift.org/$D/keys.asc\n", "native-compiler", "no"},
        {"another folder of the host", "FROM debian\nARG V\nRUN curl -O https://storage.googleapis.com/kube/$V\n",
         "native-compiler", "no"},
        {"an address that is nothing but unknown", "FROM debian\nARG URL\nRUN curl -O $URL/x.y/$FILE\n",
         "native-compiler", "no"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void looks_through_scripts_it_does_not_read(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"an address in PowerShell",
         "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL [\"powershell\", \"-Command\"]\n"
         "RUN iwr ('https://go.dev/dl/go{0}.windows-amd64.zip' -f $env:V) -OutFile go.zip\n",
         "native-compiler", "yes at 3: go-toolchain~"},
        {"in an argument",
         "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nARG U=https://corretto.aws/downloads/latest\n"
         "SHELL [\"powershell\", \"-Command\"]\nRUN iwr ${env:U} -OutFile c.zip\n",
         "compiler", "yes at 4: jdk~"},
        {"a part of Visual Studio",
         "FROM mcr.microsoft.com/windows/servercore:ltsc2022\n"
         "RUN vs_buildtools.exe --quiet --add Microsoft.VisualStudio.Workload.VCTools\n",
         "native-compiler", "yes at 2: c-compiler~, cxx-compiler~"},
        {"a package",
         "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN choco install -y git golang && echo rust\n",
         "native-compiler vcs", "yes at 2: go-toolchain~, git~"},
        {"a word that is no package", "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN echo golang\n",
         "native-compiler", "no"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static void knows_lists_of_libraries(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"in a variable",
         "FROM alpine\nRUN deps=\"$(scanelf --needed /app | awk '{print \"so:\" $1}')\" && "
         "apk add --virtual .run $deps\n",
         "compiler", "no"},
        {"from a pipe", "FROM alpine\nRUN scanelf --needed /app | sort -u | xargs -rt apk add\n", "compiler", "no"},
        {"echoed or not", "FROM debian\nRUN apt-get install -y $(command -v gpg > /dev/null || echo 'gnupg dirmngr')\n",
         "compiler crypto-tool", "unknown at 2: gnupg?"},
        {"after what may say more", "FROM debian\nRUN apt-get install -y $(cat deps && echo 'gnupg')\n", "compiler",
         "unknown at 2: ?"},
        {"another list", "FROM alpine\nRUN deps=\"$(cat deps)\" && apk add $deps\n", "compiler", "unknown at 2: ?"},
        {"another list from a pipe", "FROM alpine\nRUN cat deps | xargs apk add\n", "compiler", "unknown at 2: ?"},
    };
    CHECK_ANSWERS(sp_facts_contains, cases);
}

static const char *steps_of_first(const char *text, const char *asked)
{
    sp_facts *facts = facts_of(text, NULL);
    sp_str name = sp_str_from(asked);
    sp_answer answer = sp_facts_contains(facts, last_stage(facts), &name, 1);
    assert_true(answer.items.count > 0);
    return steps_text(facts, &answer.items.items[0].steps);
}

static void tells_the_chain(void **state)
{
    (void)state;
    const char *steps = steps_of_first("FROM golang:alpine AS build\nFROM build AS final\n", "compiler");
    assert_string_equal(steps, "2: stage 'final' is built FROM stage 'build'\n"
                               "1: stage 'build' is built FROM golang:alpine\n"
                               "golang:alpine contains go-toolchain "
                               "(catalogue: package list of 1.26-alpine3.24 (docker-library/repo-info))\n");
}

static void tells_what_the_stages_have_that_a_base_may_be(void **state)
{
    (void)state;
    assert_string_equal(steps_of_first("FROM alpine AS base\nRUN apk add gcc\nFROM base AS base-amd64\n"
                                       "FROM base AS base-arm64\nFROM base-$TARGETARCH\n",
                                       "c-compiler"),
                        "5: stage 3 is built FROM base-$TARGETARCH\n"
                        "3: base-$TARGETARCH may be stage 'base-amd64'\n"
                        "4: base-$TARGETARCH may be stage 'base-arm64'\n"
                        "3: stage 'base-amd64' is built FROM stage 'base'\n"
                        "2: apk installs gcc, which brings c-compiler\n");
}

static void tells_in_one_step_what_a_package_brings(void **state)
{
    (void)state;
    assert_string_equal(steps_of_first("FROM debian\nRUN apt-get install -y g++ golang-go\n", "native-compiler"),
                        "2: apt installs g++, which brings c-compiler, cxx-compiler\n");
}

static void tells_the_copy(void **state)
{
    (void)state;
    const char *steps = steps_of_first(
        "FROM debian AS build\nRUN apt-get install -y gcc\nFROM scratch\nCOPY --from=build / /\n", "c-compiler");
    assert_string_equal(steps, "4: / is copied from stage 'build'\n"
                               "2: apt installs gcc, which brings c-compiler\n");
}

static void tells_what_removing_leaves(void **state)
{
    (void)state;
    const char *steps = steps_of_first(LEAN "gcc\nRUN apt-get purge -y gcc\n", "c-compiler");
    assert_string_equal(steps, "2: apt installs gcc, which brings c-compiler\n"
                               "3: removing gcc leaves what it brought; --auto-remove takes that along\n");
}

static void shortens_long_chains(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM golang:alpine AS s0\n");
    for (int i = 1; i < CHAIN; i++)
        text = sp_arena_print(&arena, "%.*sFROM s%d AS s%d\n", SP_STR_ARG(text), i - 1, i);
    sp_facts *facts = facts_of(text.text, NULL);
    sp_str name = SP_STR("compiler");
    sp_answer answer = sp_facts_contains(facts, last_stage(facts), &name, 1);
    assert_int_equal(sp_answer_truth(&answer), SP_YES);
    assert_true(answer.items.items[0].steps.count < 15);
}

static void keeps_the_last_of_many_ways(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM debian\n");
    for (int i = 1; i < CHAIN; i++)
        text = sp_arena_print(&arena, "%.*sRUN apt-get install -y gcc-%d\n", SP_STR_ARG(text), i);
    for (int i = 1; i < CHAIN; i++)
        text = sp_arena_print(&arena, "%.*sRUN apt-get purge -y gcc-%d\n", SP_STR_ARG(text), i);
    sp_facts *facts = facts_of(text.text, NULL);
    sp_str name = SP_STR("c-compiler");
    sp_answer answer = sp_facts_contains(facts, last_stage(facts), &name, 1);
    assert_int_equal(sp_answer_truth(&answer), SP_MAYBE);
}

static void asks_an_image_alone(void **state)
{
    (void)state;
    sp_facts *facts = facts_of("FROM alpine\nCOPY --from=golang:alpine /a /b\nCOPY --from=example/x /a /b\n", NULL);
    const sp_graph *graph = sp_facts_graph(facts);
    sp_str name = SP_STR("compiler");
    static const char *const expected[] = {"no", "yes at 2: go-toolchain", "unknown at 3: ?"};
    assert_int_equal(graph->edge_count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        sp_answer answer = sp_facts_image_contains(facts, &graph->edges[i], &name, 1);
        assert_string_equal(answer_line(facts, &answer), expected[i]);
    }
}

static void knows_its_vocabulary(void **state)
{
    (void)state;
    static const char *const known[] = {"jdk", "managed-compiler", "compiler"};
    size_t count = 0;
    const sp_str *names = sp_capability_names(&count);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool found = false;
        for (size_t j = 0; j < count; j++)
            found = found || sp_str_is(names[j], known[i]);
        if (!found)
            fail_msg("%s is not in the vocabulary", known[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(knows_images),
        TEST(follows_chains),
        TEST(knows_packages),
        TEST(knows_removals),
        TEST(knows_copies),
        TEST(assumes_that_downloads_are_installed),
        TEST(reads_how_far_archives_are_unpacked),
        TEST(guesses_no_address),
        TEST(looks_through_scripts_it_does_not_read),
        TEST(knows_lists_of_libraries),
        TEST(tells_the_chain),
        TEST(tells_what_the_stages_have_that_a_base_may_be),
        TEST(tells_in_one_step_what_a_package_brings),
        TEST(tells_the_copy),
        TEST(tells_what_removing_leaves),
        TEST(shortens_long_chains),
        TEST(keeps_the_last_of_many_ways),
        TEST(asks_an_image_alone),
        cmocka_unit_test(knows_its_vocabulary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
