package main

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type ignore struct {
	Refused  bool     `json:"refused"`
	Patterns []string `json:"patterns"`
	Verdicts []string `json:"verdicts"` // a path: does it match; does the walk leave it out. y, n or e
}

func answerIgnore(text []byte, paths []string) ignore {
	lines, err := ignorefile.ReadAll(bytes.NewReader(text))
	if err != nil {
		return ignore{true, nil, []string{}}
	}
	matcher, err := patternmatcher.New(lines)
	if err != nil {
		return ignore{true, nil, []string{}}
	}
	answer := ignore{Patterns: []string{}, Verdicts: []string{}}
	for _, pattern := range matcher.Patterns() {
		mark := ""
		if pattern.Exclusion() {
			mark = "!"
		}
		answer.Patterns = append(answer.Patterns, textOf(mark+pattern.String()))
	}
	for _, path := range paths {
		path = filepath.Clean(bytesOf(path))
		if path == "." {
			answer.Verdicts = append(answer.Verdicts, "nn")
			continue
		}
		answer.Verdicts = append(answer.Verdicts, letterOf(matcher.MatchesOrParentMatches(path))+walk(matcher, path))
	}
	return answer
}

// walk asks about each folder on the way, as the sender of a context does.
func walk(matcher *patternmatcher.PatternMatcher, path string) string {
	above := patternmatcher.MatchInfo{}
	for at := 0; ; at++ {
		end := strings.IndexByte(path[at:], '/')
		at += max(end, 0)
		if end < 0 {
			at = len(path)
		}
		matched, info, err := matcher.MatchesUsingParentResults(path[:at], above)
		if err != nil || at == len(path) {
			return letterOf(matched, err)
		}
		above = info
	}
}

func letterOf(matched bool, err error) string {
	if err != nil {
		return "e"
	}
	if matched {
		return "y"
	}
	return "n"
}
