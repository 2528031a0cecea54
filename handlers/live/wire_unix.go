//go:build unix

package live

import (
	"io"
	"net"
	"syscall"
)

// attempt writes to a socket what fits into its buffer now. It is not safe for
// use by several goroutines at once: wire's mutex is held around it.
type attempt struct {
	raw  syscall.RawConn
	once func(fd uintptr) bool // the method once, bound one time only
	p    []byte
	n    int
	err  error
}

// attemptWrites answers nil when conn is not itself a socket: what wraps one
// (TLS above all) must see every byte.
func attemptWrites(conn net.Conn) func(p []byte) (int, error) {
	socket, ok := conn.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return nil
	}
	a := &attempt{raw: raw}
	a.once = a.writeOnce
	return a.write
}

func (a *attempt) write(p []byte) (int, error) {
	a.p, a.n, a.err = p, 0, nil
	err := a.raw.Write(a.once)
	a.p = nil
	if err == nil {
		err = a.err
	}
	return a.n, err
}

// writeOnce always answers true: the runtime shall not wait for room.
func (a *attempt) writeOnce(fd uintptr) bool {
	for a.n < len(a.p) {
		n, err := syscall.Write(int(fd), a.p[a.n:])
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			return true
		case err != nil:
			a.err = err
			return true
		case n == 0:
			a.err = io.ErrUnexpectedEOF
			return true
		}
		a.n += n
	}
	return true
}
