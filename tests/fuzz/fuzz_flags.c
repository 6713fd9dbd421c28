/* Any text as instructions with flags: what is read of the flags and mounts of each, written down again, is read the
   same. A text that begins with '`' has it as its escape. */
#include "base/buf.h"
#include "base/limits.h"
#include "graph/graph.h"

#include "fuzz/target.h"

static const struct {
    sp_instruction_kind instruction;
    sp_str name;
} rows[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {SP_##INSTRUCTION, {name, sizeof(name) - 1}},
#include "dockerfile/flag.def"
#undef SP_FLAG
};

static bool is_known(sp_instruction_kind instruction, sp_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].instruction == instruction && sp_str_equal(rows[i].name, name))
            return true;
    }
    return false;
}

/* BuildKit looks at no flag of these. */
static bool ignores_flags(const sp_instruction *instruction)
{
    return instruction->kind == SP_ARG || instruction->kind == SP_STOPSIGNAL ||
           (instruction->kind == SP_HEALTHCHECK && instruction->as.healthcheck.none);
}

/* Flags stand one after the other, and before the arguments. */
static void check_places(const sp_instruction *instruction)
{
    uint32_t end = instruction->span.start;
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        require(flag->span.start >= end && flag->span.start + 2 < flag->span.end);
        require(sp_span_contains(flag->span, flag->value.span));
        end = flag->span.end;
    }
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        sp_span span = instruction->arguments.items[i].span;
        require(span.start >= end || span.start == span.end);
    }
}

static bool is_one_of(sp_str text, const char *const *names)
{
    while (*names != NULL && !sp_str_is(text, *names))
        names++;
    return *names != NULL;
}

/* The last field with a value and one of the keys is the word, and there is none without such a field. */
static void check_meaning(const sp_mount *mount, const sp_word *word, const char *const *keys)
{
    const sp_word *last = NULL;
    for (uint32_t i = 0; i < mount->field_count; i++) {
        if (mount->fields[i].has_value && is_one_of(mount->fields[i].key, keys))
            last = &mount->fields[i].value;
    }
    require(word == last);
}

static void check_mount(const sp_mount *mount)
{
    for (uint32_t i = 0; i < mount->field_count; i++) {
        const sp_mount_field *field = &mount->fields[i];
        for (size_t j = 0; j < field->key.size; j++)
            require(field->key.text[j] != '=' && (field->key.text[j] < 'A' || field->key.text[j] > 'Z'));
        require(field->has_value || field->value.text.size == 0);
        require(sp_span_contains(mount->flag->span, field->value.span));
    }
    check_meaning(mount, mount->type, (const char *const[]){"type", NULL});
    check_meaning(mount, mount->from, (const char *const[]){"from", NULL});
    check_meaning(mount, mount->source, (const char *const[]){"source", "src", NULL});
    check_meaning(mount, mount->target, (const char *const[]){"target", "dst", "destination", NULL});
}

static void check_instruction(const sp_instruction *instruction)
{
    uint32_t mounts = 0;
    bool is_run = instruction->kind == SP_RUN;
    check_places(instruction);
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        require(instruction->broken || ignores_flags(instruction) || is_known(instruction->kind, flag->name));
        if (is_run && sp_str_is(flag->name, "mount"))
            require(mounts < instruction->as.run.mount_count && instruction->as.run.mounts[mounts++].flag == flag);
    }
    require(!is_run || mounts == instruction->as.run.mount_count);
    for (uint32_t i = 0; i < mounts; i++)
        check_mount(&instruction->as.run.mounts[i]);
}

/* A byte over 0x7F was read as the character of that number: it is written as that byte. */
static void write_escaped(sp_buf *out, sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned byte = (unsigned char)text.text[i];
        if (byte >= 0x80) {
            require((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size);
            byte = (byte & 3) << 6 | ((unsigned char)text.text[++i] & 0x3F);
        }
        sp_buf_byte(out, '\\');
        sp_buf_byte(out, (char)byte);
    }
}

/* Inside quotes of a record, a quote is written twice. */
static void write_quoted(sp_buf *out, sp_str text)
{
    for (size_t quote; (quote = sp_str_find(text, '"')) < text.size; text = sp_str_skip(text, quote + 1)) {
        write_escaped(out, sp_str_head(text, quote));
        sp_buf_text(out, "\\\"\\\"");
    }
    write_escaped(out, text);
}

