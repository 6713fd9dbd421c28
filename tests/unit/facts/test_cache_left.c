/* What package managers leave of their downloads, over real-looking RUNs. */
#include "unit/facts/dockerfile.h"

/* "yes", "probably", "no" or "unknown", with the reasons: of the operation `index` of the last RUN. */
static const char *show(const char *dockerfile, uint32_t index)
{
    static const char *const words[] = {"no", "yes", "unknown"};
    sp_facts *facts = read_facts(dockerfile);
    const sp_graph *graph = sp_facts_graph(facts);
    const sp_operation *operations = NULL;
    uint32_t count = 0;
    for (uint32_t id = graph->instruction_count; id > 0 && count == 0; id--)
        operations = sp_facts_operations(facts, id - 1, &count);
    assert_true(index < count);
    sp_answer answer = sp_facts_cache_left(facts, &operations[index]);
    const sp_steps *steps = answer.items.count > 0 ? &answer.items.items[0].steps : &answer.steps;
    bool assumed = answer.items.count > 0 && answer.items.items[0].assumed;
    sp_str text = sp_str_from(assumed ? "probably" : words[sp_answer_truth(&answer)]);
    for (uint32_t i = 0; i < steps->count; i++)
        text = sp_arena_print(&arena, "%.*s: %.*s", SP_STR_ARG(text), SP_STR_ARG(steps->items[i].message));
    return sp_arena_copy(&arena, text).text;
}

/* Of the first operation of a RUN in an image of Debian. */
static void expect_run(const char *script, const char *expected)
{
    assert_string_equal(show(sp_arena_print(&arena, "FROM debian:12\nRUN %s\n", script).text, 0), expected);
}

#define LISTS "yes: they are kept in /var/lib/apt/lists"
#define CLEAN "no: the same RUN removes it"

static void tells_apt(void **state)
{
    (void)state;
    expect_run("apt-get update && apt-get install -y curl", LISTS);
    expect_run("apt-get update && apt-get clean", LISTS);
    expect_run("apt-get update && rm -rf /var/lib/apt/lists/*", CLEAN);
    expect_run("apt-get update && rm -rf /tmp/* /var/lib/apt/", CLEAN);
    expect_run("apt-get update && rm -r /var/lib/apt/lists/deb*", CLEAN);
    expect_run("apt-get update && cd /var/lib/apt && rm -rf lists", CLEAN);
    expect_run("apt-get update && find /var/lib/apt/lists -type f -delete", CLEAN);
    expect_run("apt-get update; apt-get dist-clean", CLEAN);
    expect_run("apt-get update; apt-get install -y x || rm -rf /var/lib/apt/lists/*", CLEAN);
    expect_run("rm -rf /var/lib/apt/lists/*; apt-get update", LISTS);
    expect_run("apt-get update; rm -rf /var/cache/apt/*", LISTS);
    expect_run("apt-get install -y curl", "no: this leaves nothing");
}

static void doubts_what_it_does_not_see(void **state)
{
    (void)state;
    expect_run("apt-get update && /scripts/clean-up.sh", "unknown: this RUN may remove it");
    expect_run("f() { rm -rf /var/lib/apt/lists/*; }; apt-get update; f", "unknown: this RUN may remove it");
    expect_run("trap 'rm -rf /var/lib/apt/lists/*' EXIT; apt-get update", LISTS);
    expect_run("apt-get update; trap 'rm -rf /var/lib/apt/lists/*' EXIT", "unknown: this RUN may remove it");
    expect_run("if x; then apt-get update; fi", "unknown: this may not run");
    expect_run("dnf install -y --installroot /mnt git", "unknown: an option says where it goes");
    assert_string_equal(show("FROM corp/base:1\nRUN pip install flask\n", 0),
                        "unknown: what the base image sets is not known");
    assert_string_equal(show("FROM python:3.12\nENV PIP_CACHE_DIR=/c\nRUN pip install flask\n", 0),
                        "unknown: PIP_CACHE_DIR says where it goes");
}

static void sees_mounts(void **state)
{
    (void)state;
    expect_run("--mount=type=cache,target=/var/lib/apt apt-get update", "no: it goes into a mount");
    expect_run("--mount=type=tmpfs,target=/var/lib/apt/lists apt-get update", "no: it goes into a mount");
    expect_run("--mount=type=cache,target=/var/cache/apt apt-get update", LISTS);
    expect_run("--mount=type=bind,target=/var/lib/apt/lists apt-get update", LISTS);
    expect_run("--mount=type=cache,target=/home/app/.cache pip install x", "no: it goes into a mount");
    expect_run("--mount=type=cache,target=/root/.npm npm ci", "no: it goes into a mount");
}

static void knows_what_switches_it_off(void **state)
{
    (void)state;
    const char *left = "probably: they are kept in ~/.cache/pip";
    expect_run("pip install flask", left);
    expect_run("pip install --no-cache-dir flask", "no: an option leaves nothing");
    expect_run("PIP_NO_CACHE_DIR=1 pip install flask", "no: PIP_NO_CACHE_DIR is set");
    expect_run("export PIP_NO_CACHE_DIR=1 && pip install flask", "no: PIP_NO_CACHE_DIR is set");
    expect_run("pip install flask && rm -rf ~/.cache", CLEAN);
    expect_run("pip install flask && rm -rf $HOME/.cache/pip/*", CLEAN);
    expect_run("pip install flask && rm -rf /root/.npm", left);
    expect_run("pip install flask && pip cache purge", CLEAN);
    expect_run("uv pip install flask", "probably: they are kept in ~/.cache/uv");
    assert_string_equal(show("FROM debian\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n", 0),
                        "no: PIP_NO_CACHE_DIR is set");
    expect_run("apk add curl", "yes: they are kept in /var/cache/apk");
    expect_run("apk --no-cache add curl", "no: an option leaves nothing");
    expect_run("yum install -y git && yum clean all", CLEAN);
    expect_run("npm ci && npm cache clean --force", CLEAN);
    expect_run("gem install x", "no: what it keeps is not told apart");
}

static void says_that_another_run_is_too_late(void **state)
{
    (void)state;
    assert_string_equal(show("FROM debian:12\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n", 0),
                        LISTS ": removing them here is too late: each RUN is a layer, and the one above keeps them");
    assert_string_equal(show("FROM debian:12\nRUN apt-get update\nRUN rm -rf /tmp\n", 0), LISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tells_apt),
        TEST(doubts_what_it_does_not_see),
        TEST(sees_mounts),
        TEST(knows_what_switches_it_off),
        TEST(says_that_another_run_is_too_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
