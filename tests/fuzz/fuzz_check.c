/* Any bytes as a Dockerfile, through the whole of the library: parser, graph, facts, policies, both reports. */
#include <stagepolicy/stagepolicy.h>

#include "fuzz/target.h"

static void report(const sp_results *results, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    require(sp_results_report(results, format, NULL, &text, &size) == SP_OK);
    sp_text_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static sp_engine *engine;
    if (engine == NULL) {
        require(sp_engine_new(&engine, NULL, NULL, NULL) == SP_OK);
    }
    sp_run *run = NULL;
    sp_results *results = NULL;
    require(sp_run_new(&run, engine, NULL) == SP_OK);
    require(sp_run_file(run, "Dockerfile", bytes, size) == SP_OK);
    require(sp_run_check(run, &results, NULL) == SP_OK);
    require(sp_results_verdict(results) != SP_POLICY); /* no Dockerfile makes a built-in policy fail */
    report(results, "text");
    report(results, "json");
    sp_results_free(results);
    sp_run_free(run);
    return 0;
}
