/* SHA-256 (FIPS 180-4). */
#include "base/sha256.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, unsigned bits)
{
    return word >> bits | word << (32 - bits);
}

static uint32_t read_word(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void fill_schedule(uint32_t schedule[64], const unsigned char *block)
{
    for (unsigned i = 0; i < 16; i++)
        schedule[i] = read_word(block + 4 * i);
    for (unsigned i = 16; i < 64; i++) {
        uint32_t a = schedule[i - 15], b = schedule[i - 2];
        uint32_t small_a = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3;
        uint32_t small_b = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10;
        schedule[i] = schedule[i - 16] + small_a + schedule[i - 7] + small_b;
    }
}

static void take_block(sp_sha256 *hash, const unsigned char *block)
{
    uint32_t schedule[64], v[8];
    fill_schedule(schedule, block);
    memcpy(v, hash->state, sizeof v);
    for (unsigned i = 0; i < 64; i++) {
        uint32_t large_e = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t first = v[7] + large_e + choice + constants[i] + schedule[i];
        uint32_t large_a = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += first;
        v[0] = first + large_a + majority;
    }
    for (unsigned i = 0; i < 8; i++)
        hash->state[i] += v[i];
}

void sp_sha256_init(sp_sha256 *hash)
{
    *hash = (sp_sha256){
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sp_sha256_add(sp_sha256 *hash, sp_str bytes)
{
    while (bytes.size > 0) {
        size_t held = hash->size % sizeof hash->block;
        size_t taken = sizeof hash->block - held;
        if (taken > bytes.size)
            taken = bytes.size;
        memcpy(hash->block + held, bytes.text, taken);
        hash->size += taken;
        bytes = sp_str_skip(bytes, taken);
        if (held + taken == sizeof hash->block)
            take_block(hash, hash->block);
    }
}

void sp_sha256_finish(sp_sha256 *hash, unsigned char out[SP_SHA256_SIZE])
{
    static const char padding[64] = {(char)0x80};
    uint64_t bits = hash->size * 8;
    size_t held = hash->size % 64;
    sp_sha256_add(hash, (sp_str){padding, held < 56 ? 56 - held : 120 - held});
    char length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (char)(bits >> (56 - 8 * i) & 0xff);
    sp_sha256_add(hash, (sp_str){length, sizeof length});
    for (unsigned i = 0; i < SP_SHA256_SIZE; i++)
        out[i] = (unsigned char)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}
