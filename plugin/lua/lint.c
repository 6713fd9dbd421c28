/* What looks wrong in the text of a policy: its statements, locals and scopes. */
#include "lua/lint.h"

#include "lua/lint_internal.h"

#include <stdlib.h>

static const sp_lint_type unknown = {.base = SP_LINT_UNKNOWN};

void sp_lint__say(sp_lint_reader *in, uint32_t offset, const char *check, const char *format, ...)
{
    if (!in->telling)
        return;
    va_list arguments;
    va_start(arguments, format);
    sp_point point = sp_source_point(&in->source, offset);
    sp_lint_remark remark = {check, point.line, point.column, sp_arena_vprint(in->arena, format, arguments)};
    va_end(arguments);
    *sp_list_add(in->arena, in->out) = remark;
}

sp_lint_local *sp_lint__local(sp_lint_reader *in, sp_str name)
{
    for (uint32_t i = in->locals.count; i > 0; i--)
        if (sp_str_equal(in->locals.items[i - 1].name, name))
            return &in->locals.items[i - 1];
    return NULL;
}

/* A local that is assigned again may be anything by then. */
static void add_local(sp_lint_reader *in, const sp_token *name, sp_lint_type type)
{
    bool changes = sp_lint__has(&in->assigned, name->text);
    *sp_list_add(in->arena, &in->locals) = (sp_lint_local){name->text, changes ? unknown : type, name->offset, false};
}

static void end_scope(sp_lint_reader *in, uint32_t count)
{
    for (uint32_t i = count; i < in->locals.count; i++) {
        const sp_lint_local *local = &in->locals.items[i];
        if (local->type.base == SP_LINT_REPORT && !local->used)
            sp_lint__say(in, local->offset, "never-reports", "check never uses '%.*s', so the policy finds nothing",
                         SP_STR_ARG(local->name));
    }
    in->locals.count = count;
}

static void read_block(sp_lint_reader *in);

static void read_scope(sp_lint_reader *in)
{
    uint32_t count = in->locals.count;
    read_block(in);
    end_scope(in, count);
}

/* What check is given: build or project, report, options. */
static sp_lint_type parameter_type(const sp_lint_reader *in, uint32_t index)
{
    const sp_kind *judged = sp_str_is(in->policy->scope, "project") ? &sp_kind_project : &sp_kind_build;
    if (index == 0)
        return (sp_lint_type){.base = SP_LINT_OBJECT, .kind = judged};
    return (sp_lint_type){.base = index == 1 ? SP_LINT_REPORT : index == 2 ? SP_LINT_OPTIONS : SP_LINT_UNKNOWN};
}

/* function = "(" [ NAME { "," NAME } ] [ "..." ] ")" block "end" */
void sp_lint__function(sp_lint_reader *in, bool check, bool method)
{
    static const sp_token self = {SP_TOKEN_NAME, 0, {"self", 4}};
    uint32_t count = in->locals.count, index = 0, offset = sp_lint__now(in)->offset;
    bool more = false;
    if (method)
        add_local(in, &self, unknown);
    sp_lint__take(in, "(");
    while (!sp_lint__take(in, ")") && sp_lint__now(in)->kind != SP_TOKEN_END) {
        const sp_token *token = sp_lint__now(in);
        more = more || sp_token_is(token, "...");
        if (token->kind == SP_TOKEN_NAME)
            add_local(in, token, check ? parameter_type(in, index++) : unknown);
        in->at++;
    }
    if (check && index < 2 && !more)
        sp_lint__say(in, offset, "never-reports", "check takes no report, so the policy finds nothing");
    read_block(in);
    end_scope(in, count);
    sp_lint__take(in, "end");
}

/* expressions = expression { "," expression }; gives the types of the first ones, and their number. */
static uint32_t read_expressions(sp_lint_reader *in, sp_lint_type *types, uint32_t most)
{
    uint32_t count = 0;
    do {
        sp_lint_type type = sp_lint__expression(in);
        if (count < most)
            types[count] = type;
        count++;
    } while (sp_lint__take(in, ","));
    return count < most ? count : most;
}

