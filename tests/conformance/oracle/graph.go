package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type graph struct {
	Labels      map[string]string `json:"labels"`
	Environment map[string]string `json:"environment"`
	User        string            `json:"user"`
}

// registry answers for every image: one layer, no settings.
type registry struct{}

func (registry) ResolveImageConfig(_ context.Context, name string, options sourceresolver.Opt) (string, digest.Digest,
	[]byte, error) {
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	if options.ImageOpt != nil && options.ImageOpt.Platform != nil {
		platform = *options.ImageOpt.Platform
	}
	layer := "sha256:" + strings.Repeat("0", 64)
	image, err := json.Marshal(map[string]any{"os": platform.OS, "architecture": platform.Architecture,
		"config": map[string]any{"WorkingDir": "/image"},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{layer}}})
	return name, "", image, err
}

func convert(text []byte, target string, arguments map[string]string, warn linter.LintWarnFunc) (*graph,
	*refusal) {
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	capabilities := pb.Caps.CapSet(pb.Caps.All())
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), text, dockerfile2llb.ConvertOpt{
		MetaResolver:   registry{},
		Config:         dockerui.Config{BuildArgs: arguments, Target: target},
		TargetPlatform: &platform,
		LLBCaps:        &capabilities,
		Warn:           warn,
	})
	if err != nil {
		return nil, refuse("graph", err)
	}
	settings := result.Image.Config
	answer := &graph{map[string]string{}, map[string]string{}, textOf(settings.User)}
	for name, value := range settings.Labels {
		answer.Labels[textOf(name)] = textOf(value)
	}
	for _, item := range settings.Env {
		name, value, _ := strings.Cut(item, "=")
		answer.Environment[textOf(name)] = textOf(value)
	}
	return answer, nil
}
