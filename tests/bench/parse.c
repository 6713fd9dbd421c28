/* Parser and graph alone: parse BYTES FILE… holds the files in memory, goes over them until about BYTES bytes are done
   (0: once), and prints the bytes, the seconds, and how much memory a document takes for its size. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "dockerfile/document.h"
#include "graph/graph.h"

typedef struct text_file {
    sp_str path, text;
} text_file;

static text_file read_file(const char *path)
{
    text_file file = {.path = sp_str_from(path)};
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

/* Parses one file and builds its graph; gives the memory that took. */
static size_t build(sp_arena *arena, const text_file *file)
{
    jmp_buf here;
    sp_arena_recover(arena, &here);
    if (setjmp(here) != 0) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    sp_build_input input = {0};
    sp_graph_build(sp_document_parse(arena, file->path, file->text), &input);
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

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: parse BYTES FILE…\n");
        return 2;
    }
    size_t wanted = strtoul(argv[1], NULL, 10), count = (size_t)argc - 2;
    text_file *files = malloc(count * sizeof *files);
    if (files == NULL) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        files[i] = read_file(argv[i + 2]);
    }
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    size_t done = 0;
    double worst = 0, start = seconds();
    do {
        for (size_t i = 0; i < count; i++) {
            double used = (double)build(&arena, &files[i]);
            double size = (double)files[i].text.size;
            double factor = used > 1048576 && size > 0 ? (used - 1048576) / size : 0;
            worst = factor > worst ? factor : worst;
            done += files[i].text.size;
        }
    } while (done < wanted);
    printf("%zu %.6f %.2f\n", done, seconds() - start, worst);
    return 0;
}
