package cli

import (
	"fmt"
	"runtime"
)

type versionCommand struct{}

// Run prints the version, and what it was built with and for.
func (versionCommand) Run(sh *shell) error {
	fmt.Fprintf(sh.out, "vitrine %s (%s, %s/%s)\n", sh.version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
