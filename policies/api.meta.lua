---@meta

-- The API of stagepolicy's policies, version 1, for editors with LuaLS; 'stagepolicy api --format luals' writes it.
-- Name its folder in workspace.library of .luarc.json, and annotate what check gets:
--   ---@param build build
--   ---@param report fun(finding: finding)

---@alias text string|value|(string|value)[]

--- The table that a policy's file returns.
---@class policy
---@field id string PACK/NAME, by the pack's name and the policy's folder
---@field title string one line that says what is required
---@field severity 'error'|'warning'|'info' of its findings; a configuration may change it
---@field unknown ('error'|'warning'|'info'|'ignore')? of undecided findings; "info" when left out
---@field scope ('build'|'project')? what check gets: a build (when left out) or the project
---@field enabled boolean? false: it judges only where a configuration or --policy names it
---@field since string? the pack's version that brought it
---@field tags (string|string[])? words to find it by
---@field aliases (string|string[])? what other tools call it: their ignore comments and explain find it
---@field help string? Markdown: why, what to do instead, and code blocks below ### Avoid and ### Prefer, which are tests
---@field options table<string, policy_option>? the options by name, in lower case
---@field check fun(build: build, report: fun(finding: finding), options: table<string, any>) judges; called once a build, or once a project (then its first argument is the project)

--- An entry of a policy's options.
---@class policy_option
---@field type 'boolean'|'integer'|'string'|'list'|'map'|'enum'|'severity'|'pattern' what values it takes
---@field of ('boolean'|'integer'|'string'|'enum'|'severity'|'pattern')? of a list or map: what its items are; "string" when left out
---@field default any the value where a configuration says nothing
---@field help string? one sentence that says what it is for
---@field choices string[]? of an enum: its values

--- report { … } says what was found; the same (policy, place, message) twice is one finding.
---@class finding
---@field when (answer|boolean)? yes: a finding; no: nothing; unknown: an undecided finding, which has no fix
---@field unless (answer|boolean)? the reverse; with neither there is always a finding
---@field at any an object or a place; may be left out with an answer, which brings its own
---@field message string one sentence
---@field evidence {at: any, message: string}[]? steps beside those of the answer
---@field stage stage? the stage it is about, where the place does not say
---@field severity ('error'|'warning'|'info')? only to lower the policy's own
---@field fix table? { title = "…", { replace = place, with = "text" }, { insert = "text", after = place }, { delete = place } }; insert takes before or after

--- What a policy with scope = "project" judges: all builds of a run.
---@class project
---@field builds build[] every build that is judged
---@field targets stage[] the targets of all builds
---@field at place the configuration, else the folder

--- One Dockerfile, built one way.
---@class build
---@field path string the path of the Dockerfile, as reports call it
---@field name string? the compose service, bake target or configured build
---@field at place the start of the Dockerfile
---@field stages stage[] every stage
---@field targets stage[] the stages that are asked for
---@field shipped stage[] the targets and the stages they are built FROM: what is in the images
---@field needed stage[] the stages that a target needs, over all edges
---@field dead stage[] the stages that no target needs
---@field target_defaulted boolean true when nobody named a target, so the last stage is it
---@field instructions instruction[] every instruction, global ARGs too
---@field edges edge[] every edge
---@field images image[] the image of every edge that has one
---@field directives value[] the parser directives, with their name
---@field comments comment[] every comment
---@field platform value the platform that is built for
---@field args build_argument[] the build arguments that were given
---@field ignore ignore the .dockerignore that applies
---@field diagnostics diagnostic[] what is wrong with the Dockerfile, or could not be read
---@field stage fun(self: build, name: string|value|integer): stage? the last stage of that name, or the stage at that index from 0
---@field all fun(self: build, ...: text): instruction[] the instructions of these kinds: build:all("COPY", "ADD")
---@field calls fun(self: build, ...: text): command[] the commands of RUN with that name and those first words: build:calls("go", "install")
---@field operations fun(self: build, action: text?, manager: text?): operation[] what package managers are told, by action and manager

