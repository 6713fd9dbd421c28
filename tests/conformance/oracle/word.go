package main

import (
	"sort"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type word struct {
	Value     *string  `json:"value"` // null: refused
	Matched   []string `json:"matched"`
	Unmatched []string `json:"unmatched"`
	Words     []string `json:"words"` // as EXPOSE splits it; null: refused
	Body      *string  `json:"body"`  // as text of a copied heredoc; null: refused
}

func answerWord(text string, escape rune, variables map[string]string) word {
	var list []string
	for name, value := range variables {
		list = append(list, name+"="+value)
	}
	sort.Strings(list)
	environment := shell.EnvsFromSlice(list)
	lexer := shell.NewLex(escape)
	answer := word{}
	if result, err := lexer.ProcessWordWithMatches(text, environment); err == nil {
		value := textOf(result.Result)
		answer.Value = &value
		answer.Matched = names(result.Matched)
		answer.Unmatched = names(result.Unmatched)
	}
	if words, err := lexer.ProcessWords(text, environment); err == nil {
		answer.Words = textsOf(words)
	}
	body := shell.NewLex('\\')
	body.SkipProcessQuotes = true
	if result, _, err := body.ProcessWord(text, environment); err == nil {
		value := textOf(result)
		answer.Body = &value
	}
	return answer
}

func names(set map[string]struct{}) []string {
	list := []string{}
	for name := range set {
		list = append(list, textOf(name))
	}
	sort.Strings(list)
	return list
}
