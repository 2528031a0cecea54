package handlers

import (
	"fmt"
	"regexp"
	"strings"
)

// asks is an event that is one form of somebody.
func asks(who, path string, form ...string) func(h *holder) func() answer {
	return func(h *holder) func() answer {
		someone := h.as(who)
		at := strings.NewReplacer("{company}", "/companies/"+h.parts["company"].String(), "{contact}", h.contact(h.people["maria"].ID.String()), "{project}", h.world.project.String(),
			"{person}", h.people["maria"].ID.String(), "{role}", h.role.String(), "{leader}", h.people["leader"].ID.String())
		filled := make([]string, len(form))
		for i, text := range form {
			filled[i] = at.Replace(text)
		}
		return func() answer { return someone.post(at.Replace(path), filled...) }
	}
}

// of is an event that one of the browsers makes.
func of(browser func(h *holder) *someone, path func(h *holder) string, form ...string) func(h *holder) func() answer {
	return func(h *holder) func() answer {
		at := path(h)
		return func() answer { return browser(h).post(at, form...) }
	}
}

func elsewhere(h *holder) *someone { return h.elsewhere }
func mariaHere(h *holder) *someone { return h.maria }

func at(path string) func(*holder) string { return func(*holder) string { return path } }

// endings are the events that end somebody's access, or a part of it; each makes
// ready and answers what commits it.
var endings = map[string]func(h *holder) func() answer{
	"removed":             asks("leader", "/projects/{project}/members/{person}/remove"),
	"disconnected":        asks("owner", "{contact}/projects", "project", "{project}", "on", "0"),
	"contact-deactivated": asks("owner", "{contact}/active", "active", "0"),
	"company-inactive":    asks("owner", "{company}/status", "status", "inactive"),
	"company-archived":    asks("owner", "{company}/status", "status", "archived"),
	"person-deactivated":  asks("owner", "/people/{person}/active", "active", "0"),
	"role-loses-projects": asks("owner", "/settings/roles/{role}", "name", "maria", "right", "comment", "right", "upload", "version", "1"),
	"looker-deactivated":  asks("owner", "/people/{leader}/active", "active", "0"),
	"ended-by-admin":      asks("owner", "/people/{person}/sessions/end"),
	"invitation-ended":    asks("leader", "{contact}/invite/end"),
	"help-off":            asks("owner", "/settings/features", "name", "help", "state", "off"),
	"registration-off":    asks("owner", "/settings/features", "name", "registration", "state", "off"),
	"preview-ended":       of(func(h *holder) *someone { return h.through }, at("/preview/stop")),
	"signed-out":          of(mariaHere, at("/sign-out")),
	"session-ended":       of(elsewhere, sessionOfMaria),
	"others-ended":        of(elsewhere, at("/portal/account/sessions/end-others")),
	"token-ended": of(mariaHere, func(h *holder) string {
		return regexp.MustCompile(`/portal/account/tokens/\w+/end`).FindString(h.maria.get("/portal/account/api").body)
	}),
	"password-changed": func(h *holder) func() answer {
		h.hold(h.elsewhere.post("/portal/account/password", "password", goodPassword))
		return func() answer {
			return h.elsewhere.post("/portal/account/password", "current", goodPassword, "password", "other boats carry pears")
		}
	},
}

// sessionOfMaria is where her second browser ends the session of the first.
func sessionOfMaria(h *holder) string {
	actor, err := h.store.Login(h.maria.cookies["session"])
	h.ok(err)
	return fmt.Sprint("/portal/account/sessions/", actor.Session, "/end")
}
