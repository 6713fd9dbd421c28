/* Attacks on the sandbox: each file is the body of a check and says in its head which verdict it must end in. All run
   on one machine, and twice unless they are slow, so that an effect on the next policy would show. */
#include "machine.h"

#include <dirent.h>
#include <time.h>

enum { MOST_FILES = 1000, MOST_SECONDS = 8, SLOW_SECONDS = 1 };

typedef struct attack_list {
    char *names[MOST_FILES];
    size_t count;
} attack_list;

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_attacks(const char *folder, attack_list *out)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return false;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL && out->count < MOST_FILES;) {
        size_t size = strlen(entry->d_name);
        if (size > 4 && strcmp(entry->d_name + size - 4, ".lua") == 0)
            out->names[out->count++] = strdup(entry->d_name);
    }
    closedir(dir);
    qsort(out->names, out->count, sizeof *out->names, by_name);
    return true;
}

static void free_list(attack_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
}

static char *read_file(const char *folder, const char *name, size_t *size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = malloc(1 << 20);
    *size = fread(text, 1, (1 << 20) - 1, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

/* What the head calls a failure's kind. */
static bool is_called(sp_str kind, sp_str word)
{
    if (sp_str_equal(word, SP_STR("error")))
        return sp_str_equal(kind, SP_STR("error")) || sp_str_equal(kind, SP_STR("load")) ||
               sp_str_equal(kind, SP_STR("invalid"));
    if (sp_str_equal(word, SP_STR("error:denied")))
        return sp_str_equal(kind, SP_STR("denied"));
    if (sp_str_equal(word, SP_STR("limit:annotations")))
        return sp_str_equal(kind, SP_STR("limit:findings"));
    return sp_str_equal(kind, word);
}

/* expect = verdict {"|" verdict} */
static bool is_expected(sp_str kind, sp_str text)
{
    static const sp_str mark = {"-- expect: ", 11};
    size_t head = sp_str_search(text, mark);
    assert_true(head < text.size);
    text = sp_str_skip(text, head + mark.size);
    sp_str words = sp_str_trim(sp_str_head(text, sp_str_find(text, '\n')));
    while (words.size > 0) {
        size_t end = sp_str_find(words, '|');
        if (is_called(kind, sp_str_head(words, end)))
            return true;
        words = sp_str_skip(words, end + 1);
    }
    return false;
}

/* Judges once; the kind, "ok" without a failure. The message goes to `message`. */
static sp_str verdict(machine *m, sp_str *message)
{
    *message = SP_STR("");
    const sp_result_failure *failure = m->policy.failure;
    uint32_t before = m->results.failures.count;
    if (failure == NULL) {
        assert_int_equal(machine_judge(m), SP_OK);
        if (m->results.failures.count == before)
            return SP_STR("ok");
        failure = &m->results.failures.items[before];
    }
    *message = failure->message;
    return failure->kind;
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Runs one attack twice; false, and says why, when a verdict is wrong or it took too long. */
static bool withstands(machine *m, const char *folder, const char *name)
{
    size_t size;
    char *text = read_file(folder, name, &size);
    char *policy = machine_policy(text, size);
    sp_pack_file file = {SP_STR("policy"), SP_STR("test/policy/policy.lua"), {policy, machine_policy_size(size)}};
    if (text[0] == '#' || text[0] == '\033')
        file.text = (sp_str){text, size};
    assert_int_equal(sp_policy_load(m->runtime, &m->arena, &m->pack, &file, &m->policy), SP_OK);
    bool good = true;
    double took = 0;
    for (int round = 0; round < 2 && took < SLOW_SECONDS; round++) {
        sp_str message;
        double start = processor_seconds();
        sp_str kind = verdict(m, &message);
        took = processor_seconds() - start;
        bool right = is_expected(kind, (sp_str){text, size}) && took < MOST_SECONDS;
        if (!right || getenv("SP_VERBOSE") != NULL)
            print_message("%s %s: %.*s in %.2f s: %.*s\n", right ? "ok   " : "WRONG", name, SP_STR_ARG(kind), took,
                          SP_STR_ARG(sp_str_head(message, 160)));
        good &= right;
    }
    free(policy);
    free(text);
    return good;
}

static void run_folder(const char *folder, size_t least)
{
    attack_list list = {0};
    if (!list_attacks(folder, &list)) {
        print_message("%s is not there: skipped\n", folder);
        skip();
    }
    assert_true(list.count >= least);
    size_t wrong = 0;
    machine m;
    machine_open(&m, sp_alloc_default());
    assert_non_null(m.runtime);
    for (size_t i = 0; i < list.count; i++)
        wrong += !withstands(&m, folder, list.names[i]);
    machine_close(&m);
    free_list(&list);
    assert_int_equal(wrong, 0);
}

static const char *source_folder(void)
{
    const char *folder = getenv("SP_SOURCE_DIR");
    return folder == NULL ? "." : folder;
}

static void withstands_own_attacks(void **state)
{
    (void)state;
    char folder[2048];
    snprintf(folder, sizeof folder, "%s/tests/sandbox", source_folder());
    run_folder(folder, 25);
}

static void withstands_shared_attacks(void **state)
{
    (void)state;
    char folder[2048];
    snprintf(folder, sizeof folder, "%s/../shared/attacks", source_folder());
    run_folder(folder, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(withstands_own_attacks),
        cmocka_unit_test(withstands_shared_attacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
