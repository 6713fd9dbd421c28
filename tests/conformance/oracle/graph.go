package main

import (
	"context"
	"encoding/json"
	"sort"
	"strings"
	"sync"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type graph struct {
	Labels      map[string]string `json:"labels"`
	Environment map[string]string `json:"environment"`
	User        string            `json:"user"`
	Workdir     string            `json:"workdir"`
	Ports       []string          `json:"ports"`
	Volumes     []string          `json:"volumes"`
	Entrypoint  []string          `json:"entrypoint"`
	Cmd         []string          `json:"cmd"`
	Shell       []string          `json:"shell"`
	StopSignal  string            `json:"stopsignal"`
	Healthcheck *healthcheck      `json:"healthcheck"`
	Images      []string          `json:"images"` // that the registry was asked for
	Steps       []step            `json:"steps"`  // null: they cannot be sent (RUN [], text that is no UTF-8)
}

type healthcheck struct {
	Test    []string         `json:"test"`
	Numbers map[string]int64 `json:"numbers"`
}

// registry answers for every image: one layer, no settings but a folder.
type registry struct {
	mutex sync.Mutex
	asked map[string]bool
}

func (known *registry) ResolveImageConfig(_ context.Context, name string, options sourceresolver.Opt) (string,
	digest.Digest, []byte, error) {
	known.mutex.Lock()
	known.asked[textOf(name)] = true
	known.mutex.Unlock()
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
	images := &registry{asked: map[string]bool{}}
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), text, dockerfile2llb.ConvertOpt{
		MetaResolver:   images,
		SourceMap:      llb.NewSourceMap(nil, "Dockerfile", "Dockerfile", nil),
		Config:         dockerui.Config{BuildArgs: arguments, Target: target},
		TargetPlatform: &platform,
		LLBCaps:        &capabilities,
		Warn:           warn,
	})
	if err != nil {
		return nil, refuse("graph", err)
	}
	answer := settingsOf(&result.Image.Config)
	answer.Images = sortedKeys(images.asked)
	answer.Steps = stepsOf(result.State)
	return answer, nil
}

func settingsOf(settings *dockerspec.DockerOCIImageConfig) *graph {
	answer := &graph{
		Labels:      map[string]string{},
		Environment: map[string]string{},
		User:        textOf(settings.User),
		Workdir:     textOf(settings.WorkingDir),
		Ports:       sortedKeys(settings.ExposedPorts),
		Volumes:     sortedKeys(settings.Volumes),
		Entrypoint:  textsOf(settings.Entrypoint),
		Cmd:         textsOf(settings.Cmd),
		Shell:       textsOf(settings.Shell),
		StopSignal:  textOf(settings.StopSignal),
	}
	for name, value := range settings.Labels {
		answer.Labels[textOf(name)] = textOf(value)
	}
	for _, item := range settings.Env {
		name, value, _ := strings.Cut(item, "=")
		answer.Environment[textOf(name)] = textOf(value)
	}
	if check := settings.Healthcheck; check != nil {
		answer.Healthcheck = &healthcheck{textsOf(check.Test), map[string]int64{
			"interval": int64(check.Interval), "timeout": int64(check.Timeout), "start-period": int64(check.StartPeriod),
			"start-interval": int64(check.StartInterval), "retries": int64(check.Retries)}}
	}
	return answer
}

func sortedKeys[Value any](set map[string]Value) []string {
	list := []string{}
	for name := range set {
		list = append(list, textOf(name))
	}
	sort.Strings(list)
	return list
}