enum { MOST_NAMES = 16 /* of one statement, with types; more have none */ };

/* attributes = [ "<" NAME ">" ] */
static void skip_attribute(sp_lint_reader *in)
{
    if (sp_lint__take(in, "<")) {
        in->at++;
        sp_lint__take(in, ">");
    }
}

/* A table that is made with items that may be nil has holes from the start. */
static void note_holes(sp_lint_reader *in, sp_str name, sp_lint_type type, const sp_token *first)
{
    if (type.base == SP_LINT_UNKNOWN && type.maybe && sp_token_is(first, "{"))
        *sp_list_add(in->arena, &in->holed) = name;
}

/* local = "local" ( "function" NAME function | NAME attributes { "," NAME attributes } [ "=" expressions ] ) */
static void read_local(sp_lint_reader *in)
{
    if (sp_lint__take(in, "function")) {
        const sp_token *name = sp_lint__now(in);
        in->at++;
        add_local(in, name, (sp_lint_type){.base = SP_LINT_OTHER});
        bool check =
            in->policy != NULL && in->telling && in->check_name.size > 0 && sp_str_equal(in->check_name, name->text);
        sp_lint__function(in, check, false);
        return;
    }
    const sp_token *names[MOST_NAMES];
    sp_lint_type types[MOST_NAMES] = {{.base = SP_LINT_UNKNOWN}};
    uint32_t count = 0, given = 0;
    do {
        if (count < MOST_NAMES)
            names[count++] = sp_lint__now(in);
        in->at++;
        skip_attribute(in);
    } while (sp_lint__take(in, ","));
    if (sp_lint__take(in, "=")) {
        const sp_token *first = sp_lint__now(in);
        given = read_expressions(in, types, MOST_NAMES);
        if (count == 1)
            note_holes(in, names[0]->text, types[0], first);
    }
    for (uint32_t i = 0; i < count; i++)
        add_local(in, names[i], i < given ? types[i] : unknown);
}

/* for = "for" NAME ( "=" | { "," NAME } "in" ) expressions "do" block "end" */
static void read_for(sp_lint_reader *in)
{
    const sp_token *names[MOST_NAMES];
    sp_lint_type types[1] = {unknown};
    uint32_t count = 0, scope = in->locals.count;
    do {
        if (count < MOST_NAMES)
            names[count++] = sp_lint__now(in);
        in->at++;
    } while (sp_lint__take(in, ","));
    bool numbers = sp_lint__take(in, "=");
    if (!numbers)
        sp_lint__take(in, "in");
    read_expressions(in, types, 1);
    sp_lint_type item = unknown;
    if (types[0].base == SP_LINT_EACH || types[0].base == SP_LINT_IPAIRS)
        item = sp_lint__item(types[0]);
    uint32_t place = types[0].base == SP_LINT_IPAIRS ? 1 : 0;
    sp_lint__take(in, "do");
    for (uint32_t i = 0; i < count; i++)
        add_local(in, names[i], i == place && !numbers ? item : unknown);
    read_block(in);
    end_scope(in, scope);
    sp_lint__take(in, "end");
}

static void read_condition(sp_lint_reader *in)
{
    uint32_t offset = sp_lint__now(in)->offset;
    sp_lint__test(in, sp_lint__expression(in), offset);
}

/* if = "if" expression "then" block { "elseif" expression "then" block } [ "else" block ] "end" */
static void read_if(sp_lint_reader *in)
{
    do {
        read_condition(in);
        sp_lint__take(in, "then");
        read_scope(in);
    } while (sp_lint__take(in, "elseif"));
    if (sp_lint__take(in, "else"))
        read_scope(in);
    sp_lint__take(in, "end");
}

