/* Files in one piece. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/files.h"

static char folder[32];

static const char *in_folder(const char *name)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/test-files-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(in_folder("report"));
    unlink(in_folder("link"));
    unlink(in_folder("pipe"));
    return rmdir(folder); /* fails when a temporary file was left */
}

static void assert_content(const char *name, const char *expected)
{
    cli_text text = {0};
    assert_null(cli_file_read(in_folder(name), true, &text));
    assert_string_equal(cli_text_string(&text), expected);
    cli_text_dispose(&text);
}

static void replaces_a_file_whole(void **state)
{
    (void)state;
    assert_null(cli_file_write(in_folder("report"), "old and longer", 14));
    assert_null(cli_file_write(in_folder("report"), "new", 3));
    assert_content("report", "new");
}

static void keeps_the_mode_of_a_file(void **state)
{
    (void)state;
    struct stat status;
    assert_null(cli_file_write(in_folder("report"), "x", 1));
    assert_int_equal(chmod(in_folder("report"), 0640), 0);
    assert_null(cli_file_write(in_folder("report"), "y", 1));
    assert_int_equal(stat(in_folder("report"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

static void writes_through_a_link(void **state)
{
    (void)state;
    char link[64];
    strcpy(link, in_folder("link"));
    assert_null(cli_file_write(in_folder("report"), "x", 1));
    assert_int_equal(symlink("report", link), 0);
    assert_null(cli_file_write(link, "through", 7));
    assert_content("report", "through");
}

static void says_that_a_device_is_full(void **state)
{
    (void)state;
    assert_string_equal(cli_file_write("/dev/full", "x", 1), "No space left on device");
}

static void says_that_a_folder_is_missing(void **state)
{
    (void)state;
    assert_string_equal(cli_file_write("/no/such/folder/x", "x", 1), "No such file or directory");
}

static void does_not_wait_for_a_pipe(void **state)
{
    (void)state;
    cli_text text = {0};
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    assert_string_equal(cli_file_read(in_folder("pipe"), true, &text), "Not a regular file");
    cli_text_dispose(&text);
}

static void stops_reading_at_the_limit(void **state)
{
    (void)state;
    cli_text text = {0};
    assert_null(cli_file_read("/dev/zero", false, &text));
    assert_int_equal(text.size, CLI_READ_LIMIT);
    cli_text_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(replaces_a_file_whole, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(keeps_the_mode_of_a_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(writes_through_a_link, make_folder, remove_folder),
        cmocka_unit_test(says_that_a_device_is_full),
        cmocka_unit_test(says_that_a_folder_is_missing),
        cmocka_unit_test_setup_teardown(does_not_wait_for_a_pipe, make_folder, remove_folder),
        cmocka_unit_test(stops_reading_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
