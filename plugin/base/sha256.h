/* SHA-256 (FIPS 180-4): for fingerprints, which must stay the same on every machine and in every version. */
#ifndef SP_BASE_SHA256_H
#define SP_BASE_SHA256_H

#include "base/str.h"

enum { SP_SHA256_SIZE = 32 };

/** A digest in progress; holds no memory. */
typedef struct sp_sha256 {
    uint32_t state[8];
    uint64_t size;           /* bytes taken so far */
    unsigned char block[64]; /* the last bytes, until they fill it */
} sp_sha256;

/** Begins, and takes more bytes. */
void sp_sha256_init(sp_sha256 *hash);
void sp_sha256_add(sp_sha256 *hash, sp_str bytes);

/** Gives the digest; the state is used up. */
void sp_sha256_finish(sp_sha256 *hash, unsigned char out[SP_SHA256_SIZE]);

#endif
