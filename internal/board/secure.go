package board

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// mostBody is the most that a request may send: the forms of the board are
// small.
const mostBody = 64 << 10

// policy is what a page may load: nothing but its style, its scripts and its
// pictures, from here. Nothing that stands in a page is run.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secured puts everything around the routes that each of them needs.
func (b *Board) secured(routes http.Handler) http.Handler {
	h := http.MaxBytesHandler(routes, mostBody)
	h = b.recovered(h)
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.fail(w, r, fault{Status: http.StatusForbidden, Key: "board.fault_origin"})
	}))
	return b.logged(headers(guard.Handler(h)))
}

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Vary", "Accept-Language, "+headerFragment)
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into a page that says what is known.
func (b *Board) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if x := recover(); x != nil {
				b.log.ErrorContext(r.Context(), "panic", "route", noteOf(r.Context()).route, "error", x, "stack", string(debug.Stack()))
				b.fail(w, r, fault{Status: http.StatusInternalServerError, Key: "board.fault_ours"})
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// answer counts what is sent, for the log.
type answer struct {
	http.ResponseWriter
	status, bytes int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += n
	return n, err
}

// logged writes a line for each request, after it.
func (b *Board) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := b.clock()
		a := &answer{ResponseWriter: w}
		n := &note{}
		next.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), noteKey{}, n)))
		level := slog.LevelInfo
		switch {
		case a.status >= http.StatusInternalServerError:
			level = slog.LevelError
		case a.status >= http.StatusBadRequest:
			level = slog.LevelWarn
		}
		b.log.LogAttrs(r.Context(), level, "request", slog.String("method", r.Method), slog.String("route", n.route),
			slog.Int("status", a.status), slog.Int("bytes", a.bytes), slog.Duration("took", b.clock().Sub(began)),
			slog.String("from", r.RemoteAddr), slog.String("user", n.user), slog.String("fault", n.fault))
	})
}
