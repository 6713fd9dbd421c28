// What compose-go makes of compose files, of texts with variables and of .env files: one request a line on standard
// input, one answer a line on standard output, both JSON.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/template"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/sirupsen/logrus"
)

type request struct {
	Kind        string            `json:"kind"`        // compose, text or dotenv
	Files       []string          `json:"files"`       // of compose: paths, each merged over those before
	Text        string            `json:"text"`        // of the others
	Environment map[string]string `json:"environment"` // variables
}

type build struct {
	Context    string            `json:"context"`
	Dockerfile string            `json:"dockerfile"`
	Inline     string            `json:"inline"`
	Target     string            `json:"target"`
	Arguments  map[string]string `json:"arguments"`
	Contexts   map[string]string `json:"contexts"`
	Platforms  []string          `json:"platforms"`
}

func main() {
	logrus.SetOutput(io.Discard)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for decoder.More() {
		var asked request
		if err := decoder.Decode(&asked); err != nil {
			fmt.Fprintln(os.Stderr, "a request is not JSON:", err)
			os.Exit(2)
		}
		if err := encoder.Encode(answer(&asked)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	out.Flush()
}

// answer never fails: a panic of compose-go is a refusal too.
func answer(asked *request) (result map[string]any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = map[string]any{"error": fmt.Sprint("panic: ", reason)}
		}
	}()
	lookup := func(name string) (string, bool) {
		value, found := asked.Environment[name]
		return value, found
	}
	var value any
	var err error
	switch asked.Kind {
	case "text":
		value, err = template.Substitute(asked.Text, lookup)
	case "dotenv":
		value, err = dotenv.ParseWithLookup(strings.NewReader(asked.Text), lookup)
	default:
		value, err = builds(asked)
	}
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"value": value}
}

func builds(asked *request) (map[string]build, error) {
	environment := types.Mapping{}
	for name, value := range asked.Environment {
		environment[name] = value
	}
	details := types.ConfigDetails{
		WorkingDir:  filepath.Dir(asked.Files[0]),
		ConfigFiles: types.ToConfigFiles(asked.Files),
		Environment: environment,
	}
	project, err := loader.LoadWithContext(context.Background(), details, func(options *loader.Options) {
		options.SetProjectName("project", true)
		options.Profiles = []string{"*"}
		options.SkipResolveEnvironment = true
		options.SkipResolveLabels = true
	})
	if err != nil {
		return nil, err
	}
	found := map[string]build{}
	for name, service := range project.AllServices() {
		if service.Build != nil {
			found[name] = buildOf(&service)
		}
	}
	return found, nil
}

func buildOf(service *types.ServiceConfig) build {
	declared := service.Build
	arguments := map[string]string{}
	for name, value := range declared.Args {
		if value != nil {
			arguments[name] = *value
		}
	}
	platforms := declared.Platforms
	if len(platforms) == 0 && service.Platform != "" {
		platforms = []string{service.Platform}
	}
	return build{declared.Context, declared.Dockerfile, declared.DockerfileInline, declared.Target, arguments,
		declared.AdditionalContexts, platforms}
}
