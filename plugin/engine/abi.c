/* Copying structs over the border. */
#include "engine/abi.h"

#include "base/error.h"

static size_t size_of(const void *object)
{
    size_t size = 0;
    memcpy(&size, object, sizeof size);
    return size;
}

static sp_status check_tail(const char *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (bytes[i] != 0)
            return SP_E_VERSION;
    }
    return SP_OK;
}

sp_status sp_abi_take(void *ours, size_t known, const void *given)
{
    memset(ours, 0, known);
    if (given != NULL) {
        size_t size = size_of(given);
        if (size < sizeof size)
            return SP_E_USAGE;
        if (check_tail(given, known, size) != SP_OK)
            return SP_E_VERSION;
        memcpy(ours, given, size < known ? size : known);
    }
    memcpy(ours, &known, sizeof known);
    return SP_OK;
}

sp_status sp_abi_give(void *out, const void *ours, size_t known)
{
    size_t size = size_of(out);
    if (size < sizeof size)
        return SP_E_USAGE;
    memcpy((char *)out + sizeof size, (const char *)ours + sizeof size, (size < known ? size : known) - sizeof size);
    if (size > known)
        memset((char *)out + known, 0, size - known);
    return SP_OK;
}

static const char *usual_message(sp_status status)
{
    switch (status) {
    case SP_E_MEMORY:
        return "out of memory";
    case SP_E_CANCELLED:
        return "cancelled";
    case SP_E_VERSION:
        return "a struct is larger than this version of the library knows; update the library";
    default:
        return "a struct does not say its size; prepare it with SP_INIT";
    }
}

sp_status sp_abi_fail(sp_error *out, sp_error *ours, sp_status status)
{
    if (ours->message[0] == '\0')
        sp_error_set(ours, status, "%s", usual_message(status));
    ours->status = status;
    sp_error before = {0};
    if (out == NULL || sp_abi_take(&before, sizeof before, out) == SP_E_USAGE || before.status != SP_OK)
        return status;
    sp_abi_give(out, ours, sizeof *ours);
    return status;
}
