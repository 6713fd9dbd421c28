/* Replays files and folders of files through a fuzz target, under any compiler: what was once found stays found. */
#include "fuzz/target.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

static size_t replayed;

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    enum { LIMIT = 1 << 20 };
    uint8_t *bytes = malloc(LIMIT);
    size_t size = bytes != NULL ? fread(bytes, 1, LIMIT, file) : 0;
    fclose(file);
    uint8_t *exact = malloc(size != 0 ? size : 1); /* so that a sanitizer sees a read past the end */
    int code = bytes == NULL || exact == NULL;
    if (code == 0) {
        memcpy(exact, bytes, size);
        code = LLVMFuzzerTestOneInput(exact, size) != 0;
        replayed++;
    }
    free(exact);
    free(bytes);
    return code;
}

static int replay_folder(const char *folder)
{
    DIR *directory = opendir(folder);
    int code = directory == NULL;
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            code |= replay_file(path);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return code;
}

int main(int argc, char **argv)
{
    int code = 0;
    for (int i = 1; i < argc; i++) {
        struct stat status;
        int is_folder = stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode);
        code |= is_folder ? replay_folder(argv[i]) : replay_file(argv[i]);
    }
    printf("%zu inputs replayed\n", replayed);
    return code != 0 || replayed == 0;
}
