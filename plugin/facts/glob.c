/* Globs, over whole texts and over texts of which parts are unknown. */
#include "facts/glob.h"

/* One element of a glob, which matches one character: where it ends, and what it is. */
typedef struct element {
    size_t end;
    enum { LITERAL, ANY, CLASS } kind;
    char byte;    /* of a literal */
    sp_str class; /* between the brackets */
} element;

/* class = "[" ["!" | "^"] {char | char "-" char} "]"; without its "]" the bracket is a literal */
static element read_element(sp_str glob, size_t at)
{
    char byte = glob.text[at];
    if (byte == '?')
        return (element){.end = at + 1, .kind = ANY};
    if (byte == '\\' && at + 1 < glob.size)
        return (element){.end = at + 2, .kind = LITERAL, .byte = glob.text[at + 1]};
    if (byte == '[') {
        size_t first = at + 1;
        size_t skip = first < glob.size && (glob.text[first] == '!' || glob.text[first] == '^') ? 2 : 1;
        size_t size = sp_str_find(sp_str_skip(glob, first + skip), ']') + skip;
        if (first + size < glob.size)
            return (element){.end = first + size + 1, .kind = CLASS, .class = {glob.text + first, size}};
    }
    return (element){.end = at + 1, .kind = LITERAL, .byte = byte};
}

static bool is_in_class(sp_str class, char byte)
{
    bool negated = class.text[0] == '!' || class.text[0] == '^';
    bool found = false;
    for (size_t i = negated ? 1 : 0; i < class.size && !found; i++) {
        if (i + 2 < class.size && class.text[i + 1] == '-') {
            found = (unsigned char)class.text[i] <= (unsigned char)byte &&
                    (unsigned char)byte <= (unsigned char)class.text[i + 2];
            i += 2;
        } else {
            found = class.text[i] == byte;
        }
    }
    return found != negated;
}

/* Bytes of the character at `at`: those of UTF-8, so that ? stands for what a reader sees as one. */
static size_t character_size(sp_str text, size_t at)
{
    size_t size = 1;
    if ((unsigned char)text.text[at] < 0xC0)
        return 1;
    while (at + size < text.size && size < 4 && ((unsigned char)text.text[at + size] & 0xC0) == 0x80)
        size++;
    return size;
}

/* Bytes of `text` at `at` that the element takes, 0 when it does not match. A NUL is an unknown run: only * takes it.
 */
static size_t element_takes(const element *one, sp_str text, size_t at)
{
    if (at >= text.size || text.text[at] == '\0')
        return 0;
    if (one->kind == LITERAL)
        return text.text[at] == one->byte ? 1 : 0;
    size_t size = character_size(text, at);
    return one->kind == ANY || is_in_class(one->class, text.text[at]) ? size : 0;
}

bool sp_glob_matches(sp_str glob, sp_str text)
{
    size_t g = 0, t = 0, star = SIZE_MAX, retry = 0;
    while (t < text.size || g < glob.size) {
        if (g < glob.size && glob.text[g] == '*') {
            star = ++g;
            retry = t;
            continue;
        }
        element one = g < glob.size ? read_element(glob, g) : (element){0};
        size_t taken = g < glob.size ? element_takes(&one, text, t) : 0;
        if (taken > 0) {
            g = one.end;
            t += taken;
            continue;
        }
        if (star == SIZE_MAX || retry >= text.size)
            return false;
        g = star;
        t = ++retry;
    }
    return true;
}

/* Matches `part` from the glob's position `from` on; gives the position after it, or that of the first *, which takes
   whatever is left. SIZE_MAX when neither. */
static size_t take_part(sp_str glob, size_t from, sp_str part)
{
    size_t t = 0;
    while (t < part.size) {
        if (from >= glob.size)
            return SIZE_MAX;
        if (glob.text[from] == '*')
            return from;
        element one = read_element(glob, from);
        size_t taken = element_takes(&one, part, t);
        if (taken == 0)
            return SIZE_MAX;
        from = one.end;
        t += taken;
    }
    return from;
}

/* The position of the glob's next element after the one at `at`. */
static size_t next_element(sp_str glob, size_t at)
{
    return glob.text[at] == '*' ? at + 1 : read_element(glob, at).end;
}

/* Whether some text of the shape matches. An unknown run can take any elements, so after one only the lowest position
   that the glob may have reached counts. */
static bool can_match(sp_str glob, sp_str shape)
{
    size_t end = sp_str_find(shape, '\0');
    size_t position = take_part(glob, 0, sp_str_head(shape, end));
    shape = sp_str_skip(shape, end + 1);
    while (position != SIZE_MAX && (end = sp_str_find(shape, '\0')) < shape.size) {
        sp_str part = sp_str_head(shape, end);
        size_t reached = take_part(glob, position, part);
        while (reached == SIZE_MAX && position < glob.size) {
            position = next_element(glob, position);
            reached = take_part(glob, position, part);
        }
        position = reached;
        shape = sp_str_skip(shape, end + 1);
    }
    if (position == SIZE_MAX)
        return false;
    while (!sp_glob_matches(sp_str_skip(glob, position), shape)) {
        if (position >= glob.size)
            return false;
        position = next_element(glob, position);
    }
    return true;
}

sp_truth sp_glob_matches_shape(sp_str glob, sp_str shape)
{
    if (sp_glob_matches(glob, shape))
        return SP_YES;
    if (sp_str_find(shape, '\0') == shape.size)
        return SP_NO;
    return can_match(glob, shape) ? SP_MAYBE : SP_NO;
}

sp_str sp_glob_quote(sp_arena *arena, sp_str text)
{
    size_t special = 0;
    for (size_t i = 0; i < text.size; i++)
        special += strchr("*?[\\", text.text[i]) != NULL && text.text[i] != '\0';
    if (special == 0)
        return text;
    char *quoted = sp_arena_alloc(arena, text.size + special);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("*?[\\", text.text[i]) != NULL && text.text[i] != '\0')
            quoted[size++] = '\\';
        quoted[size++] = text.text[i];
    }
    return (sp_str){quoted, size};
}
