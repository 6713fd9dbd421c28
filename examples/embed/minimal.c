/* Checks a Dockerfile held in memory, and prints what was found.

       cc minimal.c $(pkg-config --cflags --libs stagepolicy) -o minimal */
#include <stagepolicy/stagepolicy.h>

#include <stdio.h>
#include <string.h>

static void print_findings(const sp_results *results)
{
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; sp_results_at(results, i, &finding) == SP_OK; i++) {
        printf("%s:%u:%u: %s [%s]\n", finding.at.path, (unsigned)finding.at.line, (unsigned)finding.at.column,
               finding.message, finding.policy);
    }
}

int main(void)
{
    static const char dockerfile[] = "FROM alpine:latest\n"
                                     "RUN apk add --no-cache gcc\n"
                                     "CMD [\"/app\"]\n";
    sp_engine *engine = NULL;   /* the policies: made once, used by any thread */
    sp_run *run = NULL;         /* some Dockerfiles to judge by them */
    sp_results *results = NULL; /* what was found; outlives both */
    sp_error error;
    SP_INIT(error);

    sp_status status = sp_engine_new(&engine, NULL, NULL, &error);
    if (status == SP_OK) {
        status = sp_run_new(&run, engine, NULL);
    }
    if (status == SP_OK) {
        status = sp_run_file(run, "Dockerfile", dockerfile, strlen(dockerfile));
    }
    if (status == SP_OK) {
        status = sp_run_check(run, &results, &error);
    }
    if (status == SP_OK) {
        print_findings(results);
        printf("verdict: %d\n", (int)sp_results_verdict(results));
    } else {
        fprintf(stderr, "stagepolicy: %s\n", error.message);
    }

    sp_results_free(results);
    sp_run_free(run);
    sp_engine_free(engine);
    return status == SP_OK ? 0 : 2;
}