static void write_fields(sp_buf *out, const sp_mount *mount)
{
    for (uint32_t i = 0; i < mount->field_count; i++) {
        const sp_mount_field *field = &mount->fields[i];
        sp_buf_text(out, i > 0 ? ",\\\"" : "\\\"");
        write_quoted(out, field->key);
        sp_buf_text(out, field->has_value ? "\\=" : "");
        write_quoted(out, field->value.text);
        sp_buf_text(out, "\\\"");
    }
}

static void write_instruction(sp_buf *out, const sp_instruction *instruction)
{
    bool has_mounts = instruction->kind == SP_RUN && instruction->as.run.mount_count > 0;
    const sp_mount *mount = has_mounts ? instruction->as.run.mounts : NULL;
    const sp_mount *end = has_mounts ? mount + instruction->as.run.mount_count : NULL;
    sp_buf_text(out, "FROM a\n");
    sp_buf_add(out, sp_instruction_name(instruction->kind));
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        bool is_mount = mount != end && mount->flag == flag;
        sp_buf_text(out, " --");
        write_escaped(out, flag->name);
        sp_buf_text(out, flag->has_value ? "=" : "");
        if (is_mount && mount->field_count > 0)
            write_fields(out, mount);
        else
            write_escaped(out, flag->value.text);
        if (is_mount)
            mount++;
    }
    sp_buf_text(out, " x y\n");
}

static void compare_mounts(const sp_mount *a, const sp_mount *b)
{
    require(a->field_count == b->field_count);
    for (uint32_t i = 0; i < a->field_count; i++) {
        require(sp_str_equal(a->fields[i].key, b->fields[i].key));
        require(a->fields[i].has_value == b->fields[i].has_value);
        require(sp_str_equal(a->fields[i].value.text, b->fields[i].value.text));
    }
}

static void compare(const sp_instruction *a, const sp_instruction *b)
{
    require(a->kind == b->kind && a->flags.count == b->flags.count);
    for (uint32_t i = 0; i < a->flags.count; i++) {
        const sp_flag *one = &a->flags.items[i], *other = &b->flags.items[i];
        bool is_mount = a->kind == SP_RUN && sp_str_is(one->name, "mount");
        require(sp_str_equal(one->name, other->name) && one->has_value == other->has_value);
        require(is_mount || sp_str_equal(one->value.text, other->value.text));
    }
    if (a->kind != SP_RUN)
        return;
    require(a->as.run.mount_count == b->as.run.mount_count);
    for (uint32_t i = 0; i < a->as.run.mount_count; i++)
        compare_mounts(&a->as.run.mounts[i], &b->as.run.mounts[i]);
}

static void check_written(sp_arena *arena, const sp_instruction *instruction)
{
    sp_buf buf;
    sp_buf_init(&buf, sp_alloc_default(), SP_LIMIT_LINE_BYTES);
    write_instruction(&buf, instruction);
    sp_str text = sp_arena_copy(arena, sp_buf_str(&buf));
    bool fits = !buf.failed;
    sp_buf_dispose(&buf);
    if (!fits)
        return;
    const sp_document *again = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    require(again->instructions.count == 2);
    compare(instruction, &again->instructions.items[1]);
}

/* What mounts bring is a mount of the instruction that brings it. */
static void check_graph(const sp_document *document)
{
    const sp_build_input input = {.arguments_complete = false};
    const sp_graph *graph = sp_graph_build(document, &input);
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const sp_edge *edge = &graph->edges[i];
        const sp_instruction *run = graph->instructions[edge->instruction].instruction;
        require((edge->kind == SP_EDGE_MOUNT) == (edge->mount != NULL));
        require(edge->mount == NULL ||
                (edge->mount >= run->as.run.mounts && edge->mount < run->as.run.mounts + run->as.run.mount_count));
    }
    for (uint32_t i = 0; i < graph->diagnostics.count; i++) {
        sp_span span = graph->diagnostics.items[i].span;
        require(span.start <= span.end && span.end <= document->source.text.size);
    }
}

static void check_text(sp_arena *arena, sp_str text)
{
    bool backtick = text.size > 0 && text.text[0] == '`';
    const sp_str parts[] = {backtick ? SP_STR("# escape=`\n") : SP_STR(""),
                            SP_STR("FROM a AS b\nFROM a AS c\nARG X\nENV E=e\n"), sp_str_skip(text, backtick)};
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), sp_arena_join(arena, parts, 3));
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (instruction->kind == SP_UNKNOWN_INSTRUCTION)
            continue;
        check_instruction(instruction);
        check_written(arena, instruction);
    }
    check_graph(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0)
        check_text(&arena, (sp_str){(const char *)bytes, size});
    sp_arena_dispose(&arena);
    return 0;
}
