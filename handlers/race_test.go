//go:build race

package handlers

// raced says that the race detector is on: everything takes some ten times as long.
const raced = true
