/* sp-embed: a program of the build that turns policies/ into the two tables the library is compiled with.

       sp-embed packs     POLICIES-FOLDER OUT.c     the packs, for config/builtin.h
       sp-embed catalogue IMAGES-FOLDER   OUT.c     what images contain, for image/catalogue_rows.h

   Anything wrong in the YAML stops the build with its file, line and column, and leaves no output behind. */
#include "config/embed.h"

#include "base/limits.h"

#include <dirent.h>
#include <stdlib.h>

static sp_arena memory;
sp_arena *const sp_embed__arena = &memory;

static _Noreturn void fail(sp_str path, const char *why)
{
    fprintf(stderr, "%.*s: error: %s\n", SP_STR_ARG(path), why);
    exit(EXIT_FAILURE);
}

_Noreturn void sp_embed__fail_with(const sp_error *error)
{
    fprintf(stderr, "%s:%u:%u: error: %s\n", error->path, error->line, error->column, error->message);
    exit(EXIT_FAILURE);
}

_Noreturn void sp_embed__fail_at(sp_str path, const sp_yaml *value, const char *why)
{
    fprintf(stderr, "%.*s:%u:%u: error: %s\n", SP_STR_ARG(path), value->line, value->column, why);
    exit(EXIT_FAILURE);
}

sp_str sp_embed__path(sp_str folder, sp_str name)
{
    return sp_arena_print(&memory, "%.*s/%.*s", SP_STR_ARG(folder), SP_STR_ARG(name));
}

bool sp_embed__exists(sp_str path)
{
    FILE *file = fopen(path.text, "rb");
    if (file != NULL)
        fclose(file);
    return file != NULL;
}

sp_str sp_embed__file(sp_str path)
{
    FILE *file = fopen(path.text, "rb");
    if (file == NULL)
        fail(path, "cannot be read");
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0 || (size_t)size > SP_LIMIT_PACK_BYTES || fseek(file, 0, SEEK_SET) != 0)
        fail(path, "cannot be read, or is too large");
    char *bytes = sp_arena_alloc(&memory, (size_t)size + 1);
    sp_str text = {bytes, fread(bytes, 1, (size_t)size, file)};
    if (text.size != (size_t)size)
        fail(path, "cannot be read to its end");
    bytes[text.size] = '\0';
    fclose(file);
    return text;
}

const sp_yaml *sp_embed__yaml(sp_str path)
{
    const sp_yaml *root = NULL;
    sp_error error;
    SP_INIT(error);
    if (sp_yaml_read(&memory, path, sp_embed__file(path), &root, &error) != SP_OK)
        sp_embed__fail_with(&error);
    return root;
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_compare(*(const sp_str *)a, *(const sp_str *)b);
}

sp_texts sp_embed__names(sp_str folder)
{
    sp_texts names = {0};
    DIR *directory = opendir(folder.text);
    if (directory == NULL)
        return names;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.')
            *sp_list_add(&memory, &names) = sp_arena_copy(&memory, sp_str_from(entry->d_name));
    }
    closedir(directory);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_texts);
    return names;
}

/* Octal escapes end after three digits, so what follows cannot join them; '?' would make trigraphs. */
void sp_embed__literal(FILE *out, sp_str text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        if (byte == '\n')
            fputs(i + 1 < text.size ? "\\n\"\n    \"" : "\\n", out);
        else if (byte < ' ' || byte > '~' || byte == '"' || byte == '\\' || byte == '?')
            fprintf(out, "\\%03o", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

void sp_embed__str(FILE *out, sp_str text)
{
    fputc('{', out);
    sp_embed__literal(out, text);
    fprintf(out, ", %zu}", text.size);
}

/* All in memory first: a run that fails must not leave a file that looks finished. */
static void write_to(sp_str path, void (*write)(FILE *out, sp_str from), sp_str from)
{
    char *text = NULL;
    size_t size = 0;
    FILE *buffer = open_memstream(&text, &size);
    if (buffer == NULL)
        fail(path, "out of memory");
    write(buffer, from);
    if (fclose(buffer) != 0)
        fail(path, "out of memory");
    FILE *out = fopen(path.text, "wb");
    if (out == NULL || fwrite(text, 1, size, out) != size || fclose(out) != 0)
        fail(path, "cannot be written");
    free(text);
}

int main(int count, char **arguments)
{
    sp_str what = sp_str_from(count == 4 ? arguments[1] : "");
    bool packs = sp_str_equal(what, SP_STR("packs"));
    if (!packs && !sp_str_equal(what, SP_STR("catalogue"))) {
        fputs("usage: sp-embed packs FOLDER OUT.c\n       sp-embed catalogue FOLDER OUT.c\n", stderr);
        return EXIT_FAILURE;
    }
    jmp_buf here;
    sp_arena_init(&memory, sp_alloc_default());
    sp_arena_recover(&memory, &here);
    if (setjmp(here) != 0)
        fail(sp_str_from(arguments[2]), "out of memory");
    write_to(sp_str_from(arguments[3]), packs ? sp_embed__write_packs : sp_embed__write_catalogue,
             sp_str_from(arguments[2]));
    sp_arena_dispose(&memory);
    return EXIT_SUCCESS;
}
