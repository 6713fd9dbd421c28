/* From fork to exit: spawn COUNT PROGRAM [ARGUMENT…] runs a program COUNT times, its output thrown away, and prints
   the median and the least time in milliseconds, and the largest peak of memory in megabytes. A small program of its
   own, because a child starts with the memory of what forks it. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double run_once(char **program, long *peak)
{
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execvp(program[0], program);
        _exit(127);
    }
    struct rusage usage;
    int status;
    wait4(child, &status, 0, &usage);
    double time = now() - start;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        fprintf(stderr, "spawn: %s cannot be run\n", program[0]);
        exit(1);
    }
    *peak = usage.ru_maxrss > *peak ? usage.ru_maxrss : *peak;
    return time;
}

static int by_time(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    int count = argc > 2 ? atoi(argv[1]) : 0;
    double *times = count > 0 ? malloc((size_t)count * sizeof *times) : NULL;
    if (times == NULL) {
        fprintf(stderr, "usage: spawn COUNT PROGRAM [ARGUMENT…]\n");
        return 2;
    }
    long peak = 0;
    for (int i = 0; i < count; i++) {
        times[i] = run_once(argv + 2, &peak);
    }
    qsort(times, (size_t)count, sizeof *times, by_time);
    printf("%.3f %.3f %.1f\n", times[count / 2], times[0], (double)peak / 1024);
    free(times);
    return 0;
}