--- A stage; as a state, it is the one at its end.
---@class stage: state
---@field index integer its position, from 0
---@field name string? in lower case, as BuildKit knows it
---@field build build its build
---@field from instruction its FROM instruction
---@field base edge the edge from its base image or stage
---@field root edge the base edge of the stage where its chain ends
---@field chain stage[] from this stage down the bases to the one on an image
---@field target boolean true when it is asked for
---@field shipped boolean true when it is in an image: a target, or what one is built FROM
---@field needed boolean true when a target needs it, over all edges
---@field instructions instruction[] its instructions, FROM first, then what its base triggers
---@field uses edge[] the edges that bring something into it, its base first
---@field used_by edge[] the edges by which other stages take from it
---@field platform value the platform it is built for
---@field packages package[] what it or its chain installs
---@field runs answer whether it starts a program of its own; unknown when it may be an image to work in or build on
---@field left_behind left_behind[] what it makes for the image, and nobody takes
---@field contains fun(self: stage, ...: text): answer whether its filesystem has one of these capabilities or classes
---@field installs fun(self: stage, ...: text): answer whether it or its chain installs, and keeps, a package that matches: stage:installs("*-dev")
---@field has_path fun(self: stage, ...: text): answer whether its filesystem has one of these absolute paths
---@field exposes fun(self: stage, port: integer): answer whether it exposes that port
---@field depends_on fun(self: stage, ...: stage|text|stage[]): answer whether it needs one of these stages, by name glob or itself, over all edges
---@field last fun(self: stage, ...: text): instruction? its own last instruction of these kinds: stage:last("CMD", "ENTRYPOINT")
---@field all fun(self: stage, ...: text): instruction[] its instructions of these kinds
---@field calls fun(self: stage, ...: text): command[] its commands with that name and those first words
---@field operations fun(self: stage, action: text?, manager: text?): operation[] what it tells package managers, by action and manager

--- The settings at one moment of a stage.
---@class state
---@field at place of a stage its FROM line; else the instruction it is before
---@field user user_setting USER; "root" by default
---@field workdir setting WORKDIR; "/" by default
---@field shell command_setting SHELL
---@field entrypoint command_setting ENTRYPOINT
---@field cmd command_setting CMD
---@field healthcheck command_setting HEALTHCHECK
---@field stopsignal setting STOPSIGNAL
---@field environment setting[] ENV, with their name
---@field labels setting[] LABEL, with their name
---@field ports port_setting[] EXPOSE; name is "8080/tcp"
---@field volumes setting[] VOLUME
---@field env fun(self: state, name: text): setting the variable of that name, set or not
---@field label fun(self: state, name: text): setting the label of that name, set or not

--- An instruction; what only some kinds have is nil for the others.
---@class instruction
---@field kind string the keyword in upper case: "RUN"
---@field keyword value the keyword as written
---@field text string the whole instruction as written
---@field at place from the keyword to the end of its heredocs
---@field stage stage? the stage it is in; nil for a global ARG
---@field previous instruction? the one before it in its stage
---@field before state? the settings before it runs; nil for a global ARG
---@field values value[] every value in it
---@field flags value[] its flags, with their name
---@field heredocs heredoc[] its heredocs
---@field comments comment[] the comments right above it
---@field onbuild boolean true inside ONBUILD
---@field trigger boolean true when an ONBUILD of the base fired it
---@field flag fun(self: instruction, name: text): value? the flag of that name: instruction:flag("link")
---@field all fun(self: instruction, ...: text): instruction[] itself, when it is of one of these kinds
---@field calls fun(self: instruction, ...: text): command[] its commands with that name and those first words
---@field operations fun(self: instruction, action: text?, manager: text?): operation[] what it tells package managers
---@field base edge? the edge from the base image or stage
---@field name value? the stage's name, as written
---@field as value? the keyword AS, as written
---@field form ('shell'|'exec'|'heredoc')? how its command is written
---@field words value[]? the words of the exec form
---@field script script? what it runs; nil inside ONBUILD
---@field mounts mount[]? its mounts
---@field sources source[]? what is copied
---@field destination destination? where to
---@field pairs value[]? what it sets, with the name
---@field none boolean? true for HEALTHCHECK NONE
---@field ports port[]? the ports
---@field argument value? its argument; of USER a user_value
---@field paths value[]? the paths
---@field instruction instruction? the instruction to be triggered
---@field platform value? of --platform
---@field network string? of --network: "default", "none" or "host"
---@field security string? of --security: "sandbox" or "insecure"
---@field chown value? of --chown
---@field chmod value? of --chmod
---@field checksum value? of --checksum
---@field exclude value[]? every --exclude
---@field link boolean? true with --link
---@field parents boolean? true with --parents
---@field unpack boolean? of --unpack; nil when it is not given
---@field keep_git_dir boolean? of --keep-git-dir; nil when it is not given
---@field interval value? of --interval, a duration as written: "30s"
---@field timeout value? of --timeout, a duration as written
---@field start_period value? of --start-period, a duration as written
---@field start_interval value? of --start-interval, a duration as written
---@field retries value? of --retries, a number as written

