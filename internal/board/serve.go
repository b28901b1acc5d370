package board

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// The times after which a reader who does not read or write is let go, and how
// long those under way may finish when the server stops. The first forecast of
// busy hours takes seconds: mostWrite leaves room for it.
const (
	mostHeader = 5 * time.Second
	mostRead   = 10 * time.Second
	mostWrite  = 60 * time.Second
	mostIdle   = 2 * time.Minute
	mostFinish = 10 * time.Second
)

// Serve answers requests that come to a listener until the context ends, and
// then lets those under way finish. A login provider that does not answer keeps
// nobody from the pages without a login.
func (b *Board) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: b.Handler(), ReadHeaderTimeout: mostHeader, ReadTimeout: mostRead, WriteTimeout: mostWrite,
		IdleTimeout: mostIdle, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(b.log.Handler(), slog.LevelWarn),
	}
	var background sync.WaitGroup
	defer background.Wait()
	serving, served := context.WithCancel(context.WithoutCancel(ctx)) // until those under way have finished
	defer served()
	if o, ok := b.login.(*OIDC); ok {
		background.Go(func() { b.findProvider(ctx, o) })
		background.Go(func() { b.keepSessions(serving, o.sessions) })
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), mostFinish)
		defer cancel()
		stopped <- server.Shutdown(finish)
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// findProvider says at the start what would otherwise be found out by the first
// who logs in.
func (b *Board) findProvider(ctx context.Context, o *OIDC) {
	if _, err := o.provider(ctx); err != nil {
		b.log.WarnContext(ctx, "login: nobody can log in until the provider answers, which is asked again then", "error", err)
	}
}
