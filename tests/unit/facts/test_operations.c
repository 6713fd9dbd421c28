/* What RUN tells package managers, over real-looking command lines. */
#include "unit/facts/dockerfile.h"

static const char *const action_names[] = {"install", "remove", "update", "upgrade", "clean", "download"};

/* manager action [manifest] [uncertain] {name[@version][!source]}: "?" for a name only the build knows */
static sp_str show_operation(const sp_operation *operation)
{
    sp_str text = sp_arena_print(&arena, "%.*s %s%s%s", SP_STR_ARG(operation->manager), action_names[operation->action],
                                 operation->manifest ? " manifest" : "", operation->certain ? "" : " uncertain");
    for (uint32_t i = 0; i < operation->package_count; i++) {
        const sp_package *package = &operation->packages[i];
        sp_str name = package->name.size > 0 ? package->name : SP_STR("?");
        text = sp_arena_print(&arena, "%.*s %.*s", SP_STR_ARG(text), SP_STR_ARG(name));
        if (package->version.size > 0)
            text = sp_arena_print(&arena, "%.*s@%.*s", SP_STR_ARG(text), SP_STR_ARG(package->version));
        if (!sp_str_equal(package->source, SP_STR("index")))
            text = sp_arena_print(&arena, "%.*s!%.*s", SP_STR_ARG(text), SP_STR_ARG(package->source));
    }
    return text;
}

/* The operations of all RUNs, joined by " ; ". */
static const char *show(const char *dockerfile)
{
    sp_facts *facts = read_facts(dockerfile);
    const sp_graph *graph = sp_facts_graph(facts);
    sp_str text = {"", 0};
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        uint32_t count = 0;
        const sp_operation *operations = sp_facts_operations(facts, i, &count);
        for (uint32_t j = 0; j < count; j++)
            text = sp_arena_print(&arena, "%.*s%s%.*s", SP_STR_ARG(text), text.size > 0 ? " ; " : "",
                                  SP_STR_ARG(show_operation(&operations[j])));
    }
    return sp_arena_copy(&arena, text).text;
}

static void expect_run(const char *script, const char *expected)
{
    sp_str dockerfile = sp_arena_print(&arena, "FROM debian\nARG X\nENV V=1.2\nRUN %s\n", script);
    assert_string_equal(show(dockerfile.text), expected);
}

static void reads_apt(void **state)
{
    (void)state;
    expect_run("apt-get update && apt-get install -y --no-install-recommends gcc=4:12 libc6-dev:i386 g++",
               "apt update ; apt install gcc@4:12 libc6-dev g++");
    expect_run("apt-get -o Acquire::Retries=3 -y install -t stable-backports curl/stable ./x.deb",
               "apt install curl ?!file");
    expect_run("apt-get purge -y --auto-remove gcc; apt-get clean; apt-get autoremove",
               "apt remove gcc ; apt clean ; apt remove");
    expect_run("d='gcc make'; apt install $d", "apt install gcc make");
    expect_run("apt-get install gcc-$X nginx=$V", "apt install ? nginx@1.2");
    expect_run("apt-get dist-upgrade -y; apt-get build-dep x; apt-get source y",
               "apt upgrade ; apt install manifest ; apt download y");
    expect_run("xargs -a list apt-get install -y", "apt install ?");
    expect_run("if a; then apt-get install b; fi", "apt install uncertain b");
    expect_run("echo apt-get install gcc; apt-cache search x; apt-get --version", "");
}

static void reads_recommends(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        bool recommends;
    } cases[] = {{"apt-get install a", true},
                 {"apt-get install --no-install-recommends a", false},
                 {"apt-get -o APT::Install-Recommends=0 install a", false},
                 {"apt-get -o APT::Install-Recommends=\"false\" install a", false},
                 {"apt-get -o APT::Install-Recommends=1 install a", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_facts *facts = read_facts(sp_arena_print(&arena, "FROM debian\nRUN %s\n", cases[i].script).text);
        uint32_t count = 0;
        const sp_operation *operations = sp_facts_operations(facts, 1, &count);
        assert_int_equal(count, 1);
        assert_int_equal(operations[0].recommends, cases[i].recommends);
    }
}

