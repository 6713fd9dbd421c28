/* The options of BuildKit's own checks, in the check directive or BUILDKIT_DOCKERFILE_CHECK: what it cannot read there
   it refuses, before it looks at any stage. */
#include "dockerfile/blank.h"
#include "graph/build.h"

#define ARGUMENT SP_STR("BUILDKIT_DOCKERFILE_CHECK")

enum { MOST_OPTIONS = 3 }; /* the last one takes the rest */

/* The text of the directive ends at its first space. */
static sp_word directive_options(const sp_document *document)
{
    for (uint32_t i = 0; i < document->directives.count; i++) {
        const sp_directive *directive = &document->directives.items[i];
        if (sp_str_equal(directive->name, SP_STR("check"))) {
            sp_str text = directive->value.text;
            return (sp_word){sp_str_head(text, sp_str_find(text, ' ')), directive->value.span};
        }
    }
    return (sp_word){.text = SP_STR("")};
}

static void refuse(sp_builder *builder, sp_span span, const char *wrong, sp_str text)
{
    sp_judge__say(builder, SP_DIAGNOSTIC_INVALID_VALUE, span, true,
                  "%s '%.*s': options of check= are skip=NAME, experimental=NAME and error=true, with ';' between them "
                  "and no blank",
                  wrong, SP_STR_ARG(sp_judge__brief(text)));
}

/* option = ( "skip" | "experimental" ) "=" names | "error" "=" bool */
static bool judge_option(sp_builder *builder, sp_span span, sp_str text)
{
    size_t equals = sp_str_find(text, '=');
    sp_str name = sp_strip_spaces(sp_str_head(text, equals));
    if (equals == text.size) {
        refuse(builder, span, "there is no '=' in", text);
        return false;
    }
    sp_str value = sp_strip_spaces(sp_str_skip(text, equals + 1));
    if (sp_str_equal(name, SP_STR("error"))) {
        if (!sp_str_is_bool(value))
            refuse(builder, span, "error= is neither true nor false but", value);
        return sp_str_is_bool(value);
    }
    bool known = sp_str_equal(name, SP_STR("skip")) || sp_str_equal(name, SP_STR("experimental"));
    if (!known)
        refuse(builder, span, "there is no option", name);
    return known;
}

/* options = [ option { ";" option } ] */
void sp_lint__judge(sp_builder *builder)
{
    const sp_str *given = sp_scope__given(builder->whole, ARGUMENT);
    sp_word options = given != NULL ? (sp_word){*given, {0, 0}} : directive_options(builder->document);
    sp_str rest = sp_strip_spaces(options.text);
    bool more = rest.size > 0;
    for (int i = 1; more; i++) {
        size_t size = i == MOST_OPTIONS ? rest.size : sp_str_find(rest, ';');
        more = judge_option(builder, options.span, sp_str_head(rest, size)) && size < rest.size;
        rest = sp_str_skip(rest, size + 1);
    }
}
