package board

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
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
// then lets those under way finish.
func (b *Board) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: b.Handler(), ReadHeaderTimeout: mostHeader, ReadTimeout: mostRead, WriteTimeout: mostWrite,
		IdleTimeout: mostIdle, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(b.log.Handler(), slog.LevelWarn),
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