static void reads_apk(void **state)
{
    (void)state;
    expect_run("apk --no-cache add gcc=12.2-r0 'musl-dev>1' bash@edge a~=2",
               "apk install gcc@12.2-r0 musl-dev@>1 bash a@~=2");
    expect_run("apk add --virtual .deps gcc make && make && apk del .deps",
               "apk install gcc make ; apk remove gcc make");
    expect_run("apk add -t .deps gcc -X http://x curl", "apk install gcc curl");
    expect_run("apk update; apk upgrade; apk del x; apk cache clean; apk info",
               "apk update ; apk upgrade ; apk remove x ; apk clean");
}

static void knows_groups_of_stages_below(void **state)
{
    (void)state;
    assert_string_equal(show("FROM alpine AS a\nRUN apk add --virtual .deps gcc\nFROM a\nRUN apk del .deps curl\n"),
                        "apk install gcc ; apk remove gcc curl");
    assert_string_equal(show("FROM alpine AS a\nRUN apk add --virtual .deps gcc\nFROM alpine\nRUN apk del .deps\n"),
                        "apk install gcc ; apk remove .deps");
}

static void reads_rpm_families(void **state)
{
    (void)state;
    expect_run("yum install -y nginx-1.20.1-1.el8 gcc-toolset-11 java-1.8.0-openjdk && yum clean all",
               "dnf install nginx@1.20.1-1.el8 gcc-toolset-11 java-1.8.0-openjdk ; dnf clean");
    expect_run("microdnf --enablerepo x install a; dnf -y update; tdnf remove b; dnf group install 'Development Tools'",
               "dnf install a ; dnf upgrade ; dnf remove b ; dnf install Development Tools");
    expect_run("dnf install https://x.org/a.rpm /tmp/b.rpm", "dnf install ?!url ?!file");
    expect_run("zypper -n in -t pattern devel gcc; zypper ref; zypper cc",
               "zypper install devel gcc ; zypper update ; zypper clean");
}

static void reads_pacman(void **state)
{
    (void)state;
    expect_run("pacman -Syu --noconfirm gcc make && pacman -Scc; pacman -Rns x; pacman -Sy; pacman -Syu",
               "pacman install gcc make ; pacman clean ; pacman remove x ; pacman update ; pacman upgrade");
}

static void reads_pip(void **state)
{
    (void)state;
    expect_run("pip install --no-cache-dir -r requirements.txt", "pip install manifest");
    expect_run("pip3 install 'flask[async]==2.0' requests>=2 'a ; python_version>\"3\"'",
               "pip install flask@2.0 requests a");
    expect_run("python3.11 -m pip install -U pip setuptools", "pip install pip setuptools");
    expect_run("pip install .", "pip install manifest ?!file");
    expect_run("pip install -e .[dev]", "pip install manifest ?!file");
    expect_run("pip install x.whl /wheels/* https://a/b.zip git+https://a/b#egg=c",
               "pip install ?!file ?!file ?!url c!git");
    expect_run("pip install -i https://x --find-links /w -c constraints.txt --target /t y", "pip install y");
    expect_run("pip install -rreq.txt", "pip install manifest");
    expect_run("pip wheel -w /w -r r.txt; pip download x; pip uninstall -y y; pip cache purge; pip freeze",
               "pip download manifest ; pip download x ; pip remove y ; pip clean");
    expect_run("python setup.py install; python app.py", "pip install manifest");
    expect_run("/venv/bin/pip install x", "pip install x");
    expect_run("pip install \"$X\"", "pip install ?");
}

