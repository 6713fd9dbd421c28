/* Every ceiling of the product, each with the reason for its number. Public ones are documented in the README. */
#ifndef SP_BASE_LIMITS_H
#define SP_BASE_LIMITS_H

/* A Dockerfile: BuildKit refuses to read a larger one (v0.34.2). Exactly this many bytes pass. */
#define SP_LIMIT_INPUT_BYTES 16777216u

/* A physical line before its LF: the buffer of BuildKit's line reader, so a longer line is an error there too. */
#define SP_LIMIT_LINE_BYTES 65535u

/* Things BuildKit refuses that are reported of one file; the rest of it is not read. Garbage has millions, and nobody
   reads more. */
#define SP_LIMIT_REFUSALS 10000u

/* Expansions within expansions, ${a:-${b:-…}}: each level costs C stack; no real file goes past three. */
#define SP_LIMIT_EXPANSION_DEPTH 200

/* One expanded word: ENV A=$A$A doubles with every line, so a 30-line file could ask for gigabytes. */
#define SP_LIMIT_EXPANDED_BYTES 1048576u

/* Memory of a document above which expanded words must be short: a file of a hundred thousand lines could otherwise
   have a megabyte for each. */
#define SP_LIMIT_EXPANSION_MEMORY 536870912u
#define SP_LIMIT_EXPANDED_BYTES_THEN 256u

/* Characters times positions of the patterns of one word, ${a/x*y/z}: a usual one takes a hundred; beyond, the result
   is unknown. */
#define SP_LIMIT_PATTERN_STEPS 65536u

/* The same of all words of one document, after which only short work is done: a file of a hundred thousand lines could
   otherwise spend the above on each. */
#define SP_LIMIT_PATTERN_STEPS_TOTAL 16777216u
#define SP_LIMIT_PATTERN_STEPS_THEN 256u

/* A .dockerignore, and a line of it as BuildKit reads it: a usual one has thirty lines; each byte takes up to a hundred
   of memory. */
#define SP_LIMIT_IGNORE_BYTES 262144u
#define SP_LIMIT_IGNORE_LINE 65535u

/* Steps of the patterns of a .dockerignore times characters of one path and the folders it is in: a usual question
   takes some thousands; beyond, the answer is unknown. */
#define SP_LIMIT_IGNORE_STEPS 4194304u

/* What looking into one build context may list, in bytes of the paths there and 64 each: a tree of 250,000 files, which
   takes about a second. Beyond, what is there, and how much, is unknown. */
#define SP_LIMIT_CONTEXT_LISTED 33554432u

/* Steps of comparing what is in a context with the patterns of its .dockerignore and the wildcards of COPY, all in all:
   a quarter of a second. */
#define SP_LIMIT_CONTEXT_STEPS 268435456u

/* Shell within shell: groups, $(…), sh -c "…", one wrapper before another. Each level costs C stack; no real script
   goes past ten. */
#define SP_LIMIT_SHELL_DEPTH 100

/* What expansions in one script may give, for each of its bytes and at least: X=$X$X doubles with every line. */
#define SP_LIMIT_SHELL_EXPANSION_FACTOR 16u
#define SP_LIMIT_SHELL_EXPANSION_BYTES 4096u

/* What expanding words may add to what is written, in one graph: a variable that grows with every line (PATH=$PATH:/x
   ten thousand times) would cost the square of the file. Past it, values are unknown. */
#define SP_LIMIT_EXPANDED_TOTAL 8388608u

/* Text of ONBUILD triggers that fire, 64 bytes more a trigger: n triggers in n child stages fire n * n times. */
#define SP_LIMIT_TRIGGER_BYTES 1048576u

/* Stage names compared with bases of which only a part is known: n such bases would compare n * n times. */
#define SP_LIMIT_CANDIDATE_COMPARISONS 100000u

/* Steps of a policy on one build, and what each instruction of the Dockerfile adds: a usual policy takes some
   thousands; ten million take about a tenth of a second. */
