/* Any text as a .stagepolicy.yaml: an engine or an error with a message, nothing else. */
#include <stagepolicy/stagepolicy.h>

#include "fuzz/target.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    if (size != 0) {
        memcpy(text, bytes, size);
    }
    text[size] = '\0';
    sp_options options;
    SP_INIT(options);
    options.config = text;
    options.no_builtin_packs = 1;
    sp_engine *engine = NULL;
    sp_error error;
    SP_INIT(error);
    require(sp_engine_new(&engine, &options, NULL, &error) == SP_OK || error.message[0] != '\0');
    sp_engine_free(engine);
    free(text);
    return 0;
}