--- How something enters a stage; as a value, it is the reference as written.
---@class edge: value
---@field kind 'base'|'copy'|'add'|'mount' how it enters the stage
---@field to stage the stage it enters
---@field from stage? the stage it comes from
---@field image image? the image it comes from
---@field from_kind 'stage'|'image'|'scratch'|'context'|'named-context'|'url'|'git'|'inline'|'unknown' what it comes from
---@field by_index boolean true when the stage is named by its number: --from=0
---@field instruction instruction the instruction that brings it
---@field sources source[] what is copied
---@field destination destination? where to
---@field candidates string[] the stages it may come from, when that hangs on an unknown argument
---@field is fun(self: edge, ...: text): answer whether its image, else its reference, matches one of these globs

--- An image that an edge refers to; as a value, it is the reference as written.
---@class image: value
---@field edge edge the edge it enters by
---@field registry string? with the default: "docker.io"
---@field repository string? with the default: "library/python"
---@field name string? the last part of the repository: "python"
---@field tag string? as written
---@field digest string? as written
---@field canonical string? the whole reference with all defaults: "docker.io/library/python:latest"
---@field tagged answer whether it has a tag or digest
---@field pinned answer whether it has a digest
---@field user user_setting the user that the image sets
---@field distro setting the distribution that the image is made of
---@field libc setting the C library that the image has
---@field is fun(self: image, ...: text): answer whether registry/repository matches one of these globs; canonical, where the last part has ':' or '@'
---@field satisfies fun(self: image, range: string): answer whether the version that its tag begins with is in a range: ">=3.9 <4"
---@field contains fun(self: image, ...: text): answer whether the image has one of these capabilities or classes

--- What COPY or ADD takes.
---@class source: value
---@field kind 'path'|'url'|'git'|'heredoc' what it names
---@field path string? the cleaned path, "." for everything; nil when unknown or no path
---@field edge edge? the edge that brings it; nil inside ONBUILD
---@field heredoc heredoc? the heredoc it stands for
---@field unpacked answer whether ADD unpacks it
---@field excluded answer whether .dockerignore leaves out all that it names
---@field exists answer whether something that it names is in the build context
---@field size integer? bytes of the files that it names in the build context
---@field brings fun(self: source, ...: text): answer whether one of these paths below it is in the build context, and not left out

--- Where COPY or ADD puts it.
---@class destination: value
---@field path string? absolute, WORKDIR applied; nil when unknown

--- A --mount of RUN.
---@class mount
---@field type string "bind", "cache", "tmpfs", "secret" or "ssh"
---@field target value? where it is mounted
---@field source value? the path in what it is mounted from
---@field id value? of a cache, secret or ssh mount
---@field mode value? the permissions, as written
---@field sharing string? of a cache: "shared", "private" or "locked"
---@field required boolean true when the build fails without it
---@field edge edge? the edge of its from
---@field at place the flag

--- A heredoc of an instruction.
---@class heredoc
---@field name string the word that ends it
---@field content string its lines
---@field expands boolean true when variables in it are expanded: its word is not quoted
---@field at place its opener: <<EOF