#define SP_LIMIT_POLICY_STEPS 10000000u
#define SP_LIMIT_POLICY_STEPS_PER_INSTRUCTION 1000u

/* Memory of a policy on one build, without the model that the host makes for it: a usual policy takes 100 KB. */
#define SP_LIMIT_POLICY_MEMORY 16777216u

/* The model that the host makes for a policy (objects, texts, facts) on top of that memory, and what each instruction
   adds: a whole file's objects take some hundred bytes an instruction. */
#define SP_LIMIT_POLICY_MODEL 67108864u
#define SP_LIMIT_POLICY_MODEL_PER_INSTRUCTION 2048u

/* One block of a policy (a table's array, the stack): moving it is one long copy that nothing can interrupt. */
#define SP_LIMIT_POLICY_BLOCK 8388608u

/* Processor time of a policy on one build: steps are the limit one meets; this catches what no step counts, such as
   comparing two equal long strings. A thousand times what the largest files take. */
#define SP_LIMIT_POLICY_SECONDS 5

/* An error message of a policy: enough for a person, and no way to fill a report. */
#define SP_LIMIT_POLICY_MESSAGE 4096u

/* Items of a pattern: matching goes one C call deeper an item, so this bounds its stack. */
#define SP_LIMIT_PATTERN_ITEMS 200

/* Results of one table.unpack or string.byte: each is a slot of Lua's stack. */
#define SP_LIMIT_POLICY_RESULTS 4096

/* One string of a policy: copying and comparing are not counted as steps, so they must be short work. */
#define SP_LIMIT_POLICY_STRING 1048576u

/* Source of one policy: Lua compiles it in one go, which nothing can interrupt. */
#define SP_LIMIT_POLICY_SOURCE 262144u

/* Nested calls from library functions into Lua (pcall, gsub, sort): each takes C stack of the host's thread. */
#define SP_LIMIT_POLICY_C_DEPTH 24

/* Findings and their text, a policy on one build, counted when reported: nobody reads more. */
#define SP_LIMIT_FINDINGS 1000u
#define SP_LIMIT_FINDING_BYTES 1048576u

/* Waivers of a configuration, and annotations of one Dockerfile: each finding is compared with those of its policy. A
   large organisation has some hundreds. */
#define SP_LIMIT_WAIVERS 10000u
#define SP_LIMIT_ANNOTATIONS 1000u

/* Policies and bytes of one pack. */
#define SP_LIMIT_PACK_POLICIES 500u
#define SP_LIMIT_PACK_BYTES 4194304u

/* A configuration or pack.yaml, and how deep it may nest: nobody writes more by hand. */
#define SP_LIMIT_YAML_BYTES 1048576u
#define SP_LIMIT_YAML_DEPTH 64

/* Anchors of one YAML text: each is remembered until its end. */
#define SP_LIMIT_YAML_ANCHORS 1000u

/* Values of one compose file: "[a,a,…" has one every two bytes, and each takes a hundred; 20 MB then. */
#define SP_LIMIT_YAML_VALUES 200000u

/* Keys of the mappings of one compose file that have `<<`, with those it brings: n mappings that merge one of n keys
   would have n * n. */
#define SP_LIMIT_YAML_MERGED_KEYS 100000u

/* A compose file, with those that it extends and includes: services; and their keys, build arguments, named contexts
   and platforms, counted when read, merged and given. n services that share a list of n arguments have n * n. The
   largest real project has some thousands. */
#define SP_LIMIT_COMPOSE_SERVICES 10000u
#define SP_LIMIT_COMPOSE_ENTRIES 200000u

/* Variables that nobody gave and that are remarked: nobody reads more. */
#define SP_LIMIT_COMPOSE_REMARKS 1000u

/* Files that one reading opens for `extends` and `include`, and how deep these may go: each level costs C stack. */
#define SP_LIMIT_COMPOSE_FILES 100u
#define SP_LIMIT_COMPOSE_DEPTH 50

/* What the trees of all those files may take: several of the largest would not fit a small machine. */
#define SP_LIMIT_COMPOSE_MEMORY 33554432u