/* repeat = "repeat" block "until" expression, which sees the block's locals */
static void read_repeat(sp_lint_reader *in)
{
    uint32_t count = in->locals.count;
    read_block(in);
    sp_lint__take(in, "until");
    read_condition(in);
    end_scope(in, count);
}

/* function-statement = "function" NAME { "." NAME } [ ":" NAME ] function */
static void read_function(sp_lint_reader *in)
{
    bool method = false;
    const sp_token *name = sp_lint__now(in);
    if (sp_lint__local(in, name->text) == NULL)
        *sp_list_add(in->arena, &in->assigned) = name->text;
    in->at++;
    while (sp_token_is(sp_lint__now(in), ".") || sp_token_is(sp_lint__now(in), ":")) {
        method = sp_token_is(sp_lint__now(in), ":");
        in->at += 2;
    }
    sp_lint__function(in, false, method);
}

/* Whether `NAME [ … ] = nil` makes a hole: taking the last item off, NAME[#NAME] = nil, does not. */
static void note_hole(sp_lint_reader *in, uint32_t start)
{
    const sp_token *token = &in->tokens.items[start];
    bool indexed = token->kind == SP_TOKEN_NAME && sp_token_is(token + 1, "[");
    bool last = sp_token_is(token + 2, "#") && sp_str_equal(token[3].text, token->text) && sp_token_is(token + 4, "]");
    bool nothing = sp_token_is(sp_lint__now(in), "=") && sp_token_is(sp_lint__now(in) + 1, "nil");
    if (indexed && !last && nothing && token[2].kind != SP_TOKEN_STRING)
        *sp_list_add(in->arena, &in->holed) = token->text;
}

/* statement = suffixed [ { "," suffixed } "=" expressions ] */
static void read_assignment(sp_lint_reader *in)
{
    sp_lint_names names = {0};
    sp_lint_type types[1];
    uint32_t start = in->at;
    do {
        sp_str variable;
        const sp_token *next = sp_lint__now(in) + 1;
        bool written = sp_token_is(next, "=") || sp_token_is(next, ",");
        if (written && sp_lint__now(in)->kind == SP_TOKEN_NAME) {
            variable = sp_lint__now(in)->text; /* it is not read */
            in->at++;
        } else {
            sp_lint__suffixed(in, &variable);
        }
        if (variable.size > 0)
            *sp_list_add(in->arena, &names) = variable;
    } while (sp_lint__take(in, ","));
    note_hole(in, start);
    if (!sp_lint__take(in, "="))
        return;
    for (uint32_t i = 0; i < names.count; i++)
        *sp_list_add(in->arena, &in->assigned) = names.items[i];
    read_expressions(in, types, 1);
}

/* A word that ends a block. */
static bool ends_block(const sp_token *token)
{
    return token->kind == SP_TOKEN_END || sp_token_is(token, "end") || sp_token_is(token, "else") ||
           sp_token_is(token, "elseif") || sp_token_is(token, "until");
}

static void read_return(sp_lint_reader *in)
{
    sp_lint_type types[1];
    if (!ends_block(sp_lint__now(in)) && !sp_token_is(sp_lint__now(in), ";"))
        read_expressions(in, types, 1);
}

static void read_while(sp_lint_reader *in)
{
    read_condition(in);
    sp_lint__take(in, "do");
    read_scope(in);
    sp_lint__take(in, "end");
}

static void read_do(sp_lint_reader *in)
{
    read_scope(in);
    sp_lint__take(in, "end");
}

/* goto NAME; "::" NAME "::" */
static void skip_name(sp_lint_reader *in)
{
    in->at++;
    sp_lint__take(in, "::");
}

static void read_nothing(sp_lint_reader *in)
{
    (void)in;
}

