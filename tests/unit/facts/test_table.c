/* The hand-checked table: each tests/golden/facts/<mechanism>.Dockerfile holds stages, and after each what is expected
   of it.

       # expect: contains native-compiler: yes: c-compiler
       #   [gcc] apt installs gcc, which brings c-compiler

   The first line is the question and its answer ('?' marks what may be, '~' what is assumed), those indented below it
   are the evidence: the text at the place of each step, and its sentence. Everything a file has about its stages is
   worked out again and compared. UPDATE_GOLDEN=1 rewrites the answers: read the difference. */
#include "case.h"

#include <dirent.h>

#define ROOM 256

/* ---- answers as text ---- */

/* The text at a step's place, on one line and not too long. */
static sp_str place_text(const sp_facts *facts, const sp_step *step)
{
    if (!step->placed)
        return SP_STR("catalogue");
    sp_str text = sp_source_text(&sp_facts_graph(facts)->document->source, step->span);
    return sp_str_head(text, sp_str_find(text, '\n'));
}

/* The steps of one item; those that the items before it have told are not told again. */
static sp_str print_steps(const sp_facts *facts, const sp_steps *steps, sp_str so_far)
{
    for (uint32_t i = 0; i < steps->count; i++) {
        const sp_step *step = &steps->items[i];
        sp_str place = place_text(facts, step);
        sp_str line = sp_arena_print(&arena, "#   [%.*s] %.*s\n", SP_STR_ARG(place), SP_STR_ARG(step->message));
        if (sp_str_search(so_far, line) == SIZE_MAX)
            so_far = sp_arena_print(&arena, "%.*s%.*s", SP_STR_ARG(so_far), SP_STR_ARG(line));
    }
    return so_far;
}

/* "yes: gcc, make?, jdk~" and the evidence below it */
static sp_str print_answer(const sp_facts *facts, const sp_answer *answer)
{
    static const char *const truths[] = {"no", "yes", "unknown"};
    sp_str line = sp_str_from(truths[sp_answer_truth(answer)]), steps = SP_STR("");
    for (uint32_t i = 0; i < answer->items.count; i++) {
        const sp_item *item = &answer->items.items[i];
        line = sp_arena_print(&arena, "%.*s%s%.*s%s%s", SP_STR_ARG(line), i == 0 ? ": " : ", ", SP_STR_ARG(item->found),
                              item->unknown ? "?" : "", item->assumed ? "~" : "");
        steps = print_steps(facts, &item->steps, steps);
    }
    steps = print_steps(facts, &answer->steps, steps);
    return sp_arena_print(&arena, "%.*s\n%.*s", SP_STR_ARG(line), SP_STR_ARG(steps));
}

/* ---- questions ---- */

/* Of one question about a stage: its answer, as the lines below it. */
typedef sp_str question(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count);

static sp_str ask_contains(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    sp_answer answer = sp_facts_contains(facts, stage, words, count);
    return print_answer(facts, &answer);
}

static sp_str ask_installs(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    sp_answer answer = sp_facts_installs(facts, stage, words, count);
    return print_answer(facts, &answer);
}

static sp_str ask_depends_on(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    sp_answer answer = sp_facts_depends_on(facts, stage, words, count);
    return print_answer(facts, &answer);
}

static sp_str ask_has_path(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    assert_int_equal(count, 1);
    sp_answer answer = sp_facts_has_path(facts, stage, words[0]);
    return print_answer(facts, &answer);
}

static sp_str print_package(const sp_operation *operation, const sp_package *package)
{
    static const char *const pinned[] = {"", " (pinned)", " (pinned?)"};
    sp_str name = package->name.size > 0 ? package->name : package->word.text;
    return sp_arena_print(&arena, " %.*s%s%.*s%s", SP_STR_ARG(name), package->version.size > 0 ? "=" : "",
                          SP_STR_ARG(package->version), pinned[sp_facts_is_pinned(operation->manager, package)]);
}

static sp_str print_operation(const sp_operation *operation)
{
    static const char *const actions[] = {"install", "remove", "update", "upgrade", "clean", "download"};
    sp_str line = sp_arena_print(&arena, "%.*s %s", SP_STR_ARG(operation->manager), actions[operation->action]);
    for (uint32_t i = 0; i < operation->package_count; i++) {
        sp_str package = print_package(operation, &operation->packages[i]);
        line = sp_arena_print(&arena, "%.*s%.*s", SP_STR_ARG(line), SP_STR_ARG(package));
    }
    return sp_arena_print(&arena, "%.*s%s%s%s", SP_STR_ARG(line), operation->manifest ? " from a manifest" : "",
                          operation->recommends ? ", with what it recommends" : "",
                          operation->certain ? "" : ", perhaps");
}