--- What RUN does, or what CMD, ENTRYPOINT and HEALTHCHECK would do.
---@class script
---@field known boolean false when the shell is not one we read: the lists are then empty
---@field commands command[] the commands, in order; what sudo, env and xargs run too
---@field pipes pipe[] the pipes
---@field at place the instruction

--- A command of a script.
---@class command
---@field name string? the program's name, without folders; nil when unknown
---@field path string? the program as written, when it has a folder
---@field words value[] every word, the program first
---@field arguments value[] the words after the program that do not begin with '-'
---@field certain boolean false inside if, after || and in loops: it may not run
---@field pipe pipe? the pipe it is part of
---@field redirects redirect[] its redirections
---@field assignments value[] the variables set in front of it, with their name
---@field operation operation? what it tells a package manager
---@field instruction instruction the instruction it is in
---@field stage stage the stage it is in
---@field at place its words
---@field flag fun(self: command, ...: text): value? the value of the first of these flags it has: command:flag("-y", "--yes")
---@field is fun(self: command, ...: text): answer whether its name matches one of these globs

--- The commands of a pipe: a list.
---@class pipe: command[]
---@field at place from its first command to its last
---@field pipefail answer whether a failure before the last command counts

--- A redirection of a command.
---@class redirect
---@field operator string as written: ">", ">>", "2>"
---@field target value what it leads to
---@field at place the operator

--- What a command tells a package manager.
---@class operation
---@field manager string "apt", "apk", "dnf", "pip", "npm", "go" …; apt-get is "apt"
---@field action 'install'|'remove'|'update'|'upgrade'|'clean'|'download' what is asked of it
---@field at place the word of the action
---@field packages package[] the packages that are named
---@field manifest boolean true when a file lists more: npm ci, pip install -r
---@field recommends answer whether recommended packages come along
---@field confirmed answer whether it asks nobody: -y, or a variable that says so
---@field cache_left answer whether downloaded lists or archives stay in the layer
---@field command command the command
---@field instruction instruction the instruction it is in
---@field stage stage the stage it is in

--- A package that an operation names; as a value, it is the word.
---@class package: value
---@field name string? its name; nil when unknown
---@field version string? its version, as written
---@field manager string the package manager
---@field source 'index'|'file'|'url'|'git' where it comes from
---@field pinned answer whether it is one version, or does not come from an index
---@field removed place? where it is removed again; of stage.packages only
---@field is fun(self: package, ...: text): answer whether its name matches one of these globs
---@field satisfies fun(self: package, range: string): answer whether its version is in a range

--- A text that may hold variables; it is an object, so ask value:is("root"), never value == "root".
---@class value
---@field text string as written
---@field value string? with its variables replaced; nil when one is unknown, and in a setting that nothing sets
---@field known boolean true when every variable is known
---@field variables variable[] the variables it uses
---@field candidates string[] what it can be when it is unknown and of a small set
---@field at place the word
---@field name string? of a pair, flag, label or argument: what it is called
---@field legacy boolean? of ENV and LABEL: true for the form without '='
---@field is fun(self: value, ...: text): answer whether it matches one of these globs: value:is("root", "app-*")
---@field satisfies fun(self: value, range: string): answer whether the version it begins with is in a range: ">=3.9 <4"

--- A variable that a value uses.
---@class variable
---@field name string its name
---@field at place where it is used
---@field suggestion string? a defined variable with a similar name
---@field state 'known'|'default'|'unknown'|'undefined' given; replaceable by a build argument; not to be told; nowhere defined
---@field instruction instruction? the instruction that defines it

--- A port or range of EXPOSE.
---@class port: value
---@field first integer? the first port of the range; nil when unknown
---@field last integer? the last port of the range; nil when unknown
---@field protocol string? in lower case: "tcp", "udp"; nil when unknown

--- The argument of USER.
---@class user_value: value
---@field user string? the part before ':'; nil when unknown
---@field group string? the part after ':'
---@field root answer whether it is root, by name or number

--- A build argument that was given.
---@class build_argument: value
---@field source 'argument' where the value comes from

--- One effective property of a stage.
---@class setting: value
---@field known boolean true when the value is known
---@field state 'set'|'inherited'|'image'|'default'|'unknown' who says so: this stage, one it is built FROM, the base image, nobody
---@field instruction instruction? the instruction that sets it
---@field present answer whether anything sets it; no for HEALTHCHECK NONE
---@field evidence step[] the steps that explain it

