//go:build race

package db

// raced says that the race detector is on: everything takes some ten times as long.
const raced = true