static void read_statement(sp_lint_reader *in)
{
    static const struct {
        const char *word;
        void (*read)(sp_lint_reader *in);
    } statements[] = {
        {"local", read_local},   {"for", read_for},           {"if", read_if},     {"while", read_while},
        {"repeat", read_repeat}, {"function", read_function}, {"do", read_do},     {"return", read_return},
        {"goto", skip_name},     {"::", skip_name},           {";", read_nothing}, {"break", read_nothing},
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (sp_lint__take(in, statements[i].word)) {
            statements[i].read(in);
            return;
        }
    }
    read_assignment(in);
}

/* block = { statement } */
static void read_block(sp_lint_reader *in)
{
    if (sp_lint__enter(in))
        while (!ends_block(sp_lint__now(in)))
            read_statement(in);
    in->depth--;
}

/* Whether a file asks for an option: .NAME, or its name in quotes. */
static bool asks_for(const sp_tokens *tokens, sp_str name)
{
    for (uint32_t i = 0; i < tokens->count; i++) {
        const sp_token *token = &tokens->items[i];
        bool field = token->kind == SP_TOKEN_NAME && i > 0 && sp_token_is(token - 1, ".");
        if ((field || token->kind == SP_TOKEN_STRING) && sp_str_equal(token->text, name))
            return true;
    }
    return false;
}

static bool is_asked_for(sp_lint_reader *in, sp_str name)
{
    if (asks_for(&in->tokens, name))
        return true;
    const sp_pack *pack = in->policy->modules;
    for (uint32_t i = 0; pack != NULL && i < pack->modules.count; i++) {
        sp_tokens tokens = {0};
        sp_tokens_read(in->arena, pack->modules.items[i].text, &tokens);
        if (asks_for(&tokens, name))
            return true;
    }
    return false;
}

/* Where an option is declared: NAME = {. */
static uint32_t declared_at(const sp_lint_reader *in, sp_str name)
{
    for (uint32_t i = 0; i + 2 < in->tokens.count; i++) {
        const sp_token *token = &in->tokens.items[i];
        if (token->kind == SP_TOKEN_NAME && sp_str_equal(token->text, name) && sp_token_is(token + 1, "=") &&
            sp_token_is(token + 2, "{"))
            return token->offset;
    }
    return 0;
}

static void check_options(sp_lint_reader *in)
{
    for (uint32_t i = 0; i < in->policy->options.count; i++) {
        const sp_option *option = &in->policy->options.items[i];
        if (!is_asked_for(in, option->name))
            sp_lint__say(in, declared_at(in, option->name), "unused-option", "nothing asks for the option '%.*s'",
                         SP_STR_ARG(option->name));
        if (sp_str_trim(option->help).size == 0)
            sp_lint__say(in, declared_at(in, option->name), "no-help", "the option '%.*s' does not say what it is for",
                         SP_STR_ARG(option->name));
    }
}

static int compare_remarks(const void *a, const void *b)
{
    const sp_lint_remark *first = a, *second = b;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    if (first->column != second->column)
        return first->column < second->column ? -1 : 1;
    return strcmp(first->check, second->check);
}

static void read_file(sp_lint_reader *in, bool telling)
{
    in->telling = telling;
    in->at = 0;
    in->check_found = false;
    while (sp_lint__now(in)->kind != SP_TOKEN_END) {
        read_block(in);
        in->at += sp_lint__now(in)->kind != SP_TOKEN_END;
    }
    end_scope(in, 0);
}

void sp_lint_read(sp_arena *arena, const sp_policy *policy, sp_str text, sp_lint_remarks *out)
{
    sp_lint_reader in = {.arena = arena, .policy = policy, .out = out, .check_name = SP_STR("")};
    in.source.text = text;
    sp_source_index(&in.source, arena);
    sp_tokens_read(arena, text, &in.tokens);
    sp_token last = in.tokens.items[in.tokens.count - 1];
    for (int i = 0; i < SP_LINT_AHEAD; i++)
        *sp_list_add(arena, &in.tokens) = last;
    read_file(&in, false);
    read_file(&in, true);
    if (policy != NULL)
        check_options(&in);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_remarks);
}