/* Variables of a .env file, and what the values of one reading may come to with variables filled in: A=$B$B doubles
   with every line. */
#define SP_LIMIT_DOTENV_VARIABLES 10000u
#define SP_LIMIT_FILLED_BYTES 8388608u

/* A bake file, its values and their nesting: what bake prints of a thousand targets is some 500 KB with 20,000 values,
   five deep. jansson takes up to 300 bytes a value. */
#define SP_LIMIT_BAKE_BYTES 4194304u
#define SP_LIMIT_BAKE_VALUES 50000u
#define SP_LIMIT_BAKE_NESTING 64u

/* Items of lists, and build arguments and named contexts each time they are inherited (or, in `builds:` of a
   configuration, shared by an alias): n targets that inherit from one
   with n arguments have n * n. */
#define SP_LIMIT_BAKE_ENTRIES 50000u

/* Targets that inherit from one another, groups in groups, variables in variables: each level costs C stack. */
#define SP_LIMIT_BAKE_DEPTH 50u

/* What a Mermaid flowchart may hold: Mermaid itself refuses more than 500 links or 50,000 characters, and GitLab and
   GitHub leave those settings as they are. More stages than this nobody can tell apart in one. */
#define SP_LIMIT_MERMAID_STAGES 200u
#define SP_LIMIT_MERMAID_LINKS 450u
#define SP_LIMIT_MERMAID_BYTES 50000u

/* What is written for Graphviz: its layout takes seconds for a thousand boxes, and minutes beyond. */
#define SP_LIMIT_DOT_STAGES 1000u
#define SP_LIMIT_DOT_LINKS 5000u

/* What is drawn as SVG: a browser takes about a second for so much, and nobody scrolls further. */
#define SP_LIMIT_SVG_STAGES 10000u
#define SP_LIMIT_SVG_LINKS 50000u

/* A SARIF run: GitHub and GitLab keep 5,000 results of one, and GitHub 1,000 steps of one; GitLab drops results with
   texts of more than 1,024 characters. Help is shown beside a result, and steps too: nobody reads more. */
#define SP_LIMIT_SARIF_RESULTS 5000u
#define SP_LIMIT_SARIF_STEPS 100u
#define SP_LIMIT_SARIF_TEXT 1000u
#define SP_LIMIT_SARIF_HELP 8000u

/* Annotations that GitHub keeps of one step, of each severity; and a message, of which it takes 64 KB. */
#define SP_LIMIT_GITHUB_ANNOTATIONS 10u
#define SP_LIMIT_GITHUB_MESSAGE 4000u

/* A comment on a merge request: GitHub refuses more than 65,536 characters (GitLab a million). Rows of its table:
   nobody reads more of them in a comment. */
#define SP_LIMIT_MARKDOWN_BYTES 60000u
#define SP_LIMIT_MARKDOWN_ROWS 50u

/* A JUnit report: GitLab reads files below 30 MB. Test cases that pass are 200 bytes each and are left out beyond this
   number. */
#define SP_LIMIT_JUNIT_BYTES 29000000u
#define SP_LIMIT_JUNIT_CASES 50000u

/* What a consumer that lists problems shows of one: a line of its list, and what opens below that. */
#define SP_LIMIT_LISTED_TEXT 1000u
#define SP_LIMIT_TOLD_TEXT 20000u

/* A report: above this a consumer gives up long before we do. */
#define SP_LIMIT_REPORT_BYTES 1073741824u

/* First and last size of an arena's blocks: a 30-line Dockerfile fits the first; larger ones stop doubling where
   half a block lost no longer matters. */
#define SP_LIMIT_ARENA_FIRST_BLOCK 4096u
#define SP_LIMIT_ARENA_LAST_BLOCK 262144u

/* An allocation from this size on has a block of its own, which grows without leaving its older copies behind; smaller
   ones waste less at the end of a shared block than they would cost the allocator. */
#define SP_LIMIT_ARENA_LARGE 32768u

#endif
