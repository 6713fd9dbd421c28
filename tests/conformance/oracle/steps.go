package main

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
)

// step is what an instruction of a stage that is built becomes. A place is "image NAME", "context", "url", "git", "scratch",
// or "lines N,M": what the instructions of these lines leave, which are several where they do the same.
type step struct {
	Lines []int    `json:"lines"`
	Base  string   `json:"base"` // the place that it goes on from
	From  []string `json:"from"` // other places, sorted
}

// operations are those of a build, by their digest.
type operations struct {
	byDigest map[string]*pb.Op
	places   map[string]*pb.Locations
}

// stepsOf returns nil where the build cannot be written down for sending.
func stepsOf(state llb.State) []step {
	definition, err := state.Marshal(context.Background(), llb.LinuxAmd64)
	if err != nil {
		return nil
	}
	all := operations{map[string]*pb.Op{}, map[string]*pb.Locations{}}
	if definition.Source != nil {
		all.places = definition.Source.Locations
	}
	steps := []step{}
	for _, bytes := range definition.Def {
		operation := &pb.Op{}
		if err := operation.UnmarshalVT(bytes); err != nil {
			return nil
		}
		name := string(digest.FromBytes(bytes))
		all.byDigest[name] = operation
		if lines := all.lines(name); len(lines) > 0 && operation.GetSource() == nil {
			base, from := all.inputs(operation)
			steps = append(steps, step{lines, all.place(operation, base), all.sorted(operation, from)})
		}
	}
	return steps
}

func (all *operations) lines(name string) []int {
	seen, list := map[int]bool{}, []int{}
	for _, location := range all.places[name].GetLocations() {
		if line := int(location.Ranges[0].Start.Line); !seen[line] {
			seen[line] = true
			list = append(list, line)
		}
	}
	sort.Ints(list)
	return list
}

// inputs returns the number of the input that an operation goes on from, and those of the others; -1 is scratch.
func (all *operations) inputs(operation *pb.Op) (base int64, from []int64) {
	base = -1
	switch {
	case operation.GetFile() != nil:
		for i, action := range operation.GetFile().Actions {
			if i == 0 {
				base = action.Input
			}
			if action.GetCopy() != nil {
				from = append(from, action.SecondaryInput)
			}
		}
	case operation.GetExec() != nil:
		for _, mount := range operation.GetExec().Mounts {
			if mount.Dest == "/" {
				base = mount.Input
			} else {
				from = append(from, mount.Input)
			}
		}
	case operation.GetMerge() != nil:
		base = operation.GetMerge().Inputs[0].Input
	}
	return base, from
}

func (all *operations) place(operation *pb.Op, input int64) string {
	if input < 0 {
		return "scratch"
	}
	name := operation.Inputs[input].Digest
	from := all.byDigest[name]
	if source := from.GetSource(); source != nil {
		kind, image, _ := strings.Cut(source.Identifier, "://")
		switch kind {
		case "docker-image":
			return "image " + textOf(image)
		case "local":
			return "context"
		case "git":
			return "git"
		}
		return "url"
	}
	if lines := all.lines(name); len(lines) > 0 {
		return "lines " + strings.Trim(strings.ReplaceAll(fmt.Sprint(lines), " ", ","), "[]")
	}
	base, _ := all.inputs(from) // a folder that a mount asks for, or a heredoc
	return all.place(from, base)
}

func (all *operations) sorted(operation *pb.Op, inputs []int64) []string {
	set := map[string]bool{}
	for _, input := range inputs {
		set[all.place(operation, input)] = true
	}
	return sortedKeys(set)
}