/* Every operation of the stage, with an answer about each. */
static sp_str ask_operations(sp_facts *facts, uint32_t stage, sp_answer ask(sp_facts *, const sp_operation *))
{
    const sp_stage *in = &sp_facts_graph(facts)->stages[stage];
    sp_str text = SP_STR("\n");
    for (uint32_t i = in->first; i < in->first + in->count; i++) {
        uint32_t count = 0;
        const sp_operation *operations = sp_facts_operations(facts, i, &count);
        for (uint32_t j = 0; j < count; j++) {
            sp_str line = print_operation(&operations[j]), told = SP_STR("\n");
            if (ask != NULL) {
                sp_answer answer = ask(facts, &operations[j]);
                told = print_answer(facts, &answer);
            }
            text = sp_arena_print(&arena, "%.*s# * %.*s%s%.*s", SP_STR_ARG(text), SP_STR_ARG(line),
                                  ask != NULL ? ": " : "", SP_STR_ARG(told));
        }
    }
    return text;
}

static sp_str ask_told(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    (void)words, (void)count;
    return ask_operations(facts, stage, NULL);
}

static sp_str ask_confirmed(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    (void)words, (void)count;
    return ask_operations(facts, stage, sp_facts_confirmed);
}

static sp_str ask_cache_left(sp_facts *facts, uint32_t stage, const sp_str *words, size_t count)
{
    (void)words, (void)count;
    return ask_operations(facts, stage, sp_facts_cache_left);
}

static sp_str ask_left_behind(sp_facts *facts, uint32_t stage, const sp_str *words, size_t size)
{
    (void)words, (void)size;
    uint32_t count = 0;
    const sp_left_behind *items = sp_facts_left_behind(facts, stage, &count);
    sp_str text = count == 0 ? SP_STR("nothing\n") : SP_STR("\n");
    for (uint32_t i = 0; i < count; i++) {
        sp_str told = print_answer(facts, &items[i].answer);
        text = sp_arena_print(&arena, "%.*s# * %.*s%s%.*s: %.*s", SP_STR_ARG(text), SP_STR_ARG(items[i].kind),
                              items[i].path.size > 0 ? " " : "", SP_STR_ARG(items[i].path), SP_STR_ARG(told));
    }
    return text;
}

/* Each command as it is read, and whether it surely runs. */
static sp_str ask_commands(sp_facts *facts, uint32_t stage, const sp_str *names, size_t size)
{
    (void)names, (void)size;
    const sp_stage *in = &sp_facts_graph(facts)->stages[stage];
    sp_str text = SP_STR("\n");
    for (uint32_t i = in->first; i < in->first + in->count; i++) {
        const sp_script *script = sp_facts_script(facts, i);
        if (script != NULL && !script->known)
            text = sp_arena_print(&arena, "%.*s# * not read\n", SP_STR_ARG(text));
        for (uint32_t j = 0; script != NULL && j < script->command_count; j++) {
            const sp_command *command = &script->commands[j];
            text = sp_arena_print(&arena, "%.*s# *%s", SP_STR_ARG(text), command->certain ? "" : " perhaps");
            for (uint32_t k = 0; k < command->word_count; k++)
                text = sp_arena_print(&arena, "%.*s %.*s", SP_STR_ARG(text),
                                      SP_STR_ARG(command->words[k].value.known ? command->words[k].value.value
                                                                               : command->words[k].value.text));
            bool piped = command->pipe != UINT32_MAX;
            text = sp_arena_print(&arena, "%.*s%s\n", SP_STR_ARG(text),
                                  !piped                                  ? ""
                                  : script->pipes[command->pipe].pipefail ? " (in a pipe with pipefail)"
                                                                          : " (in a pipe)");
        }
    }
    return text;
}

static const struct {
    const char *name;
    question *ask;
} questions[] = {
    {"contains", ask_contains}, {"installs", ask_installs},     {"depends_on", ask_depends_on},
    {"has_path", ask_has_path}, {"operations", ask_told},       {"confirmed", ask_confirmed},
    {"commands", ask_commands}, {"cache_left", ask_cache_left}, {"left_behind", ask_left_behind},
};

