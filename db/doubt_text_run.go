package db

// sharedRun is the longest run of words, at least so many, that a text has in common
// with another, as the text has it. "" if there is none.
func sharedRun(text, other string, words int) string {
	return runsOf(text, words).shared(other)
}

// runs finds every run of words of one text in others. It is a suffix automaton over
// words (Blumer et al., The smallest automaton recognizing the subwords of a text,
// 1985): it takes time in proportion to the text once, then to each other text,
// however often the same words come again.
type runs struct {
	text   string
	least  int
	places [][2]int // of each word in the text
	words  map[string]uint32
	states []runState
	next   map[uint64]int32 // by state and word
}

type runState struct {
	length, end, link int32    // end: after which word of the text its runs stand first
	words             []uint32 // that lead on from here
}

// runsOf reads a text for its runs of at least so many words.
func runsOf(text string, least int) *runs {
	r := &runs{text: text, least: max(least, 1), words: map[string]uint32{}, next: map[uint64]int32{}, states: []runState{{link: -1}}}
	last := int32(0)
	eachWord(text, true, func(word []byte, start, end int) {
		number, known := r.words[string(word)]
		if !known {
			number = uint32(len(r.words))
			r.words[string(word)] = number
		}
		r.places = append(r.places, [2]int{start, end})
		last = r.add(last, number)
	})
	return r
}

func step(state int32, word uint32) uint64 { return uint64(state)<<32 | uint64(word) }

func (r *runs) lead(from int32, word uint32, to int32) {
	if _, led := r.next[step(from, word)]; !led {
		r.states[from].words = append(r.states[from].words, word)
	}
	r.next[step(from, word)] = to
}

// add takes one more word in behind the last state and answers with the new last one.
func (r *runs) add(last int32, word uint32) int32 {
	state := int32(len(r.states))
	length := r.states[last].length + 1
	r.states = append(r.states, runState{length: length, end: length})
	from := last
	for ; from >= 0; from = r.states[from].link {
		if _, led := r.next[step(from, word)]; led {
			break
		}
		r.lead(from, word, state)
	}
	if from < 0 {
		return state // it is linked to 0, where every run begins
	}
	to := r.next[step(from, word)]
	if r.states[to].length != r.states[from].length+1 {
		to = r.split(from, to, word)
	}
	r.states[state].link = to
	return state
}

// split parts the shorter runs of a state from its longer ones.
func (r *runs) split(from, to int32, word uint32) int32 {
	part := int32(len(r.states))
	r.states = append(r.states, runState{length: r.states[from].length + 1, end: r.states[to].end, link: r.states[to].link})
	for _, onward := range r.states[to].words {
		r.lead(part, onward, r.next[step(to, onward)])
	}
	for ; from >= 0 && r.next[step(from, word)] == to; from = r.states[from].link {
		r.next[step(from, word)] = part
	}
	r.states[to].link = part
	return part
}

// shared is the longest run that another text holds too, or "".
func (r *runs) shared(other string) string {
	state, length, longest, end := int32(0), int32(0), int32(0), int32(0)
	eachWord(other, true, func(word []byte, _, _ int) {
		number, known := r.words[string(word)]
		if !known {
			state, length = 0, 0
			return
		}
		for {
			if to, led := r.next[step(state, number)]; led {
				state = to
				length++
				break
			}
			if state == 0 {
				break
			}
			state = r.states[state].link
			length = r.states[state].length
		}
		if length > longest {
			longest, end = length, r.states[state].end
		}
	})
	if int(longest) < r.least {
		return ""
	}
	return excerpt(r.text[r.places[end-longest][0]:r.places[end-1][1]])
}
