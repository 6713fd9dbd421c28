/* A reader of Lua 5.4's dumped chunks: it looks for functions an old Lua may have compiled wrongly, and for the lines
   that have code.

   Reading past the end gives zeros and says "doubtful": the chunk is then not of the format we know. */
#include "lua/bytecode.h"

enum {
    HEADER = 4 + 1 + 1 + 6 + 3 + 8 + 8, /* signature, version, format, check bytes, sizes, an integer, a number */
    UPVALUE = 3,
    INSTRUCTION = 4,
    OPCODE_MASK = 0x7F,
    BANDK = 29,
    BXORK = 31,
    BAND = 41,
    BXOR = 43, /* each the ends of a run of three opcodes: and, or, xor */
    SHORT_CONSTANTS = 255,
    CONSTANT_INTEGER = 0x03,
    CONSTANT_SHORT_STRING = 0x04,
    CONSTANT_NUMBER = 0x13,
    CONSTANT_LONG_STRING = 0x14,
    ABSOLUTE = 0x80, /* a line's distance that says: the next of the table of whole line numbers */
    DEEPEST = 200    /* Lua's parser nests no deeper */
};

typedef struct reader {
    const unsigned char *next, *end;
    bool failed, doubtful;
    void (*line)(void *payload, uint32_t line); /* NULL: nobody wants to know */
    void *payload;
} reader;

static void skip(reader *in, size_t size)
{
    if (size > (size_t)(in->end - in->next)) {
        in->failed = true;
        in->next = in->end;
        return;
    }
    in->next += size;
}

static unsigned read_byte(reader *in)
{
    if (in->next == in->end) {
        in->failed = true;
        return 0x80;
    }
    return *in->next++;
}

/* size = {byte without 0x80} byte with 0x80, seven bits each, the highest first */
static size_t read_size(reader *in)
{
    size_t size = 0;
    unsigned byte;
    do {
        byte = read_byte(in);
        size = size << 7 | (byte & 0x7F);
    } while ((byte & 0x80) == 0);
    return size;
}

/* string = size + 1, or 0 for none; its bytes */
static void skip_string(reader *in)
{
    size_t size = read_size(in);
    skip(in, size > 0 ? size - 1 : 0);
}

static bool skip_code(reader *in)
{
    bool has_bits = false;
    size_t count = read_size(in);
    for (size_t i = 0; i < count && !in->failed; i++) {
        unsigned opcode = in->next < in->end ? *in->next & OPCODE_MASK : 0;
        has_bits |= (opcode >= BANDK && opcode <= BXORK) || (opcode >= BAND && opcode <= BXOR);
        skip(in, INSTRUCTION);
    }
    return has_bits;
}

static size_t skip_constants(reader *in)
{
    size_t count = read_size(in);
    for (size_t i = 0; i < count && !in->failed; i++) {
        unsigned type = read_byte(in);
        if (type == CONSTANT_INTEGER || type == CONSTANT_NUMBER)
            skip(in, 8);
        else if (type == CONSTANT_SHORT_STRING || type == CONSTANT_LONG_STRING)
            skip_string(in);
    }
    return count;
}

/* lines = count {distance from the line before}, count {pc line}: the second has the lines that are too far. The last
   instruction is the return that every function ends with, whether it can be reached or not. */
static void read_lines(reader *in, size_t first, bool told)
{
    size_t count = read_size(in);
    const unsigned char *distances = in->next;
    skip(in, count);
    size_t absolutes = read_size(in), line = first;
    for (size_t i = 0; i < count && !in->failed; i++) {
        if (distances[i] == ABSOLUTE && absolutes > 0) {
            absolutes--;
            read_size(in);
            line = read_size(in);
        } else {
            line += (size_t)(ptrdiff_t)(signed char)distances[i];
        }
        if (told && i + 1 < count)
            in->line(in->payload, (uint32_t)line);
    }
    in->failed |= absolutes > 0;
}

/* debug = lines, {local name, start, end}, {upvalue name}, each after its count */
static void read_debug(reader *in, size_t first, bool told)
{
    read_lines(in, first, told);
    for (size_t count = read_size(in); count > 0 && !in->failed; count--) {
        skip_string(in);
        read_size(in);
        read_size(in);
    }
    for (size_t count = read_size(in); count > 0 && !in->failed; count--)
        skip_string(in);
}

/* function = source first-line last-line 3 bytes code constants upvalues {function} debug */
static void read_function(reader *in, unsigned depth)
{
    if (depth > DEEPEST)
        in->failed = true;
    if (in->failed)
        return;
    skip_string(in);
    size_t first = read_size(in);
    read_size(in);
    skip(in, 3);
    bool has_bits = skip_code(in);
    bool is_wide = skip_constants(in) > SHORT_CONSTANTS;
    in->doubtful |= has_bits && is_wide;
    size_t upvalues = read_size(in);
    skip(in, upvalues <= SHORT_CONSTANTS ? upvalues * UPVALUE : SIZE_MAX);
    for (size_t count = read_size(in); count > 0 && !in->failed; count--)
        read_function(in, depth + 1);
    read_debug(in, first, in->line != NULL && depth > 0);
}

bool sp_bytecode_is_doubtful(sp_str dump)
{
    reader in = {.next = (const unsigned char *)dump.text, .end = (const unsigned char *)dump.text + dump.size};
    skip(&in, HEADER + 1);
    read_function(&in, 0);
    return in.failed || in.doubtful || in.next != in.end;
}

bool sp_bytecode_lines(sp_str dump, void (*line)(void *payload, uint32_t line), void *payload)
{
    reader in = {.next = (const unsigned char *)dump.text, .end = (const unsigned char *)dump.text + dump.size};
    in.line = line;
    in.payload = payload;
    skip(&in, HEADER + 1);
    read_function(&in, 0);
    return !in.failed && in.next == in.end;
}
