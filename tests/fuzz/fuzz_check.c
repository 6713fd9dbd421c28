/* Any bytes as a Dockerfile, through the whole of the library: parser, graph, facts, policies, both reports, which are
   the same each time. */
#include <stagepolicy/stagepolicy.h>

#include "fuzz/target.h"

#include <jansson.h>
#include <string.h>

static char *report(const sp_results *results, const char *format, size_t *size)
{
    char *text = NULL;
    require(sp_results_report(results, format, NULL, &text, size) == SP_OK);
    return text;
}

static void check_json(const char *text, size_t size)
{
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    require(json != NULL);
    json_decref(json);
}

static sp_results *judge(sp_engine *engine, const uint8_t *bytes, size_t size)
{
    sp_run *run = NULL;
    sp_results *results = NULL;
    require(sp_run_new(&run, engine, NULL) == SP_OK);
    require(sp_run_file(run, "Dockerfile", bytes, size) == SP_OK);
    require(sp_run_check(run, &results, NULL) == SP_OK);
    require(sp_results_verdict(results) != SP_POLICY); /* no Dockerfile makes a built-in policy fail */
    sp_run_free(run);
    return results;
}

static void compare(const sp_results *first, const sp_results *second, const char *format)
{
    size_t size = 0, other_size = 0;
    char *text = report(first, format, &size), *other = report(second, format, &other_size);
    require(size == other_size && memcmp(text, other, size) == 0);
    if (strcmp(format, "json") == 0)
        check_json(text, size);
    sp_text_free(text);
    sp_text_free(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static sp_engine *engine;
    if (engine == NULL)
        require(sp_engine_new(&engine, NULL, NULL, NULL) == SP_OK);
    sp_results *first = judge(engine, bytes, size), *second = judge(engine, bytes, size);
    compare(first, second, "text");
    compare(first, second, "json");
    sp_results_free(first);
    sp_results_free(second);
    return 0;
}
