// How fast BuildKit reads Dockerfiles: bench BYTES <LIST holds the files of the list (a name a line) in memory, goes
// over them until about BYTES bytes are done, and prints the bytes, the seconds that parser.Parse took, and those that
// parser.Parse and instructions.Parse took. A file that is refused costs what BuildKit reads of it.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	var wanted int
	if len(os.Args) > 1 {
		wanted, _ = strconv.Atoi(os.Args[1])
	}
	files := readFiles()
	done, untyped := goOver(files, wanted, func(*parser.Result) {})
	_, typed := goOver(files, wanted, func(result *parser.Result) {
		_, _, _ = instructions.Parse(result.AST, linter.New(&linter.Config{}))
	})
	fmt.Printf("%d %.6f %.6f\n", done, untyped.Seconds(), typed.Seconds())
}

func readFiles() [][]byte {
	var files [][]byte
	for list := bufio.NewScanner(os.Stdin); list.Scan(); {
		text, err := os.ReadFile(list.Text())
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		files = append(files, text)
	}
	return files
}

func goOver(files [][]byte, wanted int, use func(*parser.Result)) (done int, took time.Duration) {
	start := time.Now()
	for first := true; first || done < wanted; first = false {
		for _, text := range files {
			if result, err := parser.Parse(bytes.NewReader(text)); err == nil {
				use(result)
			}
			done += len(text)
		}
	}
	return done, time.Since(start)
}
