/* Any bytes as a Dockerfile, through the whole of the library: parser, graph, facts, policies, both reports. */
#include <stagepolicy/stagepolicy.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void expect(sp_status status)
{
    if (status != SP_OK) {
        abort();
    }
}

static void report(const sp_results *results, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    expect(sp_results_report(results, format, NULL, &text, &size));
    sp_text_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static sp_engine *engine;
    if (engine == NULL) {
        expect(sp_engine_new(&engine, NULL, NULL, NULL));
    }
    sp_run *run = NULL;
    sp_results *results = NULL;
    expect(sp_run_new(&run, engine, NULL));
    expect(sp_run_file(run, "Dockerfile", bytes, size));
    expect(sp_run_check(run, &results, NULL));
    if (sp_results_verdict(results) == SP_POLICY) {
        abort(); /* no Dockerfile makes a built-in policy fail */
    }
    report(results, "text");
    report(results, "json");
    sp_results_free(results);
    sp_run_free(run);
    return 0;
}
