package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

// progress shows on a terminal how far a long command is; elsewhere it is silent.
type progress struct {
	out  io.Writer
	last time.Time
	long int // of what stands there now
}

const progressPause = 100 * time.Millisecond

func newProgress(out io.Writer) *progress {
	if file, ok := out.(*os.File); ok && isatty.IsTerminal(file.Fd()) {
		return &progress{out: out}
	}
	return &progress{}
}

func (p *progress) bytes(read, size int64) {
	if size <= 0 {
		p.say(fmt.Sprintf("Reading: %d kB", read>>10))
		return
	}
	p.say(fmt.Sprintf("Reading: %d %%", min(100, read*100/size)))
}

func (p *progress) tasks(done, total int) {
	p.say(fmt.Sprintf("Importing: %d of %d tasks", done, total))
}

func (p *progress) say(text string) {
	if p.out == nil || time.Since(p.last) < progressPause {
		return
	}
	p.last = time.Now()
	fmt.Fprint(p.out, "\r"+text+strings.Repeat(" ", max(0, p.long-len(text))))
	p.long = len(text)
}

// end wipes the line.
func (p *progress) end() {
	if p.out != nil && p.long > 0 {
		fmt.Fprint(p.out, "\r"+strings.Repeat(" ", p.long)+"\r")
		p.long = 0
	}
}