static void reads_other_python_managers(void **state)
{
    (void)state;
    expect_run("uv pip install --system -r r.txt; uv sync --frozen; uv tool install ruff",
               "pip install manifest ; uv install manifest ; uv install ruff");
    expect_run("poetry install --no-root; poetry add x; poetry run y", "poetry install manifest ; poetry install x");
    expect_run("pipenv install --system --deploy; pipenv install x; pipx install z",
               "pipenv install manifest ; pipenv install x ; pipx install z");
    expect_run(
        "conda install -y -c conda-forge numpy=1.2; conda env create -f e.yml; mamba install --file x; conda clean -a",
        "conda install numpy@1.2 ; conda install manifest ; conda install manifest ; conda clean");
    expect_run("conda run -n e pip install -r x", "pip install manifest");
}

static void reads_node_managers(void **state)
{
    (void)state;
    expect_run("npm ci --only=production; npm install; npm i -g typescript@5.1 @a/b@2",
               "npm install manifest ; npm install manifest ; npm install typescript@5.1 @a/b@2");
    expect_run("npm --prefix client install --legacy-peer-deps", "npm install manifest");
    expect_run("npm run build; npm cache clean --force; npm uninstall x", "npm clean ; npm remove x");
    expect_run("yarn; yarn install --frozen-lockfile; yarn add a@1; yarn global add b; yarn build; yarn --version",
               "yarn install manifest ; yarn install manifest ; yarn install a@1 ; yarn install b");
    expect_run("pnpm i --prod; pnpm add -g x; pnpm fetch",
               "pnpm install manifest ; pnpm install x ; pnpm download manifest");
}

static void reads_other_managers(void **state)
{
    (void)state;
    expect_run("gem install bundler:2.1 -v 2 rails; bundle install --jobs 4; bundle",
               "gem install bundler@2.1 rails ; bundle install manifest ; bundle install manifest");
    expect_run("cargo install --locked ripgrep@14; cargo build", "cargo install ripgrep@14");
    expect_run("go install golang.org/x/tools/gopls@v0.1; go mod download; go install ./...; go build",
               "go install golang.org/x/tools/gopls@v0.1 ; go download manifest ; go install ?!file");
    expect_run("brew install jq; composer install --no-dev", "brew install jq ; composer install manifest");
}

static void reads_what_wrappers_run(void **state)
{
    (void)state;
    expect_run("sudo apt-get install -y a; bash -c 'apt-get install b'; su x -c 'pip install c'",
               "apt install a ; apt install b ; pip install c");
    assert_string_equal(show("FROM debian\nRUN <<EOF\napt-get update\napt-get install -y a\nEOF\n"),
                        "apt update ; apt install a");
    assert_string_equal(show("FROM debian\nRUN [\"apt-get\", \"install\", \"a\"]\n"), "apt install a");
    assert_string_equal(show("FROM debian\nRUN bash -e <<EOF\napt-get install a\nEOF\n"), "apt install a");
}

static void leaves_windows_shells_alone(void **state)
{
    (void)state;
    assert_string_equal(show("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN pip install a\n"), "");
    assert_string_equal(show("FROM debian\nSHELL [\"powershell\"]\nRUN pip install a\n"), "");
}

static void places_the_action(void **state)
{
    (void)state;
    sp_facts *facts = read_facts("FROM debian\nRUN a && \\\n  apt-get -y install b\n");
    uint32_t count = 0;
    const sp_operation *operations = sp_facts_operations(facts, 1, &count);
    assert_int_equal(count, 1);
    assert_int_equal(operations[0].span.start, 36);
    assert_int_equal(operations[0].span.end, 43);
    assert_int_equal(operations[0].packages[0].word.span.start, 44);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_apt),
        TEST(reads_recommends),
        TEST(reads_apk),
        TEST(knows_groups_of_stages_below),
        TEST(reads_rpm_families),
        TEST(reads_pacman),
        TEST(reads_pip),
        TEST(reads_other_python_managers),
        TEST(reads_node_managers),
        TEST(reads_other_managers),
        TEST(reads_what_wrappers_run),
        TEST(leaves_windows_shells_alone),
        TEST(places_the_action),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
