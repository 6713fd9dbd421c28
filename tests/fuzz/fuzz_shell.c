/* Any bytes as the script of a RUN: every word stands inside the text, what is known holds no unknown byte, and the
   same text gives the same commands. */
#include "shell/script.h"

#include "fuzz/target.h"

static sp_variable look_up(sp_str name, void *payload)
{
    (void)payload;
    if (name.size % 3 == 0)
        return (sp_variable){.certainty = SP_CERTAIN_UNKNOWN, .set = true, .definition = UINT32_MAX};
    return (sp_variable){.certainty = SP_CERTAIN_KNOWN, .set = true, .value = SP_STR("a b"), .definition = 0};
}

static void check_word(const sp_shell_word *word, size_t size)
{
    sp_str shape = word->value.shape;
    require(word->value.span.start <= word->value.span.end && word->value.span.end <= size);
    require(word->value.known == (sp_str_find(shape, '\0') == shape.size));
}

static void check_command(const sp_script *script, const sp_command *command, size_t size)
{
    require(command->span.start <= command->span.end && command->span.end <= size);
    require(command->pipe == UINT32_MAX || command->pipe < script->pipe_count);
    require(command->word_count > 0 || command->name.size == 0);
    require(command->word_count == 0 || sp_str_ends(command->words[0].value.shape, command->name));
    for (uint32_t i = 0; i < command->word_count && i < 100; i++)
        check_word(&command->words[i], size);
    for (uint32_t i = 0; i < command->redirect_count && i < 100; i++)
        check_word(&command->redirects[i].target, size);
    for (uint32_t i = 0; i < command->assignment_count && i < 100; i++) {
        require(command->assignments[i].name.size > 0);
        check_word(&command->assignments[i].value, size);
    }
}

static void check_script(const sp_script *script, size_t size)
{
    for (uint32_t i = 0; i < script->command_count; i++)
        check_command(script, &script->commands[i], size);
    for (uint32_t i = 0; i < script->pipe_count; i++)
        require(script->pipes[i].first + script->pipes[i].count <= script->command_count);
}

static void compare(const sp_script *a, const sp_script *b)
{
    require(a->known == b->known && a->command_count == b->command_count && a->pipe_count == b->pipe_count);
    for (uint32_t i = 0; i < a->command_count; i++) {
        const sp_command *one = &a->commands[i], *other = &b->commands[i];
        require(one->word_count == other->word_count && one->certain == other->certain);
        require(one->branch == other->branch && one->pipe == other->pipe);
        require(sp_str_equal(one->name, other->name) && sp_str_equal(one->directory, other->directory));
        for (uint32_t j = 0; j < one->word_count; j++)
            require(sp_str_equal(one->words[j].value.shape, other->words[j].value.shape));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) != 0) {
        sp_arena_dispose(&arena);
        return 0;
    }
    sp_str text = {(const char *)bytes, size};
    sp_joint joint = {0, 0};
    sp_word word = {text, {0, (uint32_t)size}};
    sp_instruction run = {
        .kind = SP_RUN, .line = {.text = text, .joints = &joint, .joint_count = 1}, .span = word.span};
    *sp_list_add(&arena, &run.arguments) = word;
    sp_document document = {.arena = &arena, .source = {.text = text}};
    sp_script_input input = {.instruction = &run, .shell_known = true, .lookup = look_up};
    const sp_script *script = sp_script_parse(&arena, &document, &input);
    check_script(script, size);
    compare(script, sp_script_parse(&arena, &document, &input));
    sp_arena_dispose(&arena);
    return 0;
}
