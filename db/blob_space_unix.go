//go:build unix

package db

import "golang.org/x/sys/unix"

// FreeSpace is how many bytes may still be written where a folder lies.
func FreeSpace(dir string) (uint64, error) {
	var about unix.Statfs_t
	err := unix.Statfs(dir, &about)
	return uint64(about.Bavail) * uint64(about.Bsize), err
}
