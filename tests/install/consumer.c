/* A program of somebody else: installed headers and library, nothing of the source tree. */
#include <stagepolicy/stagepolicy.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char text[] = "FROM alpine\nCMD [\"true\"]\n";
    sp_engine *engine = NULL;
    sp_run *run = NULL;
    sp_results *results = NULL;
    sp_error error;
    SP_INIT(error);
    if (strcmp(sp_version(), SP_VERSION) != 0) {
        fprintf(stderr, "headers %s, library %s\n", SP_VERSION, sp_version());
        return 1;
    }
    if (sp_engine_new(&engine, NULL, NULL, &error) != SP_OK || sp_run_new(&run, engine, NULL) != SP_OK ||
        sp_run_file(run, "Dockerfile", text, strlen(text)) != SP_OK || sp_run_check(run, &results, &error) != SP_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    size_t count = sp_results_count(results);
    printf("%zu findings, verdict %d\n", count, (int)sp_results_verdict(results));
    sp_results_free(results);
    sp_run_free(run);
    sp_engine_free(engine);
    return count == 0;
}
