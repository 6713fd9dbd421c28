/* Markdown for a comment on a merge request, and for a step's summary: the verdict, a table of the worst, details of
   each as long as there is room. All that is not ours is code, in which nothing is markup and nobody is mentioned. */
#include "report/report.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "report/path.h"
#include "report/problem.h"
#include "report/summary.h"

/* One report under way. */
typedef struct writing {
    const struct sp_results *results;
    const sp_report_options *options;
    sp_buf *out;
    sp_buf plain; /* the text under way */
} writing;

/* The text in `plain` as code. */
static void add_code(writing *page, bool cell)
{
    sp_escape_cut(&page->plain, SP_LIMIT_LISTED_TEXT);
    sp_escape_code(page->out, sp_buf_str(&page->plain), cell);
    page->out->failed = page->out->failed || page->plain.failed;
    page->plain.size = 0;
}

/* The place of a problem, as editors write it. */
static void put_place(writing *page, const sp_problem *problem)
{
    sp_path_write(&page->plain, SP_STR(""), problem->path);
    if (problem->at->placed)
        sp_buf_print(&page->plain, ":%u", (unsigned)problem->at->start.line);
}

/* row = "| " severity " | " place " | " message " | " id " |" */
static void write_row(writing *page, const sp_problem *problem)
{
    sp_telling text = {.out = &page->plain};
    sp_buf_print(page->out, "| %s | ", sp_severity_name(problem->severity));
    put_place(page, problem);
    add_code(page, true);
    sp_buf_text(page->out, " | ");
    sp_problem_say(&text, problem);
    add_code(page, true);
    sp_buf_text(page->out, " | ");
    sp_cells_write(&page->plain, problem->id);
    add_code(page, true);
    sp_buf_text(page->out, " |\n");
}

/* "12 more are left out here; …" */
static void say_left_out(writing *page, uint32_t count, const char *what)
{
    if (count > 0)
        sp_buf_print(page->out, "\n%u more %s left out here; the other reports have all.\n", (unsigned)count, what);
}

/* A table that grows takes half of the page at most. */
static void write_table(writing *page)
{
    sp_problems walk = {.results = page->results};
    sp_problem problem;
    uint32_t rows = 0, left_out = 0;
    while (sp_problems_next(&walk, &problem)) {
        if (rows == SP_LIMIT_MARKDOWN_ROWS || page->out->size > SP_LIMIT_MARKDOWN_BYTES / 2) {
            left_out++;
            continue;
        }
        if (rows++ == 0)
            sp_buf_text(page->out, "\n| severity | where | what | policy |\n| --- | --- | --- | --- |\n");
        write_row(page, &problem);
    }
    say_left_out(page, left_out, left_out == 1 ? "problem is" : "problems are");
}

/* The headline is HTML, in which our code element does what code does in Markdown. */
static void write_headline(writing *page, const sp_problem *problem)
{
    sp_buf_print(page->out, "<details><summary>%s <code>", sp_severity_name(problem->severity));
    put_place(page, problem);
    sp_buf_text(&page->plain, problem->path.size > 0 ? " " : "");
    sp_cells_write(&page->plain, problem->id);
    sp_escape_cut(&page->plain, SP_LIMIT_LISTED_TEXT);
    sp_escape_xml(page->out, sp_buf_str(&page->plain));
    page->plain.size = 0;
    sp_buf_text(page->out, "</code></summary>\n\n");
}

static void write_details(writing *page, const sp_problem *problem)
{
    sp_telling text = {.out = &page->plain};
    write_headline(page, problem);
    sp_problem_tell(&text, problem);
    sp_escape_block(page->out, sp_buf_str(&page->plain));
    page->out->failed = page->out->failed || page->plain.failed;
    page->plain.size = 0;
    if (problem->finding != NULL && page->options->explain != NULL) {
        sp_buf_text(page->out, "\nWhy: ");
        sp_summary_explain(&page->plain, page->options, problem->id);
        add_code(page, false);
        sp_buf_text(page->out, "\n");
    }
    sp_buf_text(page->out, "\n</details>\n");
}

/* Writes the details of one; of one that has no room nothing. */
static bool add_details(writing *page, const sp_problem *problem)
{
    size_t before = page->out->size;
    sp_buf_text(page->out, "\n");
    write_details(page, problem);
    if (page->out->size <= SP_LIMIT_MARKDOWN_BYTES)
        return true;
    page->out->size = before;
    return false;
}

static void write_all_details(writing *page)
{
    sp_problems walk = {.results = page->results};
    sp_problem problem;
    uint32_t left_out = 0;
    while (sp_problems_next(&walk, &problem))
        left_out += left_out > 0 || !add_details(page, &problem);
    say_left_out(page, left_out, left_out == 1 ? "detail is" : "details are");
}

static void write_end(writing *page)
{
    if (page->options->reproduce == NULL)
        return;
    sp_buf_text(page->out, "\nReproduce: ");
    sp_cells_write(&page->plain, sp_str_from(page->options->reproduce));
    add_code(page, false);
    sp_buf_text(page->out, "\n");
}

/* page = headline counts [ table ] { details } [ command ] */
void sp_report_markdown(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing page = {.results = results, .options = options, .out = out};
    sp_buf_init(&page.plain, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_buf_print(out, "### stagepolicy %s\n\n", sp_summary_verdict(results));
    sp_summary_say(out, results);
    sp_buf_text(out, "\n");
    write_table(&page);
    write_all_details(&page);
    write_end(&page);
    sp_buf_dispose(&page.plain);
}
