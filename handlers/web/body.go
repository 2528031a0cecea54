package web

import (
	"errors"
	"io"
	"net"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// The server hands every body on unread, so that a file of any size can flow
// through. Nothing else may: WholeBody stands before every route but those that
// receive files, and reads there what fasthttp would have read, within the limit
// that the server would have set.

// tooLong marks a request whose body is not read; what a sender writes there is dropped.
const tooLong = "X-Body-Too-Long"

// RefuseLong has a request answered at once, without its body, and its connection
// closed: what follows on it is the body, and never another request.
func RefuseLong(header *fasthttp.RequestHeader, long bool) {
	header.Del(tooLong)
	if long {
		header.Set(tooLong, "1")
		header.SetContentLength(0)
		header.SetConnectionClose()
	}
}

// NotTooLong refuses what is marked so, before anything else is asked.
func NotTooLong(c *fiber.Ctx) error {
	if len(c.Request().Header.Peek(tooLong)) > 0 {
		return fiber.ErrRequestEntityTooLarge
	}
	return c.Next()
}

// WholeBody reads the body before the handler, at most limit bytes of it.
func WholeBody(limit func(*fasthttp.RequestHeader) int) fiber.Handler {
	return func(c *fiber.Ctx) error {
		request := c.Request()
		if !request.IsBodyStream() {
			return c.Next()
		}
		most := limit(&request.Header)
		if request.Header.ContentLength() > most {
			return fiber.ErrRequestEntityTooLarge
		}
		// Larger files of a form go to the disk, as they do without streaming.
		_, err := request.MultipartFormWithLimit(most)
		if errors.Is(err, fasthttp.ErrNoMultipartForm) {
			var body []byte
			if body, err = readWhole(c, most); err == nil {
				request.SetBodyRaw(body)
			}
		}
		if err != nil {
			return BodyFault(err)
		}
		return c.Next()
	}
}

// readWhole reads a body that ends where it said that it would: the stream of a
// request that was cut ends without an error.
func readWhole(c *fiber.Ctx, most int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(c.Context().RequestBodyStream(), int64(most)+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > most:
		return nil, fasthttp.ErrBodyTooLarge
	case c.Request().Header.ContentLength() > len(body):
		return nil, io.ErrUnexpectedEOF
	}
	return body, nil
}

// BodyFault words an error of reading a body as the server does: too much, too
// slow, or broken off.
func BodyFault(err error) error {
	var network net.Error
	switch {
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		return fiber.ErrRequestEntityTooLarge
	case errors.As(err, &network) && network.Timeout():
		return fiber.ErrRequestTimeout
	}
	return fiber.ErrBadRequest
}
