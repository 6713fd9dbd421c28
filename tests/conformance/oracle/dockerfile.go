package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type dockerfile struct {
	Directives   map[string]string `json:"directives"`
	Escape       string            `json:"escape,omitempty"`
	Instructions []*instruction    `json:"instructions,omitempty"`
	Warnings     []int             `json:"warnings"`   // lines
	Duplicates   []int             `json:"duplicates"` // lines of stages whose name is taken, unless the checks are off
	Stages       []stage           `json:"stages,omitempty"`
	Graph        *graph            `json:"graph,omitempty"`
	Error        *refusal          `json:"error,omitempty"`
}

type instruction struct {
	Name      string       `json:"name"`
	Lines     []int        `json:"lines,omitempty"` // none of a trigger
	Flags     []string     `json:"flags"`
	Exec      bool         `json:"exec"`
	Arguments []string     `json:"arguments"`
	Heredocs  []heredoc    `json:"heredocs"`
	Comments  []string     `json:"comments"`
	Trigger   *instruction `json:"trigger,omitempty"`
}

type heredoc struct {
	Name    string `json:"name"`
	Expands bool   `json:"expands"`
	Strips  bool   `json:"strips"`
	Content string `json:"content"`
}

type stage struct {
	Name     string `json:"name"`
	Base     string `json:"base"`
	Platform string `json:"platform"`
}

type refusal struct {
	Layer   string `json:"layer"` // parse, instructions or graph
	Message string `json:"message"`
	Line    int    `json:"line"` // -1: not said
}

func answerDockerfile(text []byte, target string, arguments map[string]string) *dockerfile {
	answer := &dockerfile{Directives: directives(text), Warnings: []int{}, Duplicates: []int{}}
	if len(text) == 0 { // parser.Parse takes it, the frontend does not
		answer.Error = &refusal{"parse", "the Dockerfile cannot be empty", 0}
		return answer
	}
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		answer.Error = refuse("parse", err)
		return answer
	}
	answer.Escape = string(result.EscapeToken)
	for _, node := range result.AST.Children {
		answer.Instructions = append(answer.Instructions, describe(node, true))
	}
	for _, warning := range result.Warnings {
		answer.Warnings = append(answer.Warnings, warning.Location.Start.Line)
	}
	stages, _, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	if err != nil {
		answer.Error = refuse("instructions", err)
		return answer
	}
	if len(stages) == 0 {
		answer.Error = &refusal{"instructions", "dockerfile contains no stages to build", 0}
		return answer
	}
	for _, item := range stages {
		answer.Stages = append(answer.Stages, stage{textOf(item.Name), textOf(item.BaseName), textOf(item.Platform)})
	}
	answer.Graph, answer.Error = convert(text, target, arguments, func(rule, _, _, _ string, places []parser.Range) {
		if rule == linter.RuleDuplicateStageName.Name {
			answer.Duplicates = append(answer.Duplicates, places[0].Start.Line)
		}
	})
	return answer
}

// directives reads "syntax" and "check" as the frontend does before it parses.
func directives(text []byte) map[string]string {
	found := map[string]string{}
	_, line, _, ok := parser.DetectSyntax(text)
	if ok {
		found["syntax"] = textOf(line)
	}
	if _, line, _, ok := parser.ParseDirective("check", text); ok {
		found["check"] = textOf(line)
	}
	return found
}

func describe(node *parser.Node, top bool) *instruction {
	name := strings.ToLower(node.Value)
	result := &instruction{Name: textOf(node.Value), Flags: textsOf(node.Flags), Exec: node.Attributes["json"],
		Arguments: []string{}, Heredocs: []heredoc{}, Comments: textsOf(node.PrevComment)}
	if top {
		result.Lines = []int{node.StartLine, node.EndLine}
	}
	for _, item := range node.Heredocs {
		result.Heredocs = append(result.Heredocs, heredoc{textOf(item.Name), item.Expand, item.Chomp, textOf(item.Content)})
	}
	switch {
	case name == "onbuild":
		if node.Next != nil && len(node.Next.Children) > 0 {
			if inner := node.Next.Children[0]; !strings.EqualFold(inner.Value, "onbuild") {
				result.Trigger = describe(inner, false)
			}
		}
	case isKnown(name):
		result.Arguments = arguments(name, node.Next)
	}
	return result
}

func arguments(name string, first *parser.Node) []string {
	list := []string{}
	for node := first; node != nil; node = node.Next {
		text := node.Value
		if name == "volume" { // as the instruction trims it
			text = strings.TrimSpace(text)
		}
		list = append(list, textOf(text))
	}
	return list
}

func isKnown(name string) bool {
	switch name {
	case "add", "arg", "cmd", "copy", "entrypoint", "env", "expose", "from", "healthcheck", "label", "maintainer",
		"run", "shell", "stopsignal", "user", "volume", "workdir":
		return true
	}
	return false
}

func refuse(layer string, err error) *refusal {
	message, line := err.Error(), -1
	var located *parser.LocationError
	if errors.As(err, &located) {
		for _, places := range located.Locations {
			if len(places) > 0 {
				line = places[0].Start.Line
				break
			}
		}
	}
	const prefix = "dockerfile parse error on line "
	if i := strings.Index(message, prefix); i >= 0 {
		fmt.Sscanf(message[i+len(prefix):], "%d:", &line)
	}
	return &refusal{layer, textOf(message), line}
}
