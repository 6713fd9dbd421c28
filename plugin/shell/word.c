/* Words of shell text: quotes, escapes, expansions, splitting. */
#include "shell/reader.h"

/* A word being put together. While its text stands in one piece it is a slice; only then does it become a copy. */
typedef struct builder {
    sp_shell *shell;
    sp_shell_text *text;
    sp_shell_words *out; /* NULL: the word is not split */
    size_t start;        /* of the word in the text */
    sp_str run;          /* the word so far, while `bytes` is empty */
    SP_LIST(char) bytes;
    SP_LIST(sp_variable_use) uses;
    bool unknown, is_default, quoted;
} builder;

static bool is_name_start(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_name(char byte)
{
    return is_name_start(byte) || (byte >= '0' && byte <= '9');
}

bool sp_shell__is_delimiter(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == ';' || byte == '&' || byte == '|' ||
           byte == '(' || byte == ')' || byte == '<' || byte == '>';
}

static void add_bytes(builder *word, sp_str part)
{
    sp_arena *arena = word->shell->arena;
    if (word->bytes.capacity - word->bytes.count < part.size) {
        size_t capacity = (word->bytes.count + part.size) * 2 + 16;
        if (capacity > UINT32_MAX)
            sp_arena_fail(arena);
        word->bytes.items = sp_arena_grow(arena, word->bytes.items, word->bytes.capacity, capacity);
        word->bytes.capacity = (uint32_t)capacity;
    }
    memcpy(word->bytes.items + word->bytes.count, part.text, part.size);
    word->bytes.count += (uint32_t)part.size;
}

/* Whether the part stands right after the run, in the text that both are slices of. */
static bool follows_run(const builder *word, sp_str part)
{
    uintptr_t first = (uintptr_t)word->text->text.text, last = first + word->text->text.size;
    uintptr_t run = (uintptr_t)word->run.text, next = (uintptr_t)part.text;
    return first <= run && run < last && next < last && run + word->run.size == next;
}

static void add(builder *word, sp_str part)
{
    if (part.size == 0)
        return;
    if (word->run.size == 0 && word->bytes.count == 0) {
        word->run = part;
    } else if (word->bytes.count == 0 && follows_run(word, part)) {
        word->run.size += part.size;
    } else {
        if (word->bytes.count == 0)
            add_bytes(word, word->run);
        add_bytes(word, part);
    }
}

static sp_str built(const builder *word)
{
    return word->bytes.count > 0 ? (sp_str){word->bytes.items, word->bytes.count} : word->run;
}

static void add_unknown(builder *word)
{
    sp_str so_far = built(word);
    word->unknown = true;
    if (so_far.size == 0 || so_far.text[so_far.size - 1] != '\0')
        add(word, (sp_str){"\0", 1});
}

static sp_shell_word finish(builder *word)
{
    sp_str slice = {word->text->text.text + word->start, word->text->at - word->start};
    sp_str shape = built(word);
    sp_value value = {.text = slice,
                      .span = sp_shell__span(word->shell, word->text, slice),
                      .known = !word->unknown,
                      .is_default = word->is_default && !word->unknown,
                      .shape = shape,
                      .variables = word->uses.items,
                      .variable_count = word->uses.count};
    if (value.known)
        value.value = shape;
    return (sp_shell_word){value, word->quoted};
}

/* Ends the field that splitting cut off; the word goes on. */
static void end_field(builder *word)
{
    if (built(word).size == 0 && !word->quoted)
        return;
    *sp_list_add(word->shell->arena, word->out) = finish(word);
    *word =
        (builder){.shell = word->shell, .text = word->text, .out = word->out, .start = word->start, .uses = word->uses};
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Adds what an expansion gave, split at blanks where the shell would. */
static void add_expansion(builder *word, sp_str shape, bool quoted)
{
    if (!sp_shell__spend(word->shell, shape.size)) {
        add_unknown(word);
        return;
    }
    if (quoted || word->out == NULL) {
        word->unknown = word->unknown || sp_str_find(shape, '\0') < shape.size;
        add(word, shape);
        return;
    }
    while (shape.size > 0) {
        size_t size = 0;
        while (size < shape.size && !is_blank(shape.text[size]))
            size++;
        sp_str field = sp_str_head(shape, size);
        word->unknown = word->unknown || sp_str_find(field, '\0') < field.size;
        add(word, field);
        if (size < shape.size)
            end_field(word);
        shape = sp_str_skip(shape, size + 1);
    }
}

/* The running shell sets these whatever the Dockerfile says nothing about. */
static bool is_set_by_shell(sp_str name)
{
    static const char *const names[] = {"HOME", "PATH", "PWD",  "OLDPWD",   "IFS",    "PPID",   "HOSTNAME", "SHLVL",
                                        "UID",  "EUID", "USER", "HOSTTYPE", "RANDOM", "LINENO", "SECONDS",  "OPTARG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sp_str_is(name, names[i]))
            return true;
    }
    return sp_str_starts(name, SP_STR("BASH"));
}

/* What a variable is to a word. */
typedef struct found {
    bool known, is_default;
    bool set;      /* perhaps to nothing */
    bool declared; /* by an ARG that gives no value */
    sp_str shape;
} found;

static found find_variable(builder *word, sp_str name, sp_span at)
{
    const sp_shell_variable *own = sp_shell__variable(word->shell, name);
    if (own != NULL) {
        bool known = sp_str_find(own->shape, '\0') == own->shape.size;
        return (found){known, own->is_default, true, false, own->shape};
    }
    const sp_script_input *input = word->shell->input;
    sp_variable variable = {.certainty = SP_CERTAIN_UNKNOWN, .set = true, .definition = UINT32_MAX};
    if (input->lookup != NULL)
        variable = input->lookup(name, input->payload);
    if (variable.certainty == SP_CERTAIN_UNDEFINED && is_set_by_shell(name))
        variable.certainty = SP_CERTAIN_UNKNOWN;
    *sp_list_add(word->shell->arena, &word->uses) =
        (sp_variable_use){name, at, variable.certainty, variable.definition};
    if (variable.certainty == SP_CERTAIN_UNDEFINED)
        return (found){.known = true};
    if (variable.certainty != SP_CERTAIN_UNKNOWN)
        return (found){true, variable.certainty == SP_CERTAIN_DEFAULT, variable.set, false, variable.value};
    bool declared = !variable.set && variable.definition != UINT32_MAX;
    return (found){.set = variable.set,
                   .declared = declared,
                   .shape = variable.shape.size > 0 ? variable.shape : (sp_str){"\0", 1}};
}

static void add_found(builder *word, found value, bool quoted)
{
    word->is_default = word->is_default || value.is_default;
    add_expansion(word, value.shape, quoted);
}

static void read_part(builder *word, bool quoted);

/* substitution = "$(" list ")" with the cursor after the parenthesis */
static void read_substitution(builder *word)
{
    sp_shell *shell = word->shell;
    if (!sp_shell__enter(shell, word->text))
        return;
    sp_shell_scope outer = shell->scope;
    sp_shell__read_list(shell, word->text);
    shell->scope = outer;
    sp_shell__leave(shell);
    if (sp_shell__peek(word->text, 0) == ')')
        word->text->at++;
}

/* backticks = "`" list "`" with the cursor after the first one; inside, \` \\ and \$ lose their backslash */
static void read_backticks(builder *word)
{
    sp_shell *shell = word->shell;
    sp_shell_text *text = word->text;
    size_t start = text->at;
    bool escaped = false;
    while (text->at < text->text.size && sp_shell__peek(text, 0) != '`') {
        escaped = escaped || sp_shell__peek(text, 0) == '\\';
        text->at += sp_shell__peek(text, 0) == '\\' && text->at + 1 < text->text.size ? 2 : 1;
    }
    sp_str slice = {text->text.text + start, text->at - start};
    text->at += text->at < text->text.size;
    sp_shell_text inner = {.text = slice, .line = text->line, .in_source = text->in_source, .whole = text->whole};
    if (escaped) {
        char *copy = sp_arena_alloc(shell->arena, slice.size);
        size_t size = 0;
        for (size_t i = 0; i < slice.size; i++) {
            bool drop = slice.text[i] == '\\' && i + 1 < slice.size && strchr("`\\$", slice.text[i + 1]) != NULL;
            copy[size++] = slice.text[i += drop];
        }
        inner = (sp_shell_text){.text = {copy, size}, .whole = sp_shell__span(shell, text, slice)};
    }
    if (!sp_shell__enter(shell, text))
        return;
    sp_shell_scope outer = shell->scope;
    sp_shell__read(shell, &inner);
    shell->scope = outer;
    sp_shell__leave(shell);
}

/* operand = {part} "}": what stands after the operator of ${name…} */
static builder read_operand(builder *word, bool quoted)
{
    builder operand = {.shell = word->shell, .text = word->text, .start = word->text->at};
    while (word->text->at < word->text->text.size && sp_shell__peek(word->text, 0) != '}')
        read_part(&operand, quoted);
    word->text->at += word->text->at < word->text->text.size;
    return operand;
}

/* ${name:-word} ${name-word} ${name:=word} ${name:+word} ${name:?word}. An ARG without a value takes the word, as the
   build does to whom nobody gives one. */
static void add_parameter(builder *word, found value, char operator, bool colon, const builder *operand, bool quoted)
{
    bool missing = value.declared || !value.set || (colon && value.shape.size == 0);
    bool takes_word = missing == (operator!= '+');
    if (operator== '?') {
        add_found(word, value, quoted);
    } else if (!value.known && !value.declared) {
        add_unknown(word);
    } else if (takes_word) {
        word->is_default = word->is_default || operand->is_default || value.declared || value.is_default;
        add_expansion(word, built(operand), quoted);
    } else if (operator!= '+') {
        add_found(word, value, quoted);
    }
}

/* braced = "${" (name [[":"] ("-" | "=" | "+" | "?") operand] | text) "}" with the cursor after the brace; what any
   other text gives is unknown */
static void read_braced(builder *word, size_t start, bool quoted)
{
    sp_shell_text *text = word->text;
    size_t name_start = text->at;
    while (is_name(sp_shell__peek(text, 0)))
        text->at++;
    sp_str name = {text->text.text + name_start, text->at - name_start};
    bool colon = sp_shell__peek(text, 0) == ':' && strchr("-=+?", sp_shell__peek(text, 1)) != NULL &&
                 sp_shell__peek(text, 1) != '\0';
    text->at += colon;
    char operator= sp_shell__peek(text, 0);
    bool plain = operator== '}' && !colon;
    bool readable = name.size > 0 && is_name_start(name.text[0]) && (plain || strchr("-=+?", operator) != NULL);
    if (!plain && operator!= '\0')
        text->at++;
    if (!sp_shell__enter(word->shell, text))
        return;
    builder operand = read_operand(word, quoted);
    sp_shell__leave(word->shell);
    if (!readable || operator== '\0') {
        add_unknown(word);
        return;
    }
    sp_str slice = {text->text.text + start, text->at - start};
    found value = find_variable(word, name, sp_shell__span(word->shell, text, slice));
    if (plain)
        add_found(word, value, quoted);
    else
        add_parameter(word, value, operator, colon, &operand, quoted);
}

/* ansi = "$'" {byte | "\" byte} "'" with the cursor after the quote; what \n and its like stand for does not matter */
static void read_ansi_quotes(builder *word)
{
    sp_shell_text *text = word->text;
    while (text->at < text->text.size && sp_shell__peek(text, 0) != '\'') {
        bool escaped = sp_shell__peek(text, 0) == '\\' && text->at + 1 < text->text.size;
        text->at += escaped;
        if (sp_shell__peek(text, 0) == '\0' || (escaped && strchr("\\'\"?", sp_shell__peek(text, 0)) == NULL))
            add_unknown(word);
        else
            add(word, (sp_str){text->text.text + text->at, 1});
        text->at++;
    }
    text->at += text->at < text->text.size;
    word->quoted = true;
}

/* dollar = "$((" … "))" | "$(" list ")" | "${" … "}" | "$'" … "'" | "$" name | "$" special | "$" */
static void read_dollar(builder *word, bool quoted)
{
    sp_shell_text *text = word->text;
    size_t start = text->at++;
    char next = sp_shell__peek(text, 0);
    if (next == '(') {
        bool arithmetic = sp_shell__peek(text, 1) == '(' && sp_shell__skip_arithmetic(text);
        text->at += !arithmetic;
        if (!arithmetic)
            read_substitution(word);
        add_unknown(word);
    } else if (next == '{') {
        text->at++;
        read_braced(word, start, quoted);
    } else if (next == '\'' && !quoted) {
        text->at++;
        read_ansi_quotes(word);
    } else if (is_name_start(next)) {
        while (is_name(sp_shell__peek(text, 0)))
            text->at++;
        sp_str slice = {text->text.text + start, text->at - start};
        add_found(word, find_variable(word, sp_str_skip(slice, 1), sp_shell__span(word->shell, text, slice)), quoted);
    } else if (next != '\0' && strchr("@*#?$!-0123456789", next) != NULL) {
        text->at++;
        add_unknown(word);
    } else if (next != '"' || quoted) {
        add(word, (sp_str){text->text.text + start, 1});
    }
}

/* single = "'" {byte} "'" */
static void read_single_quotes(builder *word)
{
    sp_shell_text *text = word->text;
    sp_str rest = sp_str_skip(text->text, ++text->at);
    size_t size = sp_str_find(rest, '\'');
    sp_str part = sp_str_head(rest, size);
    size_t known = sp_str_find(part, '\0');
    word->unknown = word->unknown || known < size;
    add(word, part);
    text->at += size < rest.size ? size + 1 : size;
    word->quoted = true;
}

/* double = '"' {part} '"' */
static void read_double_quotes(builder *word)
{
    sp_shell_text *text = word->text;
    text->at++;
    while (text->at < text->text.size && sp_shell__peek(text, 0) != '"')
        read_part(word, true);
    text->at += text->at < text->text.size;
    word->quoted = true;
}

/* escape = "\" (line-end | byte): inside double quotes it counts before "$", "`", '"' and itself only */
static void read_escape(builder *word, bool quoted)
{
    sp_shell_text *text = word->text;
    char next = sp_shell__peek(text, 1);
    if (next == '\n' || (next == '\r' && sp_shell__peek(text, 2) == '\n')) {
        text->at += next == '\n' ? 2 : 3;
        return;
    }
    bool escapes = text->at + 1 < text->text.size && (!quoted || strchr("$`\"\\", next) != NULL);
    if (escapes && next != '\0') {
        add(word, (sp_str){text->text.text + text->at + 1, 1});
        text->at += 2;
    } else {
        add(word, (sp_str){text->text.text + text->at++, 1});
    }
}

/* plain = byte {byte that means nothing inside a word} */
static void read_plain(builder *word, bool quoted)
{
    sp_shell_text *text = word->text;
    size_t start = text->at++;
    while (text->at < text->text.size) {
        char byte = text->text.text[text->at];
        bool special = byte == '"' || byte == '\\' || byte == '$' || byte == '`' || byte == '\0' || byte == '}' ||
                       (!quoted && (byte == '\'' || sp_shell__is_delimiter(byte)));
        if (special)
            break;
        text->at++;
    }
    add(word, (sp_str){text->text.text + start, text->at - start});
}

/* part = "'" … "'" | '"' … '"' | "\" byte | dollar | "`" … "`" | plain bytes */
static void read_part(builder *word, bool quoted)
{
    sp_shell_text *text = word->text;
    char byte = text->text.text[text->at];
    if (byte == '\\') {
        read_escape(word, quoted);
    } else if (byte == '$') {
        read_dollar(word, quoted);
    } else if (byte == '`') {
        text->at++;
        read_backticks(word);
        add_unknown(word);
    } else if (byte == '"' && !quoted) {
        read_double_quotes(word);
    } else if (byte == '"') {
        text->at++; /* quotes inside "${x:-…}" */
    } else if (byte == '\'' && !quoted) {
        read_single_quotes(word);
    } else if (byte == '\0') {
        text->at++;
        add_unknown(word);
    } else {
        read_plain(word, quoted);
    }
}

/* word = part {part}, and <( list ) or >( list ) at its beginning */
static void read_parts(builder *word)
{
    sp_shell_text *text = word->text;
    if ((sp_shell__peek(text, 0) == '<' || sp_shell__peek(text, 0) == '>') && sp_shell__peek(text, 1) == '(') {
        text->at += 2;
        read_substitution(word);
        add_unknown(word);
    }
    while (text->at < text->text.size && !sp_shell__is_delimiter(text->text.text[text->at]))
        read_part(word, false);
}

/* fields = word, split at the blanks of what its expansions give */
void sp_shell__read_words(sp_shell *shell, sp_shell_text *text, sp_shell_words *out)
{
    builder word = {.shell = shell, .text = text, .out = out, .start = text->at};
    uint32_t first = out->count;
    read_parts(&word);
    end_field(&word);
    for (uint32_t i = first; i < out->count; i++)
        out->items[i].value.variables = word.uses.items; /* which grew after the earlier fields had ended */
}

/* word, not split */
sp_shell_word sp_shell__read_word(sp_shell *shell, sp_shell_text *text)
{
    builder word = {.shell = shell, .text = text, .start = text->at};
    read_parts(&word);
    return finish(&word);
}