/* expect = "# expect: " question {" " word} ":" …: the same line with what is found, and its evidence */
static sp_str answer_to(sp_facts *facts, uint32_t stage, sp_str line)
{
    sp_str words[ROOM], asked = sp_str_skip(line, sizeof "# expect: " - 1);
    size_t colon = 0;
    while (colon < asked.size && (asked.text[colon] != ':' || (colon + 1 < asked.size && asked.text[colon + 1] != ' ')))
        colon++;
    asked = sp_str_head(asked, colon);
    size_t count = words_of(sp_arena_copy(&arena, asked).text, words, ROOM);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (!sp_str_is(words[0], questions[i].name))
            continue;
        sp_str told = questions[i].ask(facts, stage, words + 1, count - 1);
        bool blank = told.text[0] != '\n';
        return sp_arena_print(&arena, "# expect: %.*s:%s%.*s", SP_STR_ARG(asked), blank ? " " : "", SP_STR_ARG(told));
    }
    fail_msg("no such question: %.*s", SP_STR_ARG(line));
    return line;
}

/* ---- files ---- */

/* The stage that a line of the file stands in: the last one whose FROM is above it. */
static uint32_t stage_at(const sp_facts *facts, uint32_t line)
{
    const sp_graph *graph = sp_facts_graph(facts);
    uint32_t found = 0;
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        sp_span from = graph->instructions[graph->stages[i].from].instruction->span;
        if (sp_source_point(&graph->document->source, from.start).line < line)
            found = i;
    }
    return found;
}

/* The file with every answer worked out again. */
static sp_str answered(sp_str text, uint32_t *asked)
{
    sp_facts *facts = facts_of(sp_arena_copy(&arena, text).text, NULL);
    const sp_source *source = &sp_facts_graph(facts)->document->source;
    sp_str out = SP_STR("");
    bool answering = false;
    for (uint32_t number = 1; number < source->line_count; number++) {
        sp_str line = sp_source_line(source, number);
        answering = answering && (sp_str_starts(line, SP_STR("#   [")) || sp_str_starts(line, SP_STR("# * ")));
        if (answering)
            continue;
        answering = sp_str_starts(line, SP_STR("# expect: "));
        *asked += answering;
        sp_str told = answering ? answer_to(facts, stage_at(facts, number), line)
                                : sp_arena_print(&arena, "%.*s\n", SP_STR_ARG(line));
        out = sp_arena_print(&arena, "%.*s%.*s", SP_STR_ARG(out), SP_STR_ARG(told));
    }
    return out;
}

/* The first line in which two texts differ, as a message. */
static const char *difference(sp_str expected, sp_str seen)
{
    for (uint32_t line = 1;; line++) {
        sp_str one = sp_str_head(expected, sp_str_find(expected, '\n'));
        sp_str other = sp_str_head(seen, sp_str_find(seen, '\n'));
        if (!sp_str_equal(one, other))
            return sp_arena_print(&arena, "line %u is '%.*s', and should be '%.*s'", line, SP_STR_ARG(other),
                                  SP_STR_ARG(one))
                .text;
        expected = sp_str_skip(expected, one.size + 1);
        seen = sp_str_skip(seen, other.size + 1);
    }
}

static sp_str read_file(const char *path)
{
    static char text[1 << 16];
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    size_t size = fread(text, 1, sizeof text, stream);
    fclose(stream);
    assert_in_range(size, 1, sizeof text - 1);
    return sp_arena_copy(&arena, (sp_str){text, size});
}

static void rewrite(const char *path, sp_str text)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fwrite(text.text, 1, text.size, stream);
    fclose(stream);
}

/* True when every answer of the file is as expected. */
static bool check_file(const char *folder, const char *name, uint32_t *asked)
{
    const char *path = sp_arena_print(&arena, "%s/%s", folder, name).text;
    sp_str expected = read_file(path), seen = answered(expected, asked);
    if (sp_str_equal(expected, seen))
        return true;
    if (getenv("UPDATE_GOLDEN") != NULL)
        rewrite(path, seen);
    else
        print_error("%s: %s\n", path, difference(expected, seen));
    return getenv("UPDATE_GOLDEN") != NULL;
}

static void answers_what_the_table_expects(void **state)
{
    (void)state;
    const char *root = getenv("SP_SOURCE_DIR");
    const char *path = sp_arena_print(&arena, "%s/tests/golden/facts", root != NULL ? root : ".").text;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    uint32_t asked = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (sp_str_ends(sp_str_from(entry->d_name), SP_STR(".Dockerfile")))
            wrong += !check_file(path, entry->d_name, &asked);
    }
    closedir(folder);
    assert_int_equal(wrong, 0);
    assert_true(asked >= 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(answers_what_the_table_expects)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
