// What BuildKit makes of Dockerfiles and of words: one request a line on standard input, one answer a line on standard
// output, both JSON. Texts are bytes, each written as the character of its number.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Kind      string            `json:"kind"` // dockerfile, word or ignore
	Text      string            `json:"text"`
	Target    string            `json:"target"`
	Arguments map[string]string `json:"arguments"` // build arguments of a dockerfile, variables of a word
	Escape    string            `json:"escape"`    // of a word
	Paths     []string          `json:"paths"`     // of a .dockerignore
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	decoder := json.NewDecoder(in)
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

// answer never fails: a panic of BuildKit is an answer too.
func answer(asked *request) (result any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = map[string]any{"panic": fmt.Sprint(reason)}
		}
	}()
	variables := map[string]string{}
	for name, value := range asked.Arguments {
		variables[bytesOf(name)] = bytesOf(value)
	}
	text := bytesOf(asked.Text)
	if asked.Kind == "word" {
		return answerWord(text, []rune(asked.Escape)[0], variables)
	}
	if asked.Kind == "ignore" {
		return answerIgnore([]byte(text), asked.Paths)
	}
	return answerDockerfile([]byte(text), asked.Target, variables)
}

// bytesOf and textOf turn characters below 256 into bytes and back.
func bytesOf(text string) string {
	bytes := make([]byte, 0, len(text))
	for _, character := range text {
		bytes = append(bytes, byte(character))
	}
	return string(bytes)
}

func textOf(bytes string) string {
	characters := make([]rune, len(bytes))
	for i := range len(bytes) {
		characters[i] = rune(bytes[i])
	}
	return string(characters)
}

func textsOf(list []string) []string {
	texts := make([]string, len(list))
	for i, item := range list {
		texts[i] = textOf(item)
	}
	return texts
}
