//go:build unix

package cli

import "golang.org/x/sys/unix"

// freeSpace is how many bytes may still be written where a folder lies.
func freeSpace(dir string) (uint64, error) {
	var about unix.Statfs_t
	err := unix.Statfs(dir, &about)
	return uint64(about.Bavail) * uint64(about.Bsize), err
}
