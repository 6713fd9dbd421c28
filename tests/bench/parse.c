/* Parser and graph alone: parse BYTES [no-graph] <LIST holds the files of the list (a name a line) in memory, goes over
   them until about BYTES bytes are done (0: once), and prints the bytes, the seconds, and the most memory that a
   document took for its size, beyond one megabyte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dockerfile/document.h"
#include "graph/graph.h"

typedef struct text_file {
    sp_str path, text;
} text_file;

static text_file read_file(const char *path)
{
    text_file file = {.path = SP_STR("Dockerfile")};
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        perror(path);
        exit(1);
    }
    fseek(stream, 0, SEEK_END);
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *text = malloc(size + 1);
    if (text == NULL || fread(text, 1, size, stream) != size) {
        perror(path);
        exit(1);
    }
    fclose(stream);
    file.text = (sp_str){text, size};
    return file;
}

/* Parses one file, with the graph builds it too; gives the memory that took. */
static size_t build(sp_arena *arena, const text_file *file, bool with_graph)
{
    jmp_buf here;
    sp_arena_recover(arena, &here);
    if (setjmp(here) != 0) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    sp_build_input input = {0};
    const sp_document *document = sp_document_parse(arena, file->path, file->text);
    if (with_graph)
        sp_graph_build(document, &input);
    size_t used = arena->used;
    sp_arena_dispose(arena);
    return used;
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The files named on standard input. */
static text_file *read_list(size_t *count)
{
    text_file *files = NULL;
    char line[4096];
    for (*count = 0; fgets(line, sizeof line, stdin) != NULL; *count += 1) {
        line[strcspn(line, "\n")] = '\0';
        files = realloc(files, (*count + 1) * sizeof *files);
        if (files == NULL) {
            exit(1);
        }
        files[*count] = read_file(line);
    }
    return files;
}

static double factor(size_t used, size_t size)
{
    enum { BASE = 1048576 };
    return used > BASE && size > 0 ? (double)(used - BASE) / (double)size : 0;
}

int main(int argc, char **argv)
{
    size_t wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 0, count = 0, done = 0;
    bool with_graph = argc < 3 || strcmp(argv[2], "no-graph") != 0;
    text_file *files = read_list(&count);
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    double worst = 0, start = seconds();
    do {
        for (size_t i = 0; i < count; i++) {
            double now = factor(build(&arena, &files[i], with_graph), files[i].text.size);
            worst = now > worst ? now : worst;
            done += files[i].text.size;
        }
    } while (done < wanted);
    printf("%zu %.6f %.2f\n", done, seconds() - start, worst);
    return 0;
}
