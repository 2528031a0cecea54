// Vitrine is a client portal for a small team, in one file.
package main

import (
	"os"
	"runtime/debug"

	"vitrine/handlers/cli"
)

// version is set when a release is built.
var version = ""

func main() {
	os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, built()))
}

// built is the version, else the commit that the program was built from.
func built() string {
	if version != "" {
		return version
	}
	if about, ok := debug.ReadBuildInfo(); ok {
		for _, fact := range about.Settings {
			if fact.Key == "vcs.revision" && len(fact.Value) >= 12 {
				return fact.Value[:12]
			}
		}
	}
	return "development"
}
