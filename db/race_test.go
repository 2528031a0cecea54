//go:build race

package db

// Under the race detector everything takes some ten times as long: what is done
// many times over is done less often.
const raced = true
