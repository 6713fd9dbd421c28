/* Structs that cross the border: they start with `size`, only ever grow, and zero always means "the default". */
#ifndef SP_ENGINE_ABI_H
#define SP_ENGINE_ABI_H

#include <stagepolicy/types.h>

/** Copies a struct of the host's into ours of `known` bytes: a smaller one leaves our tail zero, a larger one must have
    a zero tail (SP_E_VERSION). NULL is all zero. SP_E_USAGE when `size` was not set. */
sp_status sp_abi_take(void *ours, size_t known, const void *given);

/** Copies ours into the host's struct, as much as it has room for; the rest of a larger one is zeroed. SP_E_USAGE when
    `size` was not set. */
sp_status sp_abi_give(void *out, const void *ours, size_t known);

/** Hands an error to the host, unless its struct (may be NULL) already holds one; gives the status back. An error
    without a message gets the usual one of its status. */
sp_status sp_abi_fail(sp_error *out, sp_error *ours, sp_status status);

#endif
