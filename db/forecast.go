package db

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"
)

// Forecast says when what is left may be done, if the coming weeks go like the last
// ones: in half of many simulated runs by Likely, in 85 of 100 by Safe. Both are empty
// while there is too little to go by.
type Forecast struct {
	Likely, Safe Date
	Weeks, Done  int // how many weeks it is drawn from, and what was done in them
}

// Known says that there is something to tell.
func (f Forecast) Known() bool { return f.Likely != "" }

const (
	forecastRuns  = 10000
	forecastWeeks = 12  // at most as many of the last ones are drawn from
	forecastEnds  = 104 // in weeks: what may take longer is not told
)

// enough says whether weeks are enough to go by: four of them, work done in three,
// five tasks in all. With less a single busy day would be the whole forecast.
func enough(weeks []int) bool {
	busy, done := 0, 0
	for _, n := range weeks {
		done += n
		if n > 0 {
			busy++
		}
	}
	return len(weeks) >= 4 && busy >= 3 && done >= 5
}

// Foresee simulates the rest of a project: each run draws weeks of the past at random,
// with replacement, until all that is left is done (a bootstrap of weekly throughput).
// done are the tasks done in each of the last weeks. The same numbers always give the
// same dates.
func Foresee(today Date, done []int, left int) (f Forecast) {
	start, ok := today.Midnight()
	if !ok || left <= 0 || !enough(done) {
		return f
	}
	seed := fnv.New64a()
	for _, n := range done {
		f.Done += n
		seed.Write([]byte{byte(n), byte(n >> 8)})
	}
	f.Weeks = len(done)
	random := rand.New(rand.NewPCG(seed.Sum64(), uint64(left)))
	runs := make([]int, forecastRuns)
	for i := range runs {
		weeks := 0
		for rest := left; rest > 0 && weeks <= forecastEnds; weeks++ {
			rest -= done[random.IntN(len(done))]
		}
		runs[i] = weeks
	}
	slices.Sort(runs)
	likely, safe := runs[forecastRuns*50/100-1], runs[forecastRuns*85/100-1]
	if safe > forecastEnds {
		return Forecast{}
	}
	f.Likely, f.Safe = after(start, likely), after(start, safe)
	return f
}

// after is the day that many weeks later.
func after(day time.Time, weeks int) Date {
	return Date(day.AddDate(0, 0, 7*weeks).Format(time.DateOnly))
}

// weekly counts what was done in each of the last weeks of seven days that end today,
// oldest first: from the first task done on, at most forecastWeeks of them.
func weekly(today Date, done []Date) []int {
	now, ok := today.Midnight()
	if !ok || len(done) == 0 {
		return nil
	}
	first, counted := 0, [forecastWeeks]int{}
	for _, day := range done {
		at, ok := day.Midnight()
		if !ok {
			continue
		}
		ago := int(now.Sub(at).Hours() / 24)
		first = max(first, ago)
		if week := ago / 7; ago >= 0 && week < forecastWeeks {
			counted[week]++
		}
	}
	weeks := counted[:min(forecastWeeks, (first+1)/7)]
	slices.Reverse(weeks)
	return weeks
}