--- The user in force.
---@class user_setting: setting
---@field user string? the part before ':'; nil when unknown
---@field group string? the part after ':'
---@field root answer whether it is root, by name, number or default

--- A setting that is a command.
---@class command_setting: setting
---@field words value[] the words of the exec form

--- A port that is exposed.
---@class port_setting: setting
---@field first integer? the first port of the range; nil when unknown
---@field last integer? the last port of the range; nil when unknown
---@field protocol string? in lower case: "tcp", "udp"; nil when unknown

--- A fact: yes, no or unknown, with its reasons; it is an object, so ask answer.yes, never "if answer".
---@class answer
---@field yes boolean true when it is certainly or probably so
---@field no boolean true when it is certainly not so
---@field unknown boolean true when it cannot be told
---@field assumed boolean true when a yes rests on an assumption: the report then begins with "probably"
---@field found string[] the capabilities, packages, paths or stages that made it yes
---@field evidence step[] the steps that explain it
---@field at place? the place that decided it
---@field except fun(self: answer, ...: text): answer the answer without those among what it found: for an allow option

--- Something that a stage makes for the image, and nobody takes.
---@class left_behind: answer
---@field path string? where it lies in the stage
---@field kind ('package'|'artifact'|'download')? what sort of thing was left behind

--- A step of the evidence.
---@class step
---@field message string what the step says, one sentence
---@field at place? where it was seen; nil for what is known without the Dockerfile
---@field source string? where it is known from, when that is not the Dockerfile: the image catalogue, a .dockerignore

--- The .dockerignore that applies to a build.
---@class ignore
---@field present boolean true when there is one
---@field known boolean true when the build context was named, so that no other file can apply
---@field assumed boolean true when it is only the one beside the Dockerfile, and --context could name another
---@field path string? the file's path, as reports call it
---@field at place the start of the Dockerfile: findings stand there
---@field excludes fun(self: ignore, ...: text): answer whether it leaves out one of these paths of the build context

--- A comment.
---@class comment
---@field text string without the '#'
---@field at place the comment
---@field instruction instruction? the instruction it is attached to

--- What is wrong with a Dockerfile, or could not be read.
---@class diagnostic
---@field id string its name: "duplicate-stage-name"
---@field message string what is wrong, one sentence
---@field fatal boolean true when BuildKit refuses the Dockerfile for it
---@field at place where it is

--- Where something stands; where a place is asked for, any object with at serves.
---@class place
---@field path string the file, as reports call it
---@field line integer from 1
---@field column integer in characters, from 1
---@field end_line integer from 1
---@field end_column integer in characters, from 1; the one after the last
---@field text string the bytes there, as written

--- A sequence in source order, for #, [i], ipairs and each; an empty one is {}, never nil.
---@class list: any[]
---@field key string|number|boolean|table of a list that group made: what its items have in common

--- What set(list) makes.
---@class set
---@field has fun(self: set, texts: text): boolean whether the text, or one of a list, is in it

---@class string
---@field is fun(self: string, ...: text): boolean whether it matches one of these globs
---@field satisfies fun(self: string, range: string): boolean whether the version it begins with is in a range: ">=3.9 <4"
---@field split fun(self: string, separator: string): string[] the parts between separators
---@field trim fun(self: string): string without blanks at both ends

--- an iterator that gives the items only: for stage in each(build.shipped) do.
---@generic T
---@param list T[]
---@return fun(): T
function each(list) end

--- the items in lists that have key, by a field or function, in order of first sight; items without it are left out.
---@param list any[]
---@param by string|function
---@return list[]
function group(list, by) end

--- a set of texts, for :has.
---@param list text[]
---@return set
function set(list) end

--- whether a table has nothing in it.
---@param list table
---@return boolean
function isempty(list) end

--- a note for the author: stagepolicy test shows it with --verbose.
---@param ... any
function log(...) end

--- lib/NAME.lua of the same pack, which is run once a judgement.
---@param name string
---@return any
function require(name) end
